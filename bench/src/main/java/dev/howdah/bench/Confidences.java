package dev.howdah.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Whether confidence tells right readings from wrong ones: coverage at a precision, and calibration. */
final class Confidences {
    private static final int BINS = 10;
    private static final int DRAWS = 400;

    private final List<NaturalLanguage.Result> read = new ArrayList<>();
    private final Map<String, Integer> answerable = new HashMap<>();

    Confidences(List<NaturalLanguage.Result> results) {
        for (NaturalLanguage.Result result : results) {
            if (result.of().answerable()) {
                answerable.merge(result.of().file(), 1, Integer::sum);
                if (result.reading().isPresent()) {
                    read.add(result);
                }
            }
        }
        read.sort(Comparator.comparingDouble(Confidences::confidence).reversed());
    }

    static double confidence(NaturalLanguage.Result result) {
        return result.reading().orElseThrow().confidence();
    }

    void report(Bench bench) {
        bench.say("%-24s %s"
                .formatted("risk and coverage", "coverage and precision if readings from this confidence on count"));
        Map<String, List<NaturalLanguage.Result>> files = new TreeMap<>();
        read.forEach(result -> files.computeIfAbsent(result.of().file(), file -> new ArrayList<>())
                .add(result));
        files.forEach((file, some) -> {
            int all = answerable.getOrDefault(file, 0);
            StringBuilder line = new StringBuilder("%-24s".formatted(file));
            for (double from : List.of(0.0, 0.5, 0.7, 0.8, 0.9, 0.95)) {
                List<NaturalLanguage.Result> kept =
                        some.stream().filter(r -> confidence(r) >= from).toList();
                line.append(
                        "  ≥%.2f: %4.1f/%5.1f %%".formatted(from, 100.0 * kept.size() / all, 100 * precision(kept)));
            }
            bench.say(line.toString());
            bench.say("%-24s  coverage at ≥ 95 %% precision: %.1f %%; at ≥ 90 %%: %.1f %%; right if forced: %.1f %%"
                    .formatted("", best(some, all, 0.95), best(some, all, 0.9), 100.0 * right(some) / all));
        });
        bench.say("expected calibration error (%d bins): %.3f".formatted(BINS, calibration()));
        bench.say("");
    }

    private static double best(List<NaturalLanguage.Result> sorted, int all, double precision) {
        int right = 0;
        int best = 0;
        for (int i = 0; i < sorted.size(); i++) {
            right += sorted.get(i).right() ? 1 : 0;
            if (right >= precision * (i + 1)) {
                best = i + 1;
            }
        }
        return 100.0 * best / all;
    }

    private double calibration() {
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double from = (double) bin / BINS;
            double to = bin == BINS - 1 ? 2 : (bin + 1.0) / BINS;
            List<NaturalLanguage.Result> some = read.stream()
                    .filter(r -> confidence(r) >= from && confidence(r) < to)
                    .toList();
            double mean =
                    some.stream().mapToDouble(Confidences::confidence).average().orElse(0);
            error += some.isEmpty() ? 0 : Math.abs(mean - precision(some)) * some.size() / read.size();
        }
        return error;
    }

    /**
     * The lowest confidence from which on the precision is at least this much in nineteen of twenty draws of databases,
     * because what holds on average of known databases does not hold on each new one.
     */
    double threshold(double precision) {
        List<String> databases =
                read.stream().map(r -> r.of().database()).distinct().sorted().toList();
        Map<String, List<NaturalLanguage.Result>> byDatabase = new HashMap<>();
        read.forEach(r -> byDatabase
                .computeIfAbsent(r.of().database(), name -> new ArrayList<>())
                .add(r));
        for (double from = 0.3; from < 0.99; from += 0.01) {
            double least = from;
            Random random = new Random(7);
            int good = 0;
            for (int draw = 0; draw < DRAWS; draw++) {
                int kept = 0;
                int right = 0;
                for (int i = 0; i < databases.size(); i++) {
                    String database = databases.get(random.nextInt(databases.size()));
                    for (NaturalLanguage.Result result : byDatabase.getOrDefault(database, List.of())) {
                        if (confidence(result) >= least) {
                            kept++;
                            right += result.right() ? 1 : 0;
                        }
                    }
                }
                good += right >= precision * kept ? 1 : 0;
            }
            if (good >= 0.95 * DRAWS) {
                return Math.round(from * 100) / 100.0;
            }
        }
        return 0.99;
    }

    private static int right(List<NaturalLanguage.Result> results) {
        return (int) results.stream().filter(NaturalLanguage.Result::right).count();
    }

    private static double precision(List<NaturalLanguage.Result> results) {
        return results.isEmpty() ? 0 : (double) right(results) / results.size();
    }
}
