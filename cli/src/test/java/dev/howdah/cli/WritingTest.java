package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritingTest {
    @TempDir
    Path directory;

    private TestDatabase database;
    private Workbench bench;

    @BeforeEach
    void open() {
        database = TestPostgres.open().empty();
        database.execute("""
                CREATE TABLE things (id int PRIMARY KEY, name text);
                CREATE TABLE parts (id int PRIMARY KEY, thing int REFERENCES things ON DELETE CASCADE);
                INSERT INTO things SELECT i, 'thing ' || i FROM generate_series(1, 10) i;
                INSERT INTO parts SELECT i, i % 10 + 1 FROM generate_series(1, 30) i;
                ANALYZE
                """);
        bench = new Workbench(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Workbench.Ran sql(String... more) {
        String[] arguments = new String[more.length + 5];
        System.arraycopy(new String[] {"sql", "-d", database.url(), "--level", "balanced"}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return bench.run(arguments);
    }

    @Test
    void aWriteIsShownAskedAndDone() {
        bench.terminal().input("y\n");
        Workbench.Ran ran = sql("delete from things where id <= 2").answered();
        assertThat(ran.err())
                .contains("Changes (measured):", "public.parts", "6 deleted", "public.things", "2 deleted", "Risk: ")
                .contains("Run it? [y/N]", "Done in ");
        assertThat(count("things")).isEqualTo(8);
        assertThat(count("parts")).isEqualTo(24);
    }

    @Test
    void enterNeverConfirms() {
        bench.terminal().input("\n");
        Workbench.Ran ran = sql("delete from things where id = 1");
        assertThat(ran.exitCode()).isEqualTo(5);
        assertThat(ran.err()).contains("Nothing was run.");
        assertThat(count("things")).isEqualTo(10);
    }

    @Test
    void aPipeConsentsToNothing() {
        bench.input("y\ny\n");
        Workbench.Ran ran = sql("delete from things where id = 1");
        assertThat(ran.exitCode()).isEqualTo(5);
        assertThat(ran.err()).contains("a person has to say yes to it", "--yes");
        assertThat(count("things")).isEqualTo(10);
    }

    @Test
    void yesServesWhatAsksForAYesOnly() {
        assertThat(sql("--yes", "delete from parts where id = 1").answered().err())
                .contains("Said yes beforehand");
        assertThat(count("parts")).isEqualTo(29);
        Workbench.Ran ran = sql("--yes", "truncate parts");
        assertThat(ran.exitCode()).isEqualTo(5);
        assertThat(ran.err()).contains("type \"truncate\"", "--yes answers only what asks for a yes");
        assertThat(count("parts")).isEqualTo(29);
    }

    @Test
    void whatStandsBetweenBeginAndCommitIsOne() {
        bench.terminal().input("y\n");
        sql("begin; delete from parts where thing = 1; delete from things where id = 1; commit")
                .answered();
        assertThat(count("things")).isEqualTo(9);
        assertThat(count("parts")).isEqualTo(27);
    }

    @Test
    void aPlanWithoutAnEndIsNotRun() {
        bench.terminal().input("y\n");
        sql("begin; delete from parts").failed(2, "BEGIN without a COMMIT");
        assertThat(count("parts")).isEqualTo(30);
    }

    @Test
    void returnedRowsGoToStandardOutput() {
        bench.terminal().input("y\n");
        assertThat(sql("-o", "csv", "update things set name = 'x' where id = 3 returning id, name")
                        .answered()
                        .out())
                .contains("3,x");
    }

    @Test
    void aDryRunAsksNobody() {
        assertThat(sql("--dry-run", "delete from things").answered().err()).contains("10 deleted");
        assertThat(count("things")).isEqualTo(10);
    }

    @Test
    void impactIsToldEvenWhereWritesAreRefused() {
        Workbench.Ran ran = bench.run("impact", "-d", database.url(), "delete from things where id = 1")
                .answered();
        assertThat(ran.out())
                .contains("Changes (counted):", "public.parts", "3 deleted", "1 deleted", "does not permit");
        assertThat(count("things")).isEqualTo(10);
    }

    @Test
    void impactInBulk() {
        bench.input("""
                {"id": 1, "sql": "delete from things where id = 1"}
                {"id": "b", "sql": "insert into things values (1, 'twice')"}
                {"id": 3, "sql": "select 1"}
                {"id": 4, "sql": "update no_such set a = 1"}
                """);
        Workbench.Ran ran = bench.run("impact", "-d", database.url(), "--level", "balanced", "--ndjson")
                .answered();
        var lines = ran.out().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .startsWith("{\"id\":1,\"outcome\":\"succeeds\",\"measured\":true")
                .contains(
                        "\"affected\":{\"parts\":{\"inserted\":0,\"updated\":0,\"deleted\":3},\"things\":{\"inserted\":0,"
                                + "\"updated\":0,\"deleted\":1}}")
                .contains("\"mode\":\"RowExclusiveLock\"");
        assertThat(lines.get(1)).contains("\"id\":\"b\",\"outcome\":\"fails\"", "23505");
        assertThat(lines.get(2)).contains("\"outcome\":\"error\"", "changes nothing");
        assertThat(lines.get(3)).contains("\"outcome\":\"error\"", "no_such");
        assertThat(count("things")).isEqualTo(10);
    }

    private int count(String table) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
