package dev.howdah.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.sample.Binaries;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.ThrowawayServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Whether what Howdah calls a read is one: PostgreSQL's own regression files, in their own order, on a server that may be
 * lost. What Howdah judges to be a read runs inside a pinned read-only transaction of a superuser and through the gate,
 * with a fingerprint of the server before and after; the rest runs as it is, so that later statements find their objects.
 */
final class Truth implements Benchmark {
    @Override
    public String name() {
        return "truth";
    }

    @Override
    public String about() {
        return "regression files DIR/regress.jsonl.gz: does anything judged a read change the server?"
                + " (--jar FILE --server 18.6.0 --whole 200)";
    }

    @Override
    public void run(Bench bench) throws IOException, SQLException {
        Path directory =
                Path.of(bench.argument().orElseThrow(() -> new IOException("which directory? DIR/regress.jsonl.gz")));
        Map<String, List<String>> files = read(directory.resolve("regress.jsonl.gz"));
        List<String> order = new ArrayList<>(files.keySet());
        order.sort(Comparator.comparingInt(Truth::place));
        int most = bench.number("files", order.size());
        Binaries binaries = bench.text("jar")
                .map(jar -> Binaries.ofJar(Path.of(jar), bench.text("server").orElse("18.6.0")))
                .orElseGet(Binaries::ofClassPath);
        Path details = bench.scratch().resolve("truth.txt");
        try (ThrowawayServer server = ThrowawayServer.open("truth", binaries);
                TestDatabase database = server.databases().empty();
                Verification verification = new Verification(database, bench.number("whole", 200))) {
            for (String file : order.subList(0, Math.min(most, order.size()))) {
                verification.file(file, files.getOrDefault(file, List.of()));
                Verification.Figures now = verification.figures();
                bench.say("  %-28s %,7d statements, %,7d reads, %,7d ran; changed: %d allowed, %d refused"
                        .formatted(
                                file,
                                now.statements(),
                                now.reads(),
                                now.ranAlone(),
                                now.changedAllowed(),
                                now.underestimated()));
            }
            Files.write(details, verification.details());
            report(bench, binaries, verification.figures());
        }
        bench.say("each of them: " + details);
    }

    private static void report(Bench bench, Binaries binaries, Verification.Figures figures) {
        bench.say("PostgreSQL " + binaries.version());
        bench.say("%,d statements; %,d judged to be reads outside the files' own transactions"
                .formatted(figures.statements(), figures.reads()));
        bench.say(
                "%,d of them ran alone in a pinned read-only transaction of a superuser".formatted(figures.ranAlone()));
        bench.say("%,d were allowed by the gate, %,d of these ran through it"
                .formatted(figures.allowed(), figures.ranThroughGate()));
        bench.say("%,d ran alone, changed nothing, and were refused or not understood"
                .formatted(figures.harmlessRefused()));
        bench.say("%,d had their effect checked against everything, the others at a glance".formatted(figures.whole()));
        bench.say("%,d tidied pages with dead rows on the way, as any read may, and wrote of nothing else in the log"
                .formatted(figures.tidied()));
        bench.fact("none that was allowed changed the server", figures.changedAllowed() == 0);
        bench.fact(
                "none whose effect was called READ changed it, refused ones included", figures.underestimated() == 0);
        bench.say("(%d and %d did)".formatted(figures.changedAllowed(), figures.underestimated()));
    }

    private static Map<String, List<String>> read(Path path) throws IOException {
        Map<String, List<String>> files = new LinkedHashMap<>();
        ObjectMapper json = new ObjectMapper();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode node = json.readTree(line);
                files.computeIfAbsent(node.get("file").asText(), file -> new ArrayList<>())
                        .add(node.get("sql").asText());
            }
        }
        return files;
    }

    /** As PostgreSQL's schedule has them, as far as one file needs another; the others after them. */
    private static int place(String file) {
        List<String> first = List.of(
                "test_setup.sql",
                "create_function_c.sql",
                "create_misc.sql",
                "create_procedure.sql",
                "create_type.sql",
                "create_schema.sql",
                "create_view.sql",
                "create_aggregate.sql",
                "create_function_sql.sql",
                "create_cast.sql",
                "constraints.sql",
                "triggers.sql",
                "inherit.sql",
                "hash_func.sql",
                "point.sql",
                "lseg.sql",
                "line.sql",
                "box.sql",
                "path.sql",
                "polygon.sql",
                "geometry.sql",
                "inet.sql",
                "timestamp.sql",
                "interval.sql",
                "date.sql",
                "horology.sql");
        int at = first.indexOf(file);
        return at < 0 ? first.size() : at;
    }
}
