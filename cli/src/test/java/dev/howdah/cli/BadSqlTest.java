package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.howdah.cli.Workbench.Ran;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What SQL gets that is wrong, forbidden or too much; every test ends with a look whether the server was left alone. */
final class BadSqlTest {
    private static TestDatabase shop;

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeAll
    static void open() {
        shop = TestPostgres.open().shop();
        // A superuser connects, so that no grant does the guard's work.
        shop.execute("CREATE EXTENSION IF NOT EXISTS dblink");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void prepare() {
        bench = new Workbench(directory).database(shop.url());
    }

    /** What begins and does not end cannot be reviewed as one. */
    @Test
    void aTransactionThatDoesNotEndIsNotBegun() throws SQLException {
        bench.run("sql", "BEGIN").failed(2, "There is a BEGIN without a COMMIT.", "Nothing of it was run.");
        bench.assertNoSessionLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO regions VALUES (99, 'x')",
                "UPDATE customers SET name = 'x'",
                "DELETE FROM order_items",
                "DELETE FROM order_items RETURNING *",
                "MERGE INTO regions USING regions r ON true WHEN MATCHED THEN DELETE",
                "TRUNCATE order_items",
                "WITH d AS (DELETE FROM order_items RETURNING *) SELECT * FROM d",
                "SELECT * FROM customers FOR UPDATE",
                "SELECT * FROM customers FOR KEY SHARE",
                "SELECT * INTO stolen FROM customers",
                "CREATE TABLE stolen AS SELECT * FROM customers",
                "DROP TABLE order_items",
                "COPY customers TO '/tmp/stolen'",
                "COPY customers FROM PROGRAM 'id'",
                "DO $$ BEGIN DELETE FROM order_items; END $$",
                "SET default_transaction_read_only = off",
                "SET TRANSACTION READ WRITE",
                "COMMIT",
                "VACUUM customers",
                "CALL something()",
                "EXPLAIN ANALYZE DELETE FROM order_items",
                "EXPLAIN DELETE FROM order_items",
                "NOTIFY x",
                "GRANT ALL ON customers TO PUBLIC",
                "LOCK customers",
            })
    void refusesWhatIsNotARead(String sql) throws SQLException {
        long before = rows("order_items");
        Ran ran = bench.run("sql", sql);
        ran.failed(4, "Refused: ");
        assertThat(ran.err().lines().count()).isLessThanOrEqualTo(2);
        assertThat(rows("order_items")).isEqualTo(before);
        assertThat(exists("stolen")).isFalse();
        bench.assertNoSessionLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT pg_sleep(3)",
                "SELECT lo_export(1, '/tmp/x')",
                "SELECT query_to_xml('delete from order_items', true, true, '')",
                "SELECT * FROM dblink('dbname=postgres', 'select 1') AS t(i int)",
                "SELECT set_config('transaction_read_only', 'off', false)",
                "SELECT pg_terminate_backend(1)",
                "SELECT nextval('orders_id_seq')",
                "SELECT ('/etc/passwd'::text).pg_read_file",
                "EXPLAIN SELECT pg_read_file('/etc/passwd')",
            })
    void refusesFunctionsThatDoMoreThanRead(String sql) {
        bench.run("sql", sql).failed(4, "Refused: ", "()");
        bench.assertNoSessionLeft();
    }

    @Test
    void refusesAScriptAtTheStatementThatIsRefused() throws SQLException {
        long before = rows("order_items");
        Ran ran = bench.run("sql", "-t", "-A", "select 1; delete from order_items; select 2");
        assertThat(ran.exitCode()).isEqualTo(4);
        ran.printed("1\n").complained("Refused: DELETE changes rows.", "Nothing was run");
        assertThat(rows("order_items")).isEqualTo(before);
        bench.assertNoSessionLeft();
    }

    @Test
    void refusesTwoStatementsWhereOneIsWanted() {
        bench.run("explain", "select 1; select 2").failed(1, "only one is expected");
    }

    @Test
    void refusesNulCharacters() {
        bench.run("sql", "select 1\0").failed(1, "NUL");
        bench.run("sql", "select '\0'").failed(1, "NUL");
        bench.run("sql", "select 'a', :p", "--param", "p=a\0b").failed(2, "parameter");
        bench.assertNoSessionLeft();
    }

    @Test
    void refusesAWriteEvenWhenOnlyShown() {
        bench.run("sql", "--dry-run", "delete from order_items").failed(4, "Refused: DELETE changes rows.");
    }

    @Test
    void pointsAtASyntaxError() {
        bench.run("sql", "select *\nfrom orders foo bar\nlimit 3")
                .failed(1, "syntax error at or near \"bar\"", "  from orders foo bar\n                  ^\n");
        bench.run("explain", "select (1").failed(1, "  select (1\n           ^\n");
        bench.assertNoSessionLeft();
    }

    @Test
    void pointsAtWhatTheServerDoesNotKnow() {
        bench.run("sql", "/* one */\nselect 'é', totl from orders")
                .failed(
                        1,
                        "There is no column \"totl\" in what is read here.",
                        "  select 'é', totl from orders\n              ^\n");
        bench.run("sql", "-o", "csv", "select nope from orders").failed(1, "  select nope from orders\n         ^\n");
        bench.run("sql", "explain select nope from orders")
                .failed(1, "  explain select nope from orders\n                 ^\n");
        bench.run("explain", "select nope from orders").failed(1, "  select nope from orders\n         ^\n");
    }

    @Test
    void pointsWithinALongLine() {
        String before = "1 + ".repeat(60);
        Ran ran = bench.run("sql", "select " + before + "nope + " + before + "1 from orders");
        ran.failed(1, "There is no column \"nope\" in what is read here.");
        String[] lines = ran.err().split("\n", -1);
        assertThat(lines[1].length()).isLessThan(90);
        assertThat(lines[1].substring(lines[2].indexOf('^'))).startsWith("nope");
    }

    @ParameterizedTest
    @CsvSource({
        "select * from ordrs, Did you mean orders?",
        "select * from shop.custmers, Did you mean",
        "select custmer_id from orders, customer_id",
        "select count(*) from nosuch.orders, nosuch",
    })
    void namesTheNearestNameForAnUnknownOne(String sql, String said) {
        bench.run("sql", sql).failed(1, said);
        bench.assertNoSessionLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "csv", "json"})
    void stopsAQueryThatRunsTooLong(String format) {
        String endless = "select count(*) from generate_series(1, 100000) a, generate_series(1, 1000000) b";
        Ran ran = assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> bench.run("sql", "-o", format, "--timeout", "1s", endless));
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(1);
        ran.complained("1 s", "--timeout");
        assertThat(ran.out()).isEmpty();
        bench.assertNoSessionLeft();
    }

    @Test
    void stopsAQueryThatRunsTooLongOnATerminal() {
        String endless = "select count(*) from orders a, orders b, orders c, orders d";
        Ran ran = bench.terminal().run("sql", "--timeout", "800ms", endless);
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        // The progress line was there and has been erased before the message.
        assertThat(ran.err()).contains("running the query …").contains("\r\u001b[Khowdah: ");
        bench.assertNoSessionLeft();
    }

    @Test
    void leavesNoHalfWrittenFile() throws Exception {
        Path file = directory.resolve("kept.csv");
        Files.writeString(file, "what was there before");
        bench.run("sql", "--out", file.toString(), "select 1 / (1000 - g) from generate_series(1, 5000) g")
                .failed(1, "Division by zero.");
        assertThat(Files.readString(file)).isEqualTo("what was there before");
        try (var files = Files.list(directory)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(file);
        }
        bench.assertNoSessionLeft();
    }

    @Test
    void saysWhenThereIsNothingToRun() {
        bench.run("sql", " -- nothing\n;").failed(2, "There is no SQL to run.");
        bench.input("").run("sql").failed(2, "There is no SQL to run.");
        bench.terminal().run("sql").failed(2, "There is no SQL to run.", "Try: howdah sql");
        bench.run("explain", " ").failed(2, "There is no query to explain.");
    }

    @Test
    void saysWhenSqlIsTooLong() {
        bench.input("select '" + "x".repeat(2_000_000) + "'").run("sql").failed(1, "at most", "limits.sql_length");
    }

    @Test
    void survivesDeepNesting() {
        bench.input("select " + "(".repeat(100_000) + "1" + ")".repeat(100_000))
                .run("sql")
                .failed(1, "nested");
    }

    @Test
    void saysWhatIsWrongWithAFileOfSql() throws Exception {
        bench.run("sql", "-f", directory.resolve("no.sql").toString()).failed(1, "there is no such file");
        bench.run("sql", "-f", directory.toString()).failed(1, "it is a directory");
        Path latin = directory.resolve("latin.sql");
        Files.write(latin, new byte[] {'s', (byte) 0xe9});
        bench.run("sql", "-f", latin.toString()).failed(1, "it is not UTF-8 text");
        bench.run("sql", "-f", latin.toString(), "select 1").failed(2, "Give the SQL once");
    }

    private static long rows(String table) throws SQLException {
        try (Connection connection = shop.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static boolean exists(String table) throws SQLException {
        try (Connection connection = shop.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT to_regclass('" + table + "') IS NOT NULL")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
