package dev.howdah.terminal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import dev.howdah.terminal.chat.Block;
import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.input.Key.Code;
import dev.howdah.terminal.result.Grid;
import dev.howdah.terminal.result.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who types: the controller by key records, on a real database. */
@Timeout(120)
class AppTest {
    private static TestDatabase server;

    @TempDir
    private Path directory;

    private Stage stage;

    @BeforeAll
    static void open() {
        server = TestPostgres.open().shop();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void begin() {
        stage = new Stage(server, directory);
    }

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void answersAQuestionWithItsReadingItsSqlAndItsRows() {
        Block block = stage.enter("how many customers are there");
        assertThat(block.state()).isEqualTo(Block.State.DONE);
        assertThat(stage.screen())
                .contains("❯ how many customers are there", "Read as:", "SELECT", "✓ 1 row", "built-in engine");
    }

    @Test
    void runsSqlAndPagesThroughMoreRowsThanItHasRead() {
        Block block = stage.enter("select * from generate_series(1, 50000) n");
        Result result = block.result().orElseThrow();
        assertThat(result.rows()).isEqualTo(1_000);
        assertThat(result.reading()).isEqualTo(Result.Reading.OPEN);
        assertThat(stage.screen()).contains("» select", "more exist");
        stage.press(Key.ctrl('o'));
        stage.press("G");
        stage.until(() -> result.reading() == Result.Reading.COMPLETE);
        assertThat(stage.screen()).contains("row 50,000 of 50,000");
        stage.press("g");
        assertThat(stage.screen()).contains("row 1 of 50,000");
        stage.press(Code.ESCAPE);
        assertThat(stage.app.view()).isEqualTo(App.View.CHAT);
    }

    @Test
    void stopsWhatRunsAndSaysSo() {
        stage.type("select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b");
        stage.press(Code.ENTER);
        stage.until(() -> stage.screen().contains("running the query"));
        assertThat(stage.app.isAnimated()).isTrue();
        stage.press(Code.ESCAPE);
        stage.settle();
        assertThat(stage.screen()).contains("stopped; the server has stopped working on it");
    }

    @Test
    void queuesWhatIsTypedMeanwhile() {
        stage.type("select count(*) from generate_series(1, 2000) a, generate_series(1, 2000) b");
        stage.press(Code.ENTER);
        stage.type("select 'the second'");
        stage.press(Code.ENTER);
        assertThat(stage.screen()).contains("… waits for the one before it");
        stage.settle();
        assertThat(stage.screen()).contains("the second").doesNotContain("… waits");
    }

    @Test
    void marksThePlaceOfAMistake() {
        stage.enter("select * from orders wher order_id = 1;");
        assertThat(stage.screen()).contains("✗ ", "wher order_id", "^");
        stage.enter("select nothing_like_it from orders");
        assertThat(stage.screen()).contains("nothing_like_it", "^");
    }

    @Test
    void refusesWrites() {
        Block block = stage.enter("delete from orders where order_id = 1");
        assertThat(block.state()).isEqualTo(Block.State.FAILED);
        assertThat(stage.screen()).contains("Refused");
    }

    @Test
    void runsAWriteOnlyAfterAPersonDecided() {
        server.execute("CREATE TABLE shop.scratch AS SELECT n AS id FROM generate_series(1, 10) n");
        stage.close();
        stage = new Stage(server, directory, java.util.Map.of("HOWDAH_READ_ONLY", "false"));
        stage.type("update scratch set id = id + 100 where id <= 3");
        stage.press(Code.ENTER);
        stage.until(() -> stage.screen().contains("May this run?"));
        assertThat(stage.screen()).contains("shop.scratch: 3 rows updated", "Risk:");
        stage.press(Code.ENTER, Code.ENTER);
        assertThat(stage.screen()).contains("May this run?", "Enter does not run a write");
        stage.press("n");
        stage.settle();
        assertThat(stage.screen()).contains("you said no. Nothing was changed.");
        stage.type("update scratch set id = id + 100 where id <= 3 returning id");
        stage.press(Code.ENTER);
        stage.until(() -> stage.screen().contains("May this run?"));
        stage.press("y");
        stage.settle();
        assertThat(stage.screen()).contains("Committed", "103");
        assertThat(stage.enter("select count(*) from scratch where id > 100").state())
                .isEqualTo(Block.State.DONE);
        stage.press(Key.ctrl('o'));
        assertThat(stage.app.grid().orElseThrow().cellText()).isEqualTo("3");
    }

    @Test
    void runsTheStatementsOfAScriptUpToTheFirstThatFails() {
        stage.type("select 1 as one; select * from nowhere; select 3 as three");
        stage.press(Code.ENTER);
        stage.settle();
        List<Block> blocks = stage.app.conversation().blocks();
        assertThat(blocks)
                .extracting(Block::state)
                .containsExactly(Block.State.DONE, Block.State.FAILED, Block.State.STOPPED);
        assertThat(stage.screen()).contains("not run, because one before it did not");
    }

    @Test
    void offersWaysToGoOnWhenItDeclines() {
        Block block = stage.enter("flurb the wibble");
        assertThat(block.ask()).startsWith("Not answered");
        assertThat(stage.screen()).contains("? Not answered");
    }

    @Test
    void beginsANewLineWhereAStatementBreaksOff() {
        stage.type("select count(*) from");
        stage.press(Code.ENTER);
        assertThat(stage.app.editor().text()).isEqualTo("select count(*) from\n");
        stage.enter("regions");
        assertThat(stage.screen()).contains("✓ 1 row");
    }

    @Test
    void completesRelationsColumnsAndValues() {
        stage.type("select * from custo");
        stage.press(Code.TAB);
        assertThat(stage.app.editor().text()).isEqualTo("select * from customers");
        stage.app.editor().set("select * from orders where status = 'del");
        stage.press(Code.TAB);
        assertThat(stage.app.editor().text()).endsWith("'delivered");
        stage.app.editor().set("select * from orders o where o.s");
        stage.press(Code.TAB);
        assertThat(stage.screen()).contains("status", "store_id", "shipped_at");
        stage.press(Code.TAB, Code.TAB, Code.UP, Code.ENTER);
        assertThat(stage.app.editor().text())
                .startsWith("select * from orders o where o.s")
                .hasSizeGreaterThan(34);
        stage.app.editor().set("how many custo");
        stage.press(Code.TAB);
        assertThat(stage.screen()).contains("customers");
        stage.press(Code.ESCAPE);
        stage.app.editor().set("show @categ");
        stage.press(Code.TAB);
        assertThat(stage.app.editor().text()).isEqualTo("show categories");
    }

    @Test
    void understandsWhatPsqlUnderstands() {
        assertThat(shown("\\dt")).contains("orders", "customers").doesNotContain("order_summary");
        assertThat(shown("\\dv")).contains("order_summary");
        assertThat(shown("\\d orders")).contains("order_id", "ordered_at");
        assertThat(shown("\\d nowhere")).contains("There is no relation nowhere");
        assertThat(shown("\\d")).contains("orders", "order_summary");
        assertThat(shown("\\l")).contains("owner");
        assertThat(shown("\\du")).contains("superuser");
        assertThat(shown("\\df")).contains("arguments");
        assertThat(shown("\\dn")).contains("shop");
        assertThat(shown("\\x")).contains("Rows are shown as records.");
        stage.enter("select 1 as one, 2 as two");
        assertThat(stage.screen()).contains("─ row 1");
        assertThat(shown("\\nonsense")).contains("There is no \\nonsense here");
        assertThat(shown("\\timing")).contains("Times are always shown");
        shown("\\q");
        assertThat(stage.app.wantsToQuit()).isTrue();
    }

    private String shown(String command) {
        stage.type(command);
        stage.press(Code.ENTER);
        stage.settle();
        return stage.screen();
    }

    @Test
    void looksAroundInTheSchema() {
        stage.press(Code.F3);
        assertThat(stage.screen()).contains("▾ shop", "customers");
        stage.press("/");
        stage.type("order_items");
        stage.press(Code.ENTER);
        assertThat(stage.screen()).contains("Foreign keys", "→ orders(order_id)", "Indexes");
        stage.press("d");
        assertThat(stage.screen()).contains("order_items", "orders (order_id)", "products (product_id)", "┬─▶");
        stage.press(Code.ENTER);
        stage.settle();
        assertThat(stage.screen()).contains("SELECT * FROM order_items LIMIT 100", "✓ 100 rows");
        stage.press(Code.F3, "i");
        assertThat(stage.app.editor().text()).isEqualTo("order_items ");
        stage.press(Key.ctrl('u'), Code.F3, "a");
        assertThat(stage.app.editor().text()).isEqualTo("how many order items are there");
    }

    @Test
    void exportsAllRowsAndReplacesNoFile() throws Exception {
        stage.enter("select n from generate_series(1, 2500) n");
        Path file = directory.resolve("numbers.csv");
        stage.press(Key.ctrl('k'));
        stage.type("export " + file);
        stage.press(Code.ENTER);
        stage.settle();
        assertThat(stage.screen()).contains("2,500 rows written to");
        assertThat(Files.readAllLines(file)).hasSize(2501).startsWith("n", "1");
        stage.app.conversation().select(-2);
        stage.enter("/export " + file);
        assertThat(stage.screen()).contains("already");
        assertThat(Files.readAllLines(file)).hasSize(2501);
    }

    @Test
    void sortsAndFiltersAtTheServer() {
        stage.enter("select n, 'x' || n as name from generate_series(1, 3000) n");
        stage.press(Key.ctrl('o'), "s");
        stage.settle();
        assertThat(stage.app.currentSql()).endsWith("ORDER BY 1 NULLS LAST");
        assertThat(stage.app.view()).isEqualTo(App.View.RESULT);
        stage.press("s");
        stage.settle();
        assertThat(stage.app.currentSql()).endsWith("ORDER BY 1 DESC NULLS LAST");
        assertThat(stage.app.grid().orElseThrow().cellText()).isEqualTo("3000");
        stage.press("l", "f");
        stage.type("x299");
        stage.press(Code.ENTER);
        stage.settle();
        assertThat(stage.app.grid().map(Grid::result).orElseThrow().rows()).isEqualTo(11);
    }

    @Test
    void copiesByWayOfTheTerminal() {
        stage.enter("select 'a value' as v");
        stage.press(Key.ctrl('o'), "y");
        assertThat(stage.app.takeOutput()).isEqualTo("\u001b]52;c;YSB2YWx1ZQ==\u0007");
        assertThat(stage.app.takeOutput()).isEmpty();
        stage.press(Code.ESCAPE, Key.alt('y'));
        assertThat(stage.app.takeOutput()).startsWith("\u001b]52;c;c2VsZWN0");
    }

    @Test
    void searchesWhatWasTyped() {
        stage.enter("select 1");
        stage.enter("select 2");
        stage.press(Key.ctrl('r'));
        stage.type("1");
        assertThat(stage.screen()).contains("search back: 1", "select 1");
        stage.press(Code.ENTER);
        assertThat(stage.app.editor().text()).isEqualTo("select 1");
        stage.press(Key.ctrl('u'), Code.UP, Code.UP);
        assertThat(stage.app.editor().text()).isEqualTo("select 1");
        stage.press(Code.F5);
        assertThat(stage.screen()).contains("History");
        stage.press(Code.ENTER);
        assertThat(stage.app.editor().text()).isEqualTo("select 2");
    }

    @Test
    void explainsTheLastStatement() {
        stage.enter("select count(*) from orders");
        stage.enter("/explain");
        assertThat(stage.screen()).contains("Aggregate");
    }

    @Test
    void changesThemesAndShowsHelpAndSettings() {
        stage.enter("/theme light");
        assertThat(stage.redraws).isPositive();
        stage.press(Code.F1);
        assertThat(stage.screen()).contains("Ctrl-R", "searches what was typed before");
        stage.press(Code.PAGE_DOWN, Code.ESCAPE, Code.F6);
        assertThat(stage.screen()).contains("limits.rows");
        stage.press(Code.ESCAPE, "?");
        assertThat(stage.app.view()).isEqualTo(App.View.HELP);
    }

    @Test
    void switchesToAnotherDatabase() {
        stage.enter("/switch other");
        stage.until(() -> stage.screen().contains(" other · "));
        stage.until(() -> stage.app.catalog().isPresent());
        assertThat(stage.enter("select 1").state()).isEqualTo(Block.State.DONE);
        stage.enter("/switch");
        assertThat(stage.screen()).contains("Switch to", "profile");
    }

    @Test
    void warnsBeforeItLeavesARunningStatement() {
        stage.type("select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b");
        stage.press(Code.ENTER);
        stage.until(() -> stage.screen().contains("running the query"));
        stage.press(Key.ctrl('q'));
        assertThat(stage.app.wantsToQuit()).isFalse();
        assertThat(stage.screen()).contains("A statement is running.");
        stage.press(Key.ctrl('q'));
        assertThat(stage.app.wantsToQuit()).isTrue();
    }

    @Test
    void clearsThenLeavesWithCtrlC() {
        stage.type("abc");
        stage.press(Key.ctrl('c'));
        assertThat(stage.app.editor().isEmpty()).isTrue();
        stage.press(Key.ctrl('c'));
        assertThat(stage.screen()).contains("Ctrl-C again leaves");
        stage.press(Key.ctrl('c'));
        assertThat(stage.app.wantsToQuit()).isTrue();
    }

    @Test
    void selectsFoldsAndEditsAnswers() {
        stage.enter("how many customers are there");
        stage.enter("how many orders are there");
        Key up = new Key(Code.UP, "", true, false, false);
        stage.press(up, up);
        assertThat(stage.screen()).contains("▌");
        stage.press(Key.alt('o'));
        assertThat(stage.screen()).contains("▸ SELECT");
        stage.press(Key.alt('e'));
        assertThat(stage.app.editor().text()).contains("customers");
        stage.press(Key.ctrl('c'), new Key(Code.DOWN, "", true, false, false), Code.PAGE_UP, Code.PAGE_DOWN);
        stage.press(Code.ESCAPE);
        stage.enter("/clear");
        assertThat(stage.app.conversation().blocks()).isEmpty();
    }

    @Test
    void handsTextToAnotherEditorAndTakesItBack() {
        stage.type("select 1");
        stage.press(Key.ctrl('x'));
        assertThat(stage.app.takeEditorText()).contains("select 1");
        assertThat(stage.app.takeEditorText()).isEmpty();
        stage.app.edited("select 2\n");
        assertThat(stage.app.editor().text()).isEqualTo("select 2");
    }

    @Test
    void staysUsableOnTinyScreens() {
        assertThat(stage.draw(10, 3).text()).contains("too small");
        assertThat(stage.draw(20, 6).text()).isNotBlank();
        stage.press(Key.ctrl('k'));
        assertThat(stage.draw(30, 8).text()).contains("Commands");
    }

    @Test
    void saysWhatIsMissingWhenThereIsNothingToWorkOn() {
        for (String command : List.of("/rows", "/export", "/explain", "/copy", "/stop")) {
            stage.command(command);
            assertThat(stage.draw(110, 40).text().lines().toList().getLast())
                    .as(command)
                    .isNotBlank();
        }
        stage.command("/nonsensical");
        assertThat(stage.screen()).contains("Nothing is called that. Esc goes back.");
        stage.press(Code.ESCAPE);
        stage.command("\\copy nonsense");
        assertThat(stage.screen()).contains("Like this: \\copy");
        Path file = directory.resolve("regions.csv");
        stage.command("\\copy regions to '" + file + "'");
        stage.settle();
        assertThat(file).exists();
    }
}
