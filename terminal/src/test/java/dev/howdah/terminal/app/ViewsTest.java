package dev.howdah.terminal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import dev.howdah.terminal.chat.Block;
import dev.howdah.terminal.chat.Block.Choice;
import dev.howdah.terminal.chat.Conversation;
import dev.howdah.terminal.editor.Editor;
import dev.howdah.terminal.editor.Language;
import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.result.Result;
import dev.howdah.terminal.schema.SchemaView;
import dev.howdah.terminal.screen.Canvas;
import dev.howdah.terminal.screen.Golden;
import dev.howdah.terminal.screen.Text;
import dev.howdah.terminal.screen.Text.Line;
import dev.howdah.terminal.screen.Theme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every view as it was agreed on, at two sizes. */
class ViewsTest {
    @TempDir
    private Path directory;

    private static Block question() throws IOException {
        Block block = new Block(Block.Kind.QUESTION, "total revenue last month by region");
        block.begin(0);
        block.understood(
                "orders with ordered at in November: sum of total per customer's region name; highest first",
                List.of("revenue = sum of orders.total, whatever its status"),
                "SELECT r.name, sum(o.total) AS revenue -- per region\nFROM orders o\nWHERE o.status <> 'cancelled' AND"
                        + " o.total > 10.5\nGROUP BY r.name",
                "built-in engine");
        Result result = new Result(Duration.ofMinutes(1), 1 << 20, () -> {});
        result.columns(List.of(new ResultColumn("name", 25, "text"), new ResultColumn("revenue", 1700, "numeric")));
        result.row(Row.of("North America", "282877.32"));
        result.row(Row.of("日本", null));
        result.end(2, false);
        block.rows(result);
        block.end(Block.State.DONE, Duration.ofMillis(1_240));
        return block;
    }

    private static Conversation conversation() throws IOException {
        Conversation conversation = new Conversation();
        conversation.add(question());
        Block failed = new Block(Block.Kind.SQL, "select * from order");
        failed.fail(
                new Block.Failure(
                        "syntax error at or near \"order\"",
                        Optional.of("Names that are keywords want quotes."),
                        List.of("select * from order", "              ^")),
                Duration.ZERO);
        conversation.add(failed);
        Block asks = new Block(Block.Kind.QUESTION, "sales of berlin");
        asks.choose(
                "Which Berlin?",
                List.of(new Choice("the store", Optional.of("select 1")), new Choice("the city", Optional.empty())));
        asks.end(Block.State.DONE, Duration.ZERO);
        conversation.add(asks);
        Block stopped = new Block(Block.Kind.SQL, "select pg_sleep(100)");
        stopped.end(Block.State.STOPPED, Duration.ofSeconds(75));
        conversation.add(stopped);
        Block model = new Block(Block.Kind.QUESTION, "why did revenue fall?");
        model.begin(0);
        model.step("list_tables: 18 tables");
        model.stream("Looking at **orders** of last month …");
        model.doing("asking the model");
        conversation.add(model);
        Block waits = new Block(Block.Kind.QUESTION, "and by month?");
        conversation.add(waits);
        return conversation;
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "140, 40"})
    void conversationInAllThemes(int width, int height) throws IOException {
        for (Theme theme : Theme.all()) {
            Canvas canvas = Canvas.of(width, height);
            conversation().draw(canvas, 0, 0, width, height, theme);
            Golden.check("conversation", canvas);
        }
        Conversation scrolled = conversation();
        scrolled.select(-1);
        scrolled.select(-100);
        scrolled.current().ifPresent(Block::fold);
        Canvas canvas = Canvas.of(width, height);
        scrolled.draw(canvas, 0, 0, width, height, Theme.dark());
        Golden.check("conversation-selected", canvas);
    }

    @Test
    void coloursSqlByWhatItIs() {
        Theme theme = Theme.dark();
        List<Line> lines =
                Text.sql("SELECT 'a', 1 -- c", 80, theme, Canvas.of(1, 1).measure());
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().spans())
                .contains(
                        new Text.Span("SELECT", theme.keyword()),
                        new Text.Span("'a'", theme.string()),
                        new Text.Span("1", theme.number()),
                        new Text.Span("-- c", theme.comment()));
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "140, 40"})
    void schema(int width, int height) throws IOException {
        Catalog catalog;
        try (TestDatabase database = TestPostgres.open().empty()) {
            database.execute("""
                    CREATE SCHEMA shop;
                    CREATE TYPE shop.status AS ENUM ('new', 'paid');
                    CREATE TABLE shop.customers (id bigint PRIMARY KEY, name text NOT NULL, born date);
                    CREATE TABLE shop.products (id bigint PRIMARY KEY, price numeric(10,2) CHECK (price > 0));
                    CREATE TABLE shop.orders (
                        id bigint PRIMARY KEY, customer bigint NOT NULL REFERENCES shop.customers,
                        status shop.status DEFAULT 'new', product bigint REFERENCES shop.products ON DELETE CASCADE);
                    CREATE TABLE shop.payments (order_id bigint REFERENCES shop.orders, amount numeric);
                    CREATE INDEX ON shop.orders (customer, status);
                    COMMENT ON TABLE shop.orders IS 'What was sold';
                    COMMENT ON COLUMN shop.orders.status IS 'How far it is';
                    CREATE VIEW shop.open_orders AS SELECT * FROM shop.orders""");
            try (Stage stage = new Stage(database, directory)) {
                catalog = new Catalog(
                        "shop",
                        List.of("shop"),
                        stage.app.desk().howdah().catalog(new Cancellation()).relations());
            }
        }
        SchemaView view = new SchemaView(catalog);
        catalog.relation("shop", "orders").ifPresent(view::select);
        Canvas details = Canvas.of(width, height);
        view.draw(details, 0, 0, width, height, Theme.dark());
        Golden.check("schema", details);
        view.press(Key.text("d"));
        Canvas diagram = Canvas.of(width, height);
        view.draw(diagram, 0, 0, width, height, Theme.dark());
        Golden.check("schema-diagram", diagram);
        assertThat(view.mermaid())
                .startsWith("erDiagram\n")
                .contains("customers ||--o{ orders : \"customer\"", "orders ||--o{ payments : \"order_id\"");
        view.press(Key.of(Key.Code.HOME));
        view.press(Key.text(" "));
        assertThat(view.selected()).isEmpty();
        view.press(Key.of(Key.Code.END));
        assertThat(view.press(Key.of(Key.Code.F9))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "140, 40"})
    void helpAndPalette(int width, int height) throws IOException {
        Canvas canvas = Canvas.of(width, height);
        List<Line> lines = HelpText.lines(Theme.dark());
        for (int i = 0; i < Math.min(height, lines.size()); i++) {
            Text.draw(canvas, 1, i, lines.get(i), width - 2);
        }
        Golden.check("help", canvas);
        List<Palette.Entry> entries = List.of(
                new Palette.Entry("export", "write all rows into a file", "e"),
                new Palette.Entry("explain", "the plan of the last statement", ""),
                new Palette.Entry("theme", "dark, light, contrast or none", ""));
        Palette palette = new Palette("Commands", entries, true);
        Canvas open = Canvas.of(width, height);
        palette.draw(open, Theme.dark());
        Golden.check("palette", open);
        palette.press(Key.text("p"));
        palette.press(Key.text("l"));
        assertThat(palette.press(Key.of(Key.Code.ENTER))).contains(new Palette.Picked("explain", ""));
        assertThat(palette.isClosed()).isTrue();
    }

    @Test
    void findsCommandsByTheirLetters() {
        List<Palette.Entry> entries = List.of(
                new Palette.Entry("schema", "look around", ""),
                new Palette.Entry("switch", "another database", ""),
                new Palette.Entry("history", "what was typed", ""));
        assertThat(Palette.find(entries, "sw")).extracting(Palette.Entry::name).startsWith("switch");
        assertThat(Palette.find(entries, "hst")).extracting(Palette.Entry::name).startsWith("history");
        assertThat(Palette.find(entries, "xyz")).isEmpty();
        assertThat(Palette.find(entries, "")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "140, 40"})
    void input(int width, int height) throws IOException {
        Editor editor = new Editor();
        editor.set("select count(*), 'Ünïcode 漢字 👩‍👩‍👧'\nfrom orders where total > 100 -- "
                + "a comment that is so long that it has to be wrapped somewhere, at least on narrow screens");
        Canvas canvas = Canvas.of(width, height);
        int rows = InputBox.rows(editor, width, height);
        InputBox.draw(canvas, 0, 0, width, rows, editor, Language.Mode.SQL, Theme.dark());
        Golden.check("input", canvas);
    }
}
