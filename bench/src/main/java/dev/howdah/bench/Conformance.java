package dev.howdah.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.sql.Sql;
import dev.howdah.sql.SqlSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Whether the parser takes what PostgreSQL's takes: statements with a real server's verdict, one JSON object
 * {@code {sql, valid}} a line, in {@code DIR/*.jsonl.gz}.
 */
final class Conformance {
    /** Comments and parentheses, then one word, or two behind a verb that has objects. */
    private static final Pattern FIRST_WORDS = Pattern.compile(
            "(?s)(?:\\s|\\(|--[^\\n]*(?:\\n|$)|/\\*.*?\\*/)*((?:create|alter|drop|rollback)\\s+[a-z]+|[a-z]+).*",
            Pattern.CASE_INSENSITIVE);

    private static final class Rate {
        int valid;
        int accepted;
        int invalid;
        int wronglyAccepted;

        void count(boolean isValid, boolean isAccepted) {
            valid += isValid ? 1 : 0;
            accepted += isValid && isAccepted ? 1 : 0;
            invalid += isValid ? 0 : 1;
            wronglyAccepted += !isValid && isAccepted ? 1 : 0;
        }

        double refused() {
            return valid == 0 ? 0 : 100.0 * (valid - accepted) / valid;
        }

        double wrong() {
            return invalid == 0 ? 0 : 100.0 * wronglyAccepted / invalid;
        }
    }

    private final Map<String, Rate> rates = new TreeMap<>();
    private final Rate all = new Rate();
    private int undecided;

    static void run(Bench bench, Path directory) throws IOException {
        Conformance conformance = new Conformance();
        List<Path> files;
        try (Stream<Path> found = Files.list(directory)) {
            files = found.filter(file -> file.toString().endsWith(".jsonl.gz"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            conformance.read(file);
        }
        conformance.report(bench);
    }

    private void read(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode one = json.readTree(line);
                count(one.path("sql").asText(), one.path("valid").asBoolean());
            }
        }
    }

    private void count(String sql, boolean valid) {
        String kind = kind(sql);
        if (kind.equals("ROLLBACK TO") && !valid) {
            // the oracle asks in a failed transaction, which runs this and finds no savepoint: it says nothing
            undecided++;
            return;
        }
        boolean accepted = isAccepted(sql);
        rates.computeIfAbsent(kind, k -> new Rate()).count(valid, accepted);
        all.count(valid, accepted);
    }

    private static String kind(String sql) {
        Matcher matcher = FIRST_WORDS.matcher(sql);
        return matcher.matches() ? matcher.group(1).toUpperCase(Locale.ROOT).replaceAll("\\s+", " ") : "(other)";
    }

    private static boolean isAccepted(String sql) {
        try {
            Sql.parse(sql);
            return true;
        } catch (SqlSyntaxException e) {
            return false;
        }
    }

    private void report(Bench bench) {
        bench.say("%-32s %7s %9s %9s %9s".formatted("", "valid", "accepted", "invalid", "accepted"));
        rates.forEach((kind, rate) -> bench.say("%-32s %7d %9d %9d %9d"
                .formatted(kind, rate.valid, rate.accepted, rate.invalid, rate.wronglyAccepted)));
        bench.say("");
        bench.figure("valid statements refused, of " + all.valid, all.refused(), "%", 0.2);
        bench.figure("invalid statements accepted, of " + all.invalid, all.wrong(), "%", 0.2);
        bench.say("(%d of ROLLBACK TO left out: the server's verdict on them says nothing)".formatted(undecided));
    }
}
