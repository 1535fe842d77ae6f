package dev.howdah.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Fits the weights of the question engine's confidence on cases with known answers: logistic regression with a penalty, by
 * Newton's method. The threshold keeps a given precision when databases are drawn anew.
 */
final class Fitting implements Benchmark {
    private static final double PENALTY = 2;
    private static final int STEPS = 30;

    @Override
    public String name() {
        return "fit";
    }

    @Override
    public String about() {
        return "fits the question engine's confidence on the cases of DIR (and of --and DIR2); --precision 88 (per"
                + " cent)";
    }

    @Override
    public void run(Bench bench) throws IOException, SQLException, InterruptedException {
        if (bench.argument().isEmpty() || Programs.find("psql").isEmpty()) {
            bench.say(bench.argument().isEmpty() ? "bench/run fit DIR" : "not measured: psql is not installed");
            return;
        }
        List<NaturalLanguage.Result> results = new ArrayList<>(
                NaturalLanguage.results(bench, Path.of(bench.argument().get())));
        Optional<String> more = bench.text("and");
        if (more.isPresent()) {
            results.addAll(NaturalLanguage.results(bench, Path.of(more.get())));
        }
        List<NaturalLanguage.Result> read = results.stream()
                .filter(r -> r.of().answerable()
                        && r.of().context().isEmpty()
                        && r.reading().isPresent())
                .toList();
        List<String> names = List.copyOf(new TreeSet<>(read.stream()
                .flatMap(r -> r.reading().orElseThrow().evidence().keySet().stream())
                .toList()));
        double[] weights = fit(read, names);
        List<NaturalLanguage.Result> weighed = new ArrayList<>();
        for (NaturalLanguage.Result result : read) {
            weighed.add(again(result, names, weights));
        }
        Confidences confidences = new Confidences(weighed);
        confidences.report(bench);
        double threshold = confidences.threshold(bench.number("precision", 89) / 100.0);
        StringBuilder text = new StringBuilder(
                "# Weights of what speaks for and against a reading: fitted by logistic regression on cases with known"
                        + " answers (bench/run fit).\n");
        text.append(line("threshold", threshold)).append(line("base", weights[0]));
        for (int i = 0; i < names.size(); i++) {
            text.append(line(names.get(i), weights[i + 1]));
        }
        Path file = bench.checkout().resolve("question/src/main/resources/dev/howdah/question/confidence.txt");
        Files.writeString(file, text);
        bench.say("written: " + file + ", threshold " + threshold);
    }

    private static String line(String name, double value) {
        return String.format(Locale.ROOT, "%s: %.3f%n", name, value);
    }

    private static NaturalLanguage.Result again(NaturalLanguage.Result result, List<String> names, double[] weights) {
        var old = result.reading().orElseThrow();
        var reading = new dev.howdah.question.Reading(
                old.sql(),
                old.inWords(),
                probability(row(old.evidence(), names), weights),
                old.assumptions(),
                old.relations(),
                old.columns(),
                old.evidence(),
                old.notUnderstood());
        return new NaturalLanguage.Result(
                result.of(), Optional.of(reading), result.offered(), result.right(), result.detail());
    }

    private static double[] row(Map<String, Double> evidence, List<String> names) {
        double[] row = new double[names.size() + 1];
        row[0] = 1;
        for (int i = 0; i < names.size(); i++) {
            row[i + 1] = evidence.getOrDefault(names.get(i), 0.0);
        }
        return row;
    }

    private static double probability(double[] row, double[] weights) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += row[i] * weights[i];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    private static double[] fit(List<NaturalLanguage.Result> read, List<String> names) {
        int n = names.size() + 1;
        double[] weights = new double[n];
        List<double[]> rows = read.stream()
                .map(r -> row(r.reading().orElseThrow().evidence(), names))
                .toList();
        for (int step = 0; step < STEPS; step++) {
            double[][] curve = new double[n][n + 1];
            for (int k = 0; k < rows.size(); k++) {
                double[] row = rows.get(k);
                double p = probability(row, weights);
                double off = p - (read.get(k).right() ? 1 : 0);
                for (int i = 0; i < n; i++) {
                    curve[i][n] += off * row[i];
                    for (int j = 0; row[i] != 0 && j < n; j++) {
                        curve[i][j] += p * (1 - p) * row[i] * row[j];
                    }
                }
            }
            for (int i = 0; i < n; i++) {
                double penalty = i == 0 ? 0.001 : PENALTY;
                curve[i][i] += penalty;
                curve[i][n] += penalty * weights[i];
            }
            double[] change = solve(curve);
            for (int i = 0; i < n; i++) {
                weights[i] -= change[i];
            }
        }
        return weights;
    }

    /** Gauss's elimination; the last column is the right side. The matrix is positive definite because of the penalty. */
    private static double[] solve(double[][] m) {
        int n = m.length;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double factor = m[j][i] / m[i][i];
                for (int k = i; factor != 0 && k <= n; k++) {
                    m[j][k] -= factor * m[i][k];
                }
            }
        }
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double rest = m[i][n];
            for (int j = i + 1; j < n; j++) {
                rest -= m[i][j] * x[j];
            }
            x[i] = rest / m[i][i];
        }
        return x;
    }
}
