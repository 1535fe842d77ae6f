package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.cli.Workbench.Ran;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** `howdah redact`. */
final class RedactTest {
    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeEach
    void prepare() {
        bench = new Workbench(directory);
    }

    @Test
    void masksTextAndKeepsItsLinesAsTheyAre() {
        Ran ran = bench.input("a ada@example.com\r\n\n order 4111111111111111\ncard 4111111111111111")
                .run("redact")
                .answered();

        assertThat(ran.out()).isEqualTo("a [email]\r\n\n order 4111111111111111\ncard [card]");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void objectsGoInAndOutLineByLine() {
        Ran ran = bench.input("""
            {"id": 1, "text": "write to ada@example.com or +49 30 123456"}
            {"text": "nothing", "id": "b", "more": [1, {"x": 2}]}
            {"id": {"a": [1]}, "column": "date_of_birth", "text": "1990-03-12"}
            {"id": 4, "column": "order_number", "text": "4111111111111111"}
            {"id": null, "column": null, "text": null}
            {"text": "déjà 😀 ada@example.com"}
            """).run("redact", "--ndjson").answered();

        assertThat(ran.out()).isEqualTo("""
            {"id":1,"kinds":["email","phone"],"text":"write to [email] or [phone]"}
            {"id":"b","kinds":[],"text":"nothing"}
            {"id":{"a":[1]},"kinds":["date_of_birth"],"text":"[date_of_birth]"}
            {"id":4,"kinds":[],"text":"4111111111111111"}
            {"id":null,"kinds":[],"text":null}
            {"id":null,"kinds":["email"],"text":"déjà 😀 [email]"}
            """);
    }

    @Test
    void badLinesAreReportedWithTheirNumberAndTheOthersGoOn() {
        Ran ran = bench.input("""
            {"id": 1, "text": "ada@example.com"}
            not json ada@example.com
            {"id": 3}
            [1]
            {"id": 5, "text": 5}
            {"id": 6, "text": "x"} {"id": 7, "text": "y"}
            {"id": 8, "text": "x"
            {"id": 9, "text": "grace@example.org"}
            """).run("redact", "--ndjson");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo("""
            {"id":1,"kinds":["email"],"text":"[email]"}
            {"id":9,"kinds":["email"],"text":"[email]"}
            """);
        assertThat(ran.err())
                .contains(
                        "line 2 ",
                        "line 3 was left out: it has no text",
                        "line 4 ",
                        "line 5 was left out: text is no string")
                .contains("line 6 was left out: something follows", "line 7 ", "6 of 8 lines")
                .doesNotContain("ada@");
    }

    @Test
    void hashesNeedAKeyAndStayTheSame() {
        Ran without = bench.input("ada@example.com").run("redact", "--mode", "hash");
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err()).contains("redaction.key");

        bench.configuration("redaction:\n  key: correct horse battery staple\n");
        String once = bench.input("a ada@example.com")
                .run("redact", "--mode", "hash")
                .answered()
                .out();
        String again = bench.input("a ada@example.com")
                .run("redact", "--mode", "hash")
                .answered()
                .out();
        assertThat(once).matches("a \\[email:[0-9a-f]{16}]").isEqualTo(again);
        assertThat(bench.input("a ada@example.com!")
                        .run("redact", "--mode", "drop")
                        .out())
                .isEqualTo("a !");
        assertThat(bench.input("a ada@example.com")
                        .run("redact", "--mode", "off")
                        .out())
                .isEqualTo("a ada@example.com");
        assertThat(bench.input("x").run("redact", "--mode", "burn").exitCode()).isEqualTo(2);
    }

    @Test
    void aColumnMayBeNamedForAllLines() {
        assertThat(bench.input("Ada\n\nx")
                        .run("redact", "--column", "passport_no")
                        .out())
                .isEqualTo("[passport]\n\n[passport]");
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void aLongLineOfAtSignsIsNoTrouble() {
        assertThat(bench.input("@".repeat(1 << 20)).run("redact").answered().out())
                .hasSize(1 << 20);
    }

    @Test
    void resultsAreRedactedAsTheSettingsSay() {
        try (TestDatabase shop = TestPostgres.open().shop()) {
            bench.database(shop.url());
            String sql = "select email as x from customers limit 1";
            assertThat(bench.run("sql", "-t", "-A", sql).answered().out()).contains("@");
            assertThat(bench.run("sql", "-o", "csv", sql).answered().out()).contains("@");

            bench.configuration("redaction:\n  export: mask\n");
            assertThat(bench.run("sql", "-t", "-A", sql).answered().out()).isEqualTo("[email]\n");
            assertThat(bench.run("sql", "-o", "csv", sql).answered().out()).isEqualTo("x\n[email]\n");
            assertThat(bench.run("sql", "-o", "ndjson", sql).answered().out()).isEqualTo("{\"x\":\"[email]\"}\n");
        }
    }
}
