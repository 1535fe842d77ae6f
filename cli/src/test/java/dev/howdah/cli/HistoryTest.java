package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered from one run to the next. */
@Timeout(120)
class HistoryTest {
    private static final TestDatabase SHOP = TestPostgres.open().shop();

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeEach
    void prepare() {
        bench = new Workbench(directory).database(SHOP.url());
    }

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private String id() {
        return bench.run("sessions").answered().out().substring(0, 8);
    }

    @Test
    void aQuestionGoesOnWithTheOneBefore() {
        bench.run("ask", "-At", "how many orders are there").answered();
        String all = bench.run("sql", "-At", "select count(*) from orders")
                .answered()
                .out();
        String paid = bench.run("sql", "-At", "select count(*) from orders where status = 'paid'")
                .answered()
                .out();
        assertThat(paid).isNotEqualTo(all);
        bench.run("ask", "-At", "--continue", "only paid ones").answered(paid);
        bench.run("ask", "-At", "--session", id(), "only paid ones").answered(paid);
        assertThat(bench.run("sessions").answered().out())
                .contains("3 questions", "how many orders are there")
                .hasLineCount(1);
        bench.run("ask", "--session", "nowhere", "only paid ones").failed(2, "no session nowhere");
    }

    @Test
    void historyHasTheQuestionsWithoutConstantsAndFindsThem() throws IOException {
        bench.run("ask", "-At", "orders with status paid in 2025").answered();
        bench.run("ask", "-At", "how many customers are there").answered();
        bench.run("ask", "blorp the zwieback").failed(3);
        assertThat(bench.run("history").answered().out().lines())
                .hasSize(3)
                .first()
                .asString()
                .contains("blorp", "declined");
        assertThat(bench.run("history", "--sql", "status", "paid").answered().out())
                .contains("orders with status paid", "FROM", "?")
                .doesNotContain("'paid'", "customers are");
        assertThat(bench.run("history", "--ndjson", "customers").answered().out())
                .startsWith("{\"session\":\"")
                .contains("\"ending\":\"answered\"");
        assertThat(bench.run("stats").answered().out()).contains("questions", "3", "engine");
        byte[] stored = Files.readAllBytes(bench.environment().stateDirectory().resolve("howdah.db"));
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("'paid'");
    }

    @Test
    void sessionsAreShownNamedExportedPinnedClearedAndDeleted() {
        bench.run("ask", "-At", "how many orders are there").answered();
        String id = id();
        bench.run("sessions", "rename", id.substring(0, 6), "sales").answered();
        bench.run("sessions", "pin", "sales", "--note", "prices are in cents", "--table", "orders")
                .answered();
        assertThat(bench.run("session", "show", "sales").answered().out())
                .contains("sales", "pinned note: prices are in cents", "pinned table: orders", "SELECT");
        bench.run("sessions", "unpin", "sales", "--table", "orders").answered();
        assertThat(bench.run("sessions", "export", "sales").answered().out())
                .startsWith("# sales\n")
                .contains("## how many orders are there", "```sql");
        assertThat(bench.run("sessions", "export", "sales", "--ndjson")
                        .answered()
                        .out())
                .contains("\"question\":\"how many orders are there\"");
        bench.run("sessions", "clear", "sales").answered();
        assertThat(bench.run("history").answered().err()).contains("Nothing was asked");
        bench.run("sessions", "delete", "sales").answered();
        assertThat(bench.run("sessions").answered().err()).contains("no sessions");
        bench.run("sessions", "show", "sales").failed(2, "no session sales");
        bench.run("sessions", "rename").failed(2, "Which session?");
        bench.run("sessions", "frobnicate").failed(2, "knows no action");
    }

    @Test
    void aVerifiedQueryAnswersItsQuestionAndThoseThatFitItsTemplate() throws IOException {
        bench.run("ask", "-At", "blorps per zwieback").failed(3);
        bench.run("save", "-d", SHOP.url(), "blorps per zwieback", "--sql", "select 'verified it is'")
                .answered();
        assertThat(bench.run("ask", "-At", "Blorps  per zwieback?")
                        .answered("verified it is\n")
                        .err())
                .contains("verified query");
        bench.run(
                        "save",
                        "-d",
                        SHOP.url(),
                        "blorps of {name}",
                        "--sql",
                        "select :name || ' has none' where ':name' <> :name",
                        "--comment",
                        "they're gone")
                .answered();
        bench.run("ask", "-At", "blorps of O'Neil'; drop table orders; --")
                .answered("O'Neil'; drop table orders; -- has none\n");
        Path file = bench.environment().configurationDirectory().resolve("queries.yaml");
        assertThat(file).content().startsWith("# Verified queries").contains("they''re gone");
        bench.run("save", "-d", SHOP.url(), "blorps of {name}", "--sql", "select 1")
                .failed(2, "already");
        bench.run("save", "-d", SHOP.url(), "wipe", "--sql", "delete from orders");
        assertThat(file).content().doesNotContain("delete");
        Files.writeString(file, "- question: x\n  query: select 1\n");
        bench.run("ask", "-At", "how many orders are there").failed(2, "unknown field query");
    }

    @Test
    void whatWasAskedLastIsSaved() {
        bench.run("save", "-d", SHOP.url()).failed(2, "Nothing was asked");
        bench.run("ask", "-At", "how many orders with status paid").answered();
        bench.run("save", "-d", SHOP.url()).answered();
        assertThat(bench.run("ask", "-At", "How many orders with status paid?")
                        .answered()
                        .err())
                .contains("verified query");
        bench.run("ask", "-At", "--save", "how many customers are there").answered();
        assertThat(bench.run("ask", "-At", "how many customers are there")
                        .answered()
                        .err())
                .contains("verified query");
    }

    @Test
    void anAnswerDoesNotWaitForAHistoryThatCannotBeWritten() throws IOException {
        Files.createDirectories(bench.environment().stateDirectory().resolve("howdah.db"));
        Workbench.Ran ran = bench.run("ask", "-At", "how many orders are there").answered();
        assertThat(ran.out()).matches("[0-9]+\n");
        assertThat(ran.err()).contains("howdah: The history: ", "howdah.db");
        bench.variable("HOWDAH_HISTORY_MODE", "off");
        assertThat(bench.run("ask", "-At", "how many orders are there")
                        .answered()
                        .err())
                .doesNotContain("The history");
    }
}
