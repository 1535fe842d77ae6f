package dev.howdah.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CursorReadTest {
    private final TestDatabase server = TestPostgres.open().empty();
    private final Database database = Database.single(
            Profile.of(server.host(), server.port(), server.database(), server.user(), server.password()));
    private final Wire wire = new Wire(database);

    @BeforeAll
    void table() {
        server.execute("CREATE TABLE t (id int PRIMARY KEY, name text)");
        server.execute("INSERT INTO t SELECT i, 'name ' || i FROM generate_series(1, 1000) i");
    }

    @AfterAll
    void close() {
        wire.close();
        database.close();
        server.close();
    }

    @Test
    void readsRowsAndColumns() {
        Collected result = read(ReadRequest.of("SELECT 1 AS one, NULL::text AS nothing, '' AS empty"));
        assertThat(result.columns)
                .containsExactly(
                        new ResultColumn("one", 23, "int4"),
                        new ResultColumn("nothing", 25, "text"),
                        new ResultColumn("empty", 25, "text"));
        assertThat(result.rows).hasSize(1);
        assertThat(result.rows.getFirst()).containsExactly("1", null, "");
        assertThat(result.ended).isTrue();
        assertThat(result.truncated).isFalse();
    }

    @Test
    void pagesThroughAllRowsInOrder() {
        Collected result = read(ReadRequest.of("SELECT id FROM t ORDER BY id"));
        assertThat(result.rows).hasSize(1000);
        assertThat(result.rows.getLast()).isEqualTo(List.of("1000"));
    }

    @Test
    void refusesWhatIsNotAQuery() {
        assertThatThrownBy(() -> read(ReadRequest.of("DELETE FROM t"))).isInstanceOf(PostgresException.class);
        assertThatThrownBy(() -> read(ReadRequest.of("SELECT 1; DELETE FROM t")))
                .isInstanceOf(PostgresException.class);
        assertThat(read(ReadRequest.of("SELECT count(*) FROM t")).rows).isEqualTo(List.of(List.of("1000")));
    }

    private Collected read(ReadRequest request) {
        Collected collected = new Collected();
        wire.read(request, collected, new Cancellation());
        return collected;
    }
}
