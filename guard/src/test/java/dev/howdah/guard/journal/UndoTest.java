package dev.howdah.guard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UndoTest {
    private OpenJournal open;

    @BeforeAll
    void open() {
        open = new OpenJournal();
    }

    @AfterAll
    void close() {
        open.close();
    }

    @BeforeEach
    void fill() {
        open.server.execute("""
                DROP SCHEMA IF EXISTS web CASCADE;
                CREATE SCHEMA web;
                CREATE TYPE web.mood AS ENUM ('sad', 'ok', 'happy');
                CREATE DOMAIN web.share AS numeric(5, 2) CHECK (VALUE BETWEEN 0 AND 100);
                CREATE TABLE web.customers (
                    id int PRIMARY KEY, name text, mood web.mood, share web.share, tags text[], doc jsonb, raw bytea,
                    boss int REFERENCES web.customers ON DELETE SET NULL,
                    loud text GENERATED ALWAYS AS (upper(name)) STORED);
                INSERT INTO web.customers
                SELECT i, 'c "' || i || E'\\\\ \\n', 'ok', i, ARRAY['a', NULL, 'b,"c"'], '{"n": [1.50, null]}',
                       decode(repeat('00ff', i), 'hex'), nullif(i / 2, 0) FROM generate_series(1, 30) i;
                CREATE TABLE web.orders (
                    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    customer int NOT NULL REFERENCES web.customers ON DELETE CASCADE ON UPDATE CASCADE,
                    note text, touched timestamptz NOT NULL DEFAULT now());
                INSERT INTO web.orders (customer, note) SELECT 1 + i % 30, 'o' || i FROM generate_series(1, 90) i;
                CREATE INDEX ON web.orders (customer);
                CREATE TABLE web.lines (
                    "order" int REFERENCES web.orders ON DELETE CASCADE, what text, blob text);
                INSERT INTO web.lines SELECT 1 + i % 90, 'l' || i % 7, NULL FROM generate_series(1, 300) i;
                INSERT INTO web.lines SELECT 5, 'twice', repeat('long', 100000) FROM generate_series(1, 3) i;
                CREATE FUNCTION web.touch() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN NEW.touched := now(); RETURN NEW; END $$;
                CREATE TRIGGER touch BEFORE UPDATE ON web.orders FOR EACH ROW EXECUTE FUNCTION web.touch();
                CREATE TABLE web.log (what text);
                CREATE FUNCTION web.logged() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN INSERT INTO web.log VALUES (TG_OP || OLD.id);
                       BEGIN INSERT INTO web.log VALUES ('inner'); EXCEPTION WHEN OTHERS THEN NULL; END;
                       RETURN NULL; END $$;
                CREATE TRIGGER logged AFTER UPDATE OR DELETE ON web.customers FOR EACH ROW EXECUTE FUNCTION web.logged();
                CREATE TABLE web.parts (id int, place text, PRIMARY KEY (id, place)) PARTITION BY LIST (place);
                CREATE TABLE web.parts_a PARTITION OF web.parts FOR VALUES IN ('a');
                CREATE TABLE web.parts_b PARTITION OF web.parts FOR VALUES IN ('b');
                INSERT INTO web.parts SELECT i, CASE WHEN i % 2 = 0 THEN 'a' ELSE 'b' END FROM generate_series(1, 20) i
                """);
    }

    /** Whatever it did, nothing of it is left. */
    private void undoes(String... statements) {
        Map<String, List<String>> before = open.everything();
        open.run(statements);
        Map<String, List<String>> after = open.everything();
        assertThat(after).isNotEqualTo(before);
        open.undo(Choice.STOP);
        assertThat(open.everything()).isEqualTo(before);
        open.undo(open.undos.list(open.cancellation).getFirst().id());
        assertThat(open.everything()).isEqualTo(after);
    }

    @Test
    void deletedRowsComeBackWithTheirCascades() {
        undoes("DELETE FROM web.customers WHERE id IN (4, 5, 6)");
    }

    @Test
    void updatedRowsAreWhatTheyWere() {
        undoes("UPDATE web.customers SET name = 'x', mood = 'sad', tags = '{}', doc = NULL, raw = '' WHERE id < 20");
    }

    @Test
    void insertedRowsAreTakenAway() {
        undoes("INSERT INTO web.orders (customer, note) SELECT id, 'new' FROM web.customers");
    }

    @Test
    void keysThatAreChangedInCascadeAreChangedBack() {
        undoes("UPDATE web.customers SET id = id + 100, boss = NULL WHERE id > 10");
    }

    @Test
    void tablesWithoutKeyAndDuplicates() {
        undoes("UPDATE web.lines SET what = 'one' WHERE what = 'twice'");
        undoes("DELETE FROM web.lines WHERE what = 'one'");
        undoes("INSERT INTO web.lines SELECT * FROM web.lines");
    }

    @Test
    void rowsThatMoveBetweenPartitions() {
        undoes("UPDATE web.parts SET place = 'b' WHERE id < 11 AND place = 'a'");
    }

    @Test
    void severalStatementsAreUndoneAsOne() {
        undoes(
                "DELETE FROM web.orders WHERE id < 10",
                "UPDATE web.orders SET note = note || '!' WHERE id < 30",
                "INSERT INTO web.customers (id, name) VALUES (77, 'late')",
                "UPDATE web.customers SET name = 'later' WHERE id = 77",
                "DELETE FROM web.customers WHERE id = 30");
    }

    @Test
    void valuesThatRowsPassAmongThem() {
        open.server.execute("CREATE TABLE web.places (id int PRIMARY KEY, place int UNIQUE);"
                + " INSERT INTO web.places SELECT i, i FROM generate_series(100, 1, -1) i");
        undoes("UPDATE web.places SET place = place + 1");
    }

    @Test
    void mergesAreUndone() {
        undoes("MERGE INTO web.parts p USING (VALUES (1, 'b'), (2, 'b'), (50, 'a')) v(id, place)"
                + " ON p.id = v.id AND p.place = v.place"
                + " WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (v.id, v.place)");
    }

    @Test
    void rowsThatWereChangedSinceAreAConflict() {
        open.run("UPDATE web.customers SET name = 'x' WHERE id < 4");
        open.server.execute("UPDATE web.customers SET name = 'y' WHERE id = 2");
        Map<String, List<String>> before = open.everything();
        assertThatThrownBy(() -> open.undo(Choice.STOP))
                .hasMessageContaining("web.customers: 1 of 3 rows were changed or deleted since");
        assertThat(open.everything()).isEqualTo(before);
        open.undo(Choice.SKIP);
        assertThat(open.rows("web.customers").toString())
                .contains("(2,y,ok")
                .contains("c \"\"1")
                .contains("c \"\"3");
    }

    @Test
    void rowsThatWereChangedSinceCanBeOverwritten() {
        List<String> before = open.rows("web.customers");
        open.run("UPDATE web.customers SET name = 'x' WHERE id < 4", "DELETE FROM web.customers WHERE id = 30");
        open.server.execute("UPDATE web.customers SET name = 'y' WHERE id = 2");
        open.server.execute("DELETE FROM web.customers WHERE id = 3");
        open.server.execute("INSERT INTO web.customers (id, name) VALUES (30, 'other')");
        assertThatThrownBy(() -> open.undo(Choice.STOP)).hasMessageContaining("2 of 3 rows");
        open.undo(Choice.OVERWRITE);
        assertThat(open.rows("web.customers")).isEqualTo(without(before, "7"));
    }

    /** Rows whose boss went with row 3 stay without one. */
    private static List<String> without(List<String> rows, String id) {
        return rows.stream()
                .map(row ->
                        row.startsWith("(6,") || row.startsWith("(" + id + ",") ? row.replace(",3,\"C", ",,\"C") : row)
                .sorted()
                .toList();
    }

    @Test
    void rowsThatReferToWhatAnUndoTakesAwayAreAConflict() {
        open.run("INSERT INTO web.customers (id, name) VALUES (500, 'new')");
        open.server.execute("INSERT INTO web.orders (customer) VALUES (500)");
        assertThatThrownBy(() -> open.undo(Choice.STOP)).hasMessageContaining("web.orders: rows refer to rows");
    }

    @Test
    void rowsThatReferToWhatIsGoneAreAConflict() {
        open.run("DELETE FROM web.orders WHERE customer = 9");
        open.server.execute("DELETE FROM web.customers WHERE id = 9");
        assertThatThrownBy(() -> open.undo(Choice.STOP)).hasMessageContaining("refer to rows that are gone");
    }

    @Test
    void aKeyThatIsTakenAgainIsAConflict() {
        open.run("DELETE FROM web.customers WHERE id = 30");
        open.server.execute("INSERT INTO web.customers (id) VALUES (30)");
        assertThatThrownBy(() -> open.undo(Choice.STOP)).hasMessageContaining("is there again");
    }

    @Test
    void tablesThatWereWrittenAnewSince() {
        Map<String, List<String>> before = open.everything();
        open.run(
                "UPDATE web.lines SET what = 'z' WHERE what IN ('l1', 'twice')", "UPDATE web.customers SET name = 'x'");
        open.server.execute("VACUUM FULL web.lines");
        open.server.execute("VACUUM FULL FREEZE web.customers");
        open.undo(Choice.STOP);
        assertThat(open.everything()).isEqualTo(before);
    }

    @Test
    void tablesThatWereAlteredSince() {
        open.run(
                "DELETE FROM web.log",
                "UPDATE web.orders SET note = NULL WHERE id = 1",
                "DELETE FROM web.lines WHERE \"order\" = 5");
        open.server.execute(
                "ALTER TABLE web.lines ADD COLUMN more int DEFAULT 3; ALTER TABLE web.lines DROP COLUMN blob;"
                        + " ALTER TABLE web.lines RENAME what TO was");
        open.undo(Choice.STOP);
        assertThat(open.rows("web.lines"))
                .filteredOn(row -> row.contains("twice"))
                .hasSize(3)
                .allMatch(row -> row.equals("(5,twice,3)"));
    }

    @Test
    void whatIsUndoneCannotBeUndoneTwice() {
        open.run("DELETE FROM web.log", "DELETE FROM web.lines WHERE what = 'l1'");
        long id = open.undos.list(open.cancellation).getFirst().id();
        open.undo(id);
        assertThatThrownBy(() -> open.undo(id)).hasMessageContaining("was undone already");
    }
}
