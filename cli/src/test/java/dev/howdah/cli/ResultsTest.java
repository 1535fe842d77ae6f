package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.howdah.cli.Workbench.Ran;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How results look, where they go, and what happens where they cannot. */
final class ResultsTest {
    private static final String TWO_ROWS = "select * from (values (1, 'one'), (2, null)) v(n, word)";

    private static TestDatabase database;

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeAll
    static void open() {
        database = TestPostgres.open().empty();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void prepare() {
        bench = new Workbench(directory).database(database.url());
    }

    @Test
    void formats() {
        assertThat(bench.run("sql", TWO_ROWS).answered().out()).contains("n", "word", "one", "(2 rows)");
        assertThat(bench.run("sql", "-x", TWO_ROWS).answered().out()).contains("n", "word", "one", "1", "2");
        assertThat(bench.run("sql", "-o", "expanded", TWO_ROWS).out())
                .isEqualTo(bench.run("sql", "-x", TWO_ROWS).out());
        bench.run("sql", "-o", "csv", TWO_ROWS).answered("n,word\n1,one\n2,\n");
        bench.run("sql", "-o", "csv", "-t", TWO_ROWS).answered("1,one\n2,\n");
        bench.run("sql", "-o", "csv", "--null", "NULL", TWO_ROWS).answered("n,word\n1,one\n2,NULL\n");
        bench.run("sql", "-o", "csv", "--limit", "1", TWO_ROWS).printed("n,word\n1,one\n");
        bench.run("sql", "-o", "ndjson", TWO_ROWS).answered("{\"n\":1,\"word\":\"one\"}\n{\"n\":2,\"word\":null}\n");
        assertThat(bench.run("sql", "-o", "json", TWO_ROWS).answered().out().replaceAll("\\s", ""))
                .isEqualTo("[{\"n\":1,\"word\":\"one\"},{\"n\":2,\"word\":null}]");
        assertThat(bench.run("sql", "-o", "markdown", TWO_ROWS).answered().out())
                .contains("| n", "| one");
        bench.run("sql", "-A", TWO_ROWS).answered("n|word\n1|one\n2|\n(2 rows)\n");
        bench.run("sql", "-A", "-t", "-F", "\t", TWO_ROWS).answered("1\tone\n2\t\n");
        bench.run("sql", "-At", "--null", "∅", TWO_ROWS).answered("1|one\n2|∅\n");
        assertThat(bench.run("sql", "-o", "xlsx", TWO_ROWS).answered().out()).startsWith("PK");
        bench.assertNoSessionLeft();
    }

    @Test
    void nothingButRowsOnStandardOutputAndNothingElseOnStandardError() {
        Ran ran = bench.run("sql", "-o", "csv", TWO_ROWS).answered();
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void theWaysToGiveSql() {
        bench.run("sql", "-At", "select 1").answered("1\n");
        bench.run("sql", "-At", "-c", "select 2").answered("2\n");
        Path file = directory.resolve("q.sql");
        bench.write(file, "-- a script\nselect 3;\nselect 4;\n");
        bench.run("sql", "-At", "-f", file.toString()).answered("3\n4\n");
        bench.input("select 5").run("sql", "-At").answered("5\n");
        bench.input("select 6;").run("sql", "-At", "-f", "-").answered("6\n");
        bench.run("sql", "-At", "show server_version_num").answered();
        assertThat(bench.run("sql", "explain select 1").answered().out()).contains("Result");
        bench.run("sql", "-At", "values (1), (2)").answered("1\n2\n");
        bench.run("sql", "-At", "table pg_catalog.pg_am limit 0").answered("");
    }

    @Test
    void parameters() {
        bench.run("sql", "-At", "select :a::int + :b::int, ':a'", "--param", "a=40", "--param", "b=2")
                .answered("42|:a\n");
        bench.run("sql", "-At", "select $2 || $1", "--param", "1=x", "--param", "2=y=z")
                .answered("y=zx\n");
        bench.run("sql", "-At", "select :w", "--param", "w='; drop table t; --").answered("'; drop table t; --\n");
        bench.run("sql", "select 1", "--param", "w=1").failed(2, "The SQL has no :w.", "Write :w");
        bench.run("sql", "select $1", "--param", "1=1", "--param", "w=1").failed(2, "not both");
        bench.run("sql", "select $2", "--param", "2=1").failed(2, "There is no --param 1");
        bench.run("sql", "-o", "csv", "select :w as w", "--param", "w=1").answered("w\n1\n");
        assertThat(bench.run("explain", "select :w::int + 1", "--param", "w=1")
                        .answered()
                        .out())
                .contains("Result");
    }

    @Test
    void dryRunShowsAndRunsNothing() {
        bench.run("sql", "--dry-run", "select 1/0; select 2 -- two\n").answered("select 1/0;\nselect 2;\n");
    }

    @Test
    void explainShowsThePlan() {
        assertThat(bench.run("explain", "select 1").answered().out())
                .contains("Result")
                .doesNotContain("actual");
        assertThat(bench.run("explain", "--analyze", "select", "1").answered().out())
                .contains("Result");
        assertThat(bench.run("explain", "--json", "select 1").answered().out()).contains("\"Plan\"");
        assertThat(bench.run("explain", "-o", "json", "select 1").answered().out())
                .contains("\"Plan\"");
        Path file = directory.resolve("plan.txt");
        bench.run("explain", "--out", file.toString(), "select 1").answered("");
        assertThat(file).content().contains("Result");
        bench.run("explain", "delete from pg_class").failed(4, "Refused");
        bench.run("sql", "explain (buffers) select 1").failed(2, "BUFFERS", "not supported");
        bench.assertNoSessionLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "ndjson", "jsonl", "md", "xlsx", "txt"})
    void theEndingOfAFileChoosesTheFormat(String ending) throws IOException {
        Path file = directory.resolve("rows." + ending);
        Ran ran = bench.run("sql", "--out", file.toString(), TWO_ROWS).answered("");
        assertThat(ran.err()).isEqualTo("2 rows written to " + file + "\n");
        switch (ending) {
            case "csv" -> assertThat(file).hasContent("n,word\n1,one\n2,");
            case "json" -> assertThat(file).content().startsWith("[");
            case "ndjson", "jsonl" -> assertThat(file).content().startsWith("{\"n\":1");
            case "md" -> assertThat(file).content().startsWith("| n");
            case "xlsx" -> {
                try (ZipFile zip = new ZipFile(file.toFile())) {
                    assertThat(zip.getEntry("xl/workbook.xml")).isNotNull();
                }
            }
            default -> assertThat(file).content().contains("(2 rows)").doesNotContain("\u001b");
        }
        bench.run("sql", "-o", "csv", "--out", file.toString(), TWO_ROWS).answered("");
        assertThat(file).hasContent("n,word\n1,one\n2,");
        try (var files = Files.list(directory)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(file);
        }
    }

    @Test
    void aBinaryFormatIsKeptFromTheTerminal() {
        bench.terminal().run("sql", "-o", "xlsx", TWO_ROWS).failed(2, "xlsx", "--out FILE");
    }

    @Test
    void aMillionRowsAreCutOnATerminalAndNotInAPipe() {
        String million = "select g as n from generate_series(1, 1000000) g";
        CountingStream piped = new CountingStream();
        Ran ran = bench.run(piped, "sql", million);
        assertThat(ran.exitCode()).isZero();
        assertThat(piped.lines.get()).isGreaterThanOrEqualTo(1_000_000);
        CountingStream csv = new CountingStream();
        assertThat(bench.run(csv, "sql", "-o", "csv", million).exitCode()).isZero();
        assertThat(csv.lines.get()).isEqualTo(1_000_001);
        Ran shown = assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> bench.terminal().run("sql", million).answered());
        assertThat(shown.out().lines().count()).isBetween(1_000L, 1_010L);
        assertThat(shown.out()).contains("1,000").contains("more");
        bench.assertNoSessionLeft();
    }

    @Test
    void cutResultsAreSaidOnStandardErrorWhereTheFormatCannotSayIt() {
        for (String format : new String[] {"csv", "json", "ndjson", "xlsx", "unaligned"}) {
            Ran ran = bench.run("sql", "-o", format, "--limit", "1", TWO_ROWS).answered();
            assertThat(ran.err()).isEqualTo("howdah: only the first row was written; there are more.\n");
        }
        Ran table = bench.run("sql", "--limit", "1", TWO_ROWS).answered();
        assertThat(table.out()).contains("more");
        assertThat(table.err()).isEmpty();
    }

    @Test
    void coloursAreForTerminals() {
        assertThat(bench.run("sql", TWO_ROWS).out()).doesNotContain("\u001b");
        assertThat(bench.run("sql", "--color", "always", TWO_ROWS).out()).contains("\u001b");
        bench.terminal();
        assertThat(bench.run("sql", TWO_ROWS).out()).contains("\u001b[");
        assertThat(bench.run("sql", "--color", "never", TWO_ROWS).out()).doesNotContain("\u001b");
        bench.variable("NO_COLOR", "1");
        assertThat(bench.run("sql", TWO_ROWS).out()).doesNotContain("\u001b");
    }

    @Test
    void theProgressLineIsForTerminals() {
        String slow = "select count(*) from generate_series(1, 6000000) a";
        assertThat(bench.run("sql", slow).answered().err()).isEmpty();
        Ran ran = bench.terminal()
                .run(
                        "sql",
                        "-o",
                        "csv",
                        "select max(a * b) from generate_series(1, 3000) a, generate_series(1, 3000) b");
        assertThat(ran.answered().err()).contains("running the query … ").endsWith("\r\u001b[K");
    }

    @Test
    void controlCharactersOfTheDatabaseDoNotReachTheTerminal() {
        Ran ran = bench.terminal().variable("NO_COLOR", "1").run("sql", "select E'a\\x1b[2Jb' as x");
        assertThat(ran.answered().out()).doesNotContain("\u001b");
        bench.run("sql", "select * from \"\u001b[2J\"");
        assertThat(bench.run("sql", "select * from \"\u001b[2J\"").failed(1).err())
                .doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "csv", "json", "ndjson", "unaligned"})
    void aFullDiskIsSaid(String format) {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("SKIPPED: there is no /dev/full on this system").exists();
        bench.run("sql", "-o", format, "--out", full.toString(), "select g from generate_series(1, 100000) g")
                .failed(1, "No space left on device", "Free space");
        assertThat(Files.isRegularFile(full, LinkOption.NOFOLLOW_LINKS))
                .as("/dev/full was replaced")
                .isFalse();
        bench.assertNoSessionLeft();
    }

    @Test
    void aFullDiskBehindStandardOutputIsSaid() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("SKIPPED: there is no /dev/full on this system").exists();
        for (String[] command : new String[][] {
            {"sql", "-o", "csv", "table pg_class"},
            {"sql", "table pg_class"},
            {"explain", "select 1"},
            {"schema"},
            {"version"},
            {"man"},
            {"completions"},
            {"config", "show"},
        }) {
            try (OutputStream out = Files.newOutputStream(full)) {
                Ran ran = bench.run(out, command);
                assertThat(ran.exitCode()).as(String.join(" ", command)).isEqualTo(1);
                ran.complained("No space left on device");
            }
        }
        bench.assertNoSessionLeft();
    }

    @Test
    void placesThatCannotBeWrittenAreSaidBeforeAnythingRuns() throws IOException {
        bench.run("sql", "--out", directory.resolve("no/such/x.csv").toString(), "select 1/0")
                .failed(1, "there is no directory", "--out");
        bench.run("sql", "--out", directory.toString(), "select 1/0").failed(1, "it is a directory");
        Path link = directory.resolve("link.csv");
        Path file = directory.resolve("file.csv");
        Files.createFile(file);
        Files.createSymbolicLink(link, file);
        bench.run("sql", "--out", link.toString(), TWO_ROWS).answered("");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("n,word\n1,one\n2,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "csv", "json", "ndjson", "unaligned", "expanded", "markdown", "xlsx"})
    void aReaderThatGoesAwayEndsItQuietly(String format) {
        Ran ran = assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> bench.run(
                        new BrokenPipe(),
                        "sql",
                        "-o",
                        format,
                        "select g, repeat('x', 50) as filler from generate_series(1, 3000000) g"));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        bench.assertNoSessionLeft();
    }

    @Test
    void aReaderThatGoesAwayEndsEveryCommandQuietly() {
        for (String[] command : new String[][] {{"schema"}, {"explain", "select 1"}, {"version"}, {"man"}}) {
            Ran ran = bench.run(new BrokenPipe(), command);
            assertThat(ran.err()).isEmpty();
            assertThat(ran.exitCode()).isZero();
        }
    }

    @Test
    void cancellingStopsTheServerToo() throws Exception {
        Path file = directory.resolve("half.csv");
        Thread ctrlC = Thread.ofVirtual().start(() -> {
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> bench.sessions().stream()
                            .anyMatch(session -> session.startsWith("active") && session.contains("generate_series")));
            bench.cancellation().cancel();
        });
        Ran ran = assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> bench.terminal()
                        .run(
                                "sql",
                                "--out",
                                file.toString(),
                                "select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b"));
        ctrlC.join();
        assertThat(ran.exitCode()).isEqualTo(130);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("ancelled").doesNotContain("Exception");
        assertThat(file).doesNotExist();
        try (var files = Files.list(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        bench.assertNoSessionLeft();
    }

    /** Counts lines instead of keeping a million of them. */
    private static final class CountingStream extends OutputStream {
        private final AtomicLong lines = new AtomicLong();

        @Override
        public void write(int b) {
            if (b == '\n') {
                lines.incrementAndGet();
            }
        }
    }

    /** A pipe whose reader took a little and left, as Linux tells it. */
    private static final class BrokenPipe extends OutputStream {
        private int left = 40;

        @Override
        public void write(int b) throws IOException {
            if (left-- <= 0) {
                throw new IOException("Broken pipe");
            }
        }

        @Override
        public void flush() throws IOException {
            if (left <= 0) {
                throw new IOException("Broken pipe");
            }
        }
    }
}
