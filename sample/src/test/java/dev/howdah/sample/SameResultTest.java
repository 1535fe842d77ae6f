package dev.howdah.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SameResultTest {
    private static final List<List<Object>> PAIRS = List.of(List.of(1.0, "a"), List.of(2.0, "b"));

    @Test
    void columnsMayStandInAnyOrderAndRowsTooUnlessOneWasAskedFor() {
        List<List<Object>> turned = List.of(List.of("b", 2.0), List.of("a", 1.0));
        assertThat(SameResult.test(PAIRS, turned, false, false)).isTrue();
        assertThat(SameResult.test(PAIRS, turned, true, false)).isFalse();
        assertThat(SameResult.test(PAIRS, turned.reversed(), true, false)).isTrue();
    }

    @Test
    void furtherColumnsAreForgivenOnlyWhenLenient() {
        List<List<Object>> wider = List.of(List.of(1.0, "a", "x"), List.of(2.0, "b", "x"));
        assertThat(SameResult.test(PAIRS, wider, true, true)).isTrue();
        assertThat(SameResult.test(PAIRS, wider, true, false)).isFalse();
        assertThat(SameResult.test(wider, PAIRS, true, true)).isFalse();
    }

    @Test
    void numbersMayDifferByAMillionthAndRowsAreCounted() {
        assertThat(SameResult.test(List.of(List.of(1_000_000.0)), List.of(List.of(1_000_000.5)), true, false))
                .isTrue();
        assertThat(SameResult.test(List.of(List.of(100.0)), List.of(List.of(101.0)), true, false))
                .isFalse();
        List<List<Object>> twice = List.of(List.of("a"), List.of("a"), List.of("b"));
        List<List<Object>> once = List.of(List.of("a"), List.of("b"), List.of("b"));
        assertThat(SameResult.test(twice, once, false, false)).isFalse();
        assertThat(SameResult.test(List.of(), List.of(), false, false)).isTrue();
        assertThat(SameResult.test(List.of(), once, false, false)).isFalse();
    }

    @Test
    void whatAStatementGivesAndWhatItLeavesIsSeenAndRolledBack() throws SQLException {
        try (TestDatabase database = TestPostgres.open().empty();
                Connection connection = database.connect()) {
            database.execute(
                    "CREATE TABLE t (a int, b timestamptz); INSERT INTO t VALUES (1, '2026-01-02 03:04:05+00')");
            assertThat(SameResult.rows(connection, "SELECT a, b, NULL FROM t"))
                    .singleElement()
                    .satisfies(row -> assertThat(row).startsWith(1.0, "2026-01-02T03:04:05"));
            assertThat(SameResult.after(connection, "DELETE FROM t", "SELECT a FROM t"))
                    .isEmpty();
            assertThat(SameResult.rows(connection, "SELECT a FROM t")).hasSize(1);
        }
    }
}
