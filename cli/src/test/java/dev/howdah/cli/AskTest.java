package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.cli.Workbench.Ran;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions in, answers out: rows on standard output, the reading and the SQL on standard error. */
final class AskTest {
    private static TestDatabase shop;

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeAll
    static void open() {
        shop = TestPostgres.open().shop();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void prepare() {
        bench = new Workbench(directory).database(shop.url());
    }

    @Test
    void answersWithRowsAndShowsHowItReadTheQuestion() {
        Ran ran = bench.run("ask", "-o", "csv", "show latest 20 orders").answered();
        assertThat(ran.out().lines()).hasSize(21).first().asString().startsWith("order_id,");
        assertThat(ran.err())
                .startsWith("Read as: ")
                .contains("SELECT", "FROM", "orders", "20")
                .doesNotContain("\u001b");
        assertThat(ran.out()).doesNotContain("SELECT");
        bench.assertNoSessionLeft();
    }

    @Test
    void takesTheQuestionAsWordsOrFromStandardInput() {
        String quoted =
                bench.run("ask", "-At", "how many orders are there").answered().out();
        assertThat(quoted).matches("[0-9]+\n");
        bench.run("ask", "-A", "-t", "how", "many", "orders", "are", "there").answered(quoted);
        bench.input("how many orders are there\n").run("ask", "-At").answered(quoted);
        bench.run("sql", "-At", "select count(*) from orders").answered(quoted);
    }

    @Test
    void saysHowCertainItIsWhenAsked() {
        Ran ran = bench.run("ask", "--why", "-At", "how many orders are there").answered();
        assertThat(ran.err()).containsPattern("Certain to: [0-9]+ %").contains("Evidence: ");
    }

    @Test
    void readsQuestionsInBulkWithoutRunningThem() {
        Ran ran = bench.input("""
            {"id": 1, "question": "orders in Q1", "now": "2026-04-02 10:00:00"}
            {"id": "two", "question": "how many are there?", "context": ["orders in 2025"], "other": {"a": []}}

            {"id": 3, "question": "how many unicorns dance"}
            """).run("ask", "--ndjson").answered();
        assertThat(ran.out().lines()).hasSize(3);
        assertThat(ran.out().lines().toList().get(0))
                .startsWith("{\"id\":\"1\",\"outcome\":\"understood\",")
                .contains("2026-01-01", "\"confidence\":");
        assertThat(ran.out().lines().toList().get(1)).contains("\"id\":\"two\"", "count(*)", "2025-01-01");
        assertThat(ran.out().lines().toList().get(2)).contains("\"declined\"", "\"unused\":[", "unicorns");
    }

    @Test
    void saysWhichLineOfABulkIsBroken() {
        Ran ran = bench.input("{\"id\": 1, \"question\": \"orders\"}\n[1]\n").run("ask", "--ndjson");
        assertThat(ran.err()).contains("Line 2");
        assertThat(ran.exitCode()).isEqualTo(2);
    }

    @Test
    void totalsByRegion() {
        Ran ran = bench.run("ask", "-o", "json", "total revenue last month by region")
                .answered();
        assertThat(ran.out()).startsWith("[").contains("}");
        assertThat(ran.err()).contains("Read as: ", "last month");
    }

    @Test
    void dryRunShowsOnlyTheSql() {
        Ran ran = bench.run("ask", "--dry-run", "show latest 20 orders").answered();
        assertThat(ran.out()).startsWith("SELECT").contains("LIMIT 20");
        assertThat(ran.err()).startsWith("Read as: ").doesNotContain("SELECT");
        bench.run("sql", "-o", "csv", ran.out()).answered();
    }

    @Test
    void writesAnAnswerToAFile() {
        Path file = directory.resolve("orders.csv");
        Ran ran = bench.run("ask", "--out", file.toString(), "show latest 20 orders")
                .answered("");
        assertThat(file).content().startsWith("order_id,");
        assertThat(ran.err()).endsWith("20 rows written to " + file + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "purple elephants dancing tonight",
                "what is the meaning of life",
                "delete everything",
                "drop everything now",
            })
    void declinesWhatItDoesNotUnderstand(String question) {
        Ran ran = bench.run("ask", question);
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(3);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("howdah: ").doesNotContain("Exception");
        bench.assertNoSessionLeft();
    }

    /** What a change would do is read and shown; whether it may be done is not the engine's to say. */
    @ParameterizedTest
    @ValueSource(strings = {"delete all orders", "set the status of order 7 to shipped", "drop table customers"})
    void aChangeIsReadAndGoesTheWayOfEveryWrite(String sentence) {
        String before = bench.run("sql", "-o", "csv", "SELECT count(*), max(status::text) FROM orders")
                .out();
        Ran dry = bench.run("ask", "--dry-run", sentence);
        assertThat(dry.err()).contains("Read as: ");
        Ran ran = bench.run("ask", sentence);
        assertThat(ran.exitCode()).as(ran.err()).isNotZero();
        assertThat(bench.run("sql", "-o", "csv", "SELECT count(*), max(status::text) FROM orders")
                        .out())
                .isEqualTo(before);
    }

    @Test
    void saysThatThereIsNoQuestion() {
        bench.run("ask", "").failed(2, "There is no question.", "Try: howdah ask");
        bench.run("ask", "  \t ").failed(2, "There is no question.");
        bench.input(" \n").run("ask").failed(2, "There is no question.");
        bench.terminal().run("ask").failed(2, "There is no question.");
        bench.assertNoSessionLeft();
    }

    @Test
    void saysThatAQuestionIsTooLong() {
        String question = "show orders ".repeat(8_534);
        bench.run("ask", question).failed(3, "102,407 characters long", "at most 4,000", "limits.question_length");
        bench.input("x".repeat(5_000_000)).run("ask").failed(3, "at most 4,000");
        bench.assertNoSessionLeft();
    }

    @Test
    void aQuestionOfTheLongestLengthIsReadInTime() {
        Ran ran = org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                java.time.Duration.ofSeconds(60), () -> bench.run("ask", "show orders and customers ".repeat(150)));
        assertThat(ran.exitCode()).isIn(3, 0);
    }

    @Test
    void aQuestionWithStrangeCharactersDoesNotReachTheTerminalAsSuch() {
        Ran ran = bench.run("ask", "show \u001b[2J orders \0 now");
        assertThat(ran.err()).doesNotContain("\u001b", "\0");
        assertThat(ran.exitCode()).isIn(0, 3);
    }

    @Test
    void showsTheReadingDimmedOnATerminal() {
        Ran ran = bench.terminal().run("ask", "how many orders are there").answered();
        assertThat(ran.err()).contains("\u001b[2m");
        assertThat(bench.variable("NO_COLOR", "1")
                        .run("ask", "how many orders are there")
                        .err())
                .doesNotContain("\u001b[2m");
        assertThat(new Workbench(directory)
                        .database(shop.url())
                        .terminal()
                        .run("ask", "--color", "never", "how many orders are there")
                        .err())
                .doesNotContain("\u001b[2m");
    }
}
