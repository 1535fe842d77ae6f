package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.howdah.cli.Workbench.Ran;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalog as people and programs see it. */
final class SchemaTest {
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
    void listsTablesAndViews() {
        Ran ran = bench.run("schema").answered();
        assertThat(ran.out()).contains("schema", "name", "kind", "customers", "orders", "table", "view");
        assertThat(ran.err()).isEmpty();
        assertThat(bench.run("schema", "-o", "csv").answered().out())
                .startsWith("schema,name,kind,rows_estimate,comment\n");
        bench.assertNoSessionLeft();
    }

    @Test
    void describesTables() {
        Ran ran = bench.run("schema", "orders", "shop.regions").answered();
        assertThat(ran.out())
                .contains("Table shop.orders", "order_id", "Primary key", "Foreign keys", "You may:")
                .contains("\n\nTable shop.regions", "currency");
    }

    @Test
    void writesDdlThatTheServerTakes() {
        Ran ran = bench.run("schema", "--ddl", "regions").answered();
        assertThat(ran.out()).contains("CREATE TABLE regions (", "PRIMARY KEY (region_id)");
        try (TestDatabase other = TestPostgres.open().empty()) {
            other.execute(ran.out());
        }
        assertThat(bench.run("schema", "--ddl").answered().out())
                .contains("CREATE TABLE regions (", "CREATE TABLE orders (");
    }

    @Test
    void writesJson() throws IOException {
        assertThat(objects(bench.run("schema", "-o", "json", "orders", "regions")
                        .answered()
                        .out()))
                .isEqualTo(2);
        assertThat(objects(bench.run("schema", "-o", "ndjson", "orders", "regions")
                        .answered()
                        .out()))
                .isEqualTo(2);
        assertThat(bench.run("schema", "-o", "json", "orders", "regions").out().stripLeading())
                .startsWith("[");
    }

    private static int objects(String json) throws IOException {
        int objects = 0;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String pointer = parser.getParsingContext().pathAsPointer().toString();
                if (token == JsonToken.START_OBJECT && pointer.matches("(/[0-9]+)?")) {
                    objects++;
                }
            }
        }
        return objects;
    }

    @Test
    void goesIntoAFileToo() {
        Path file = directory.resolve("schema.sql");
        Ran ran =
                bench.run("schema", "--ddl", "--out", file.toString(), "orders").answered("");
        assertThat(ran.err()).isEqualTo("Written to " + file + "\n");
        assertThat(file).content().contains("CREATE TABLE orders (");
        Path list = directory.resolve("schema.json");
        bench.run("schema", "--out", list.toString()).answered("");
        assertThat(list).content().startsWith("[");
    }

    @Test
    void namesTheNearestTable() {
        bench.run("schema", "ordrs").failed(2, "There is no table or view ordrs in", "Did you mean orders?");
        bench.run("schema", "shop.ordrs").failed(2, "shop.orders");
        bench.run("schema", "zzzzzzzzzz").failed(2, "`howdah schema` lists them.");
    }

    @Test
    void isReadableOnATerminal() {
        Ran ran = bench.terminal().variable("NO_COLOR", "1").run("schema").answered();
        assertThat(ran.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }
}
