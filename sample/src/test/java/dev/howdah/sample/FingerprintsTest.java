package dev.howdah.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fingerprint that misses a change would make every test that trusts it worthless. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FingerprintsTest {
    private ThrowawayServer server;
    private TestDatabase shop;
    private Fingerprints fingerprints;
    private Fingerprint last;

    @BeforeAll
    void open() throws SQLException {
        server = ThrowawayServer.open("fingerprints");
        shop = server.databases().shop();
        shop.execute("CREATE SEQUENCE public.numbers; SELECT nextval('public.numbers')");
        fingerprints = Fingerprints.of(shop);
        last = fingerprints.whole();
    }

    @AfterAll
    void close() throws SQLException {
        fingerprints.close();
        shop.close();
        server.close();
    }

    /** Before the changes: each of those leaves its own. */
    @Order(1)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT count(*), max(lower(full_name)) FROM customers",
                "SELECT * FROM orders o JOIN order_items i USING (order_id) ORDER BY i.quantity DESC",
                "SELECT * FROM pg_stat_activity, pg_locks",
                "EXPLAIN ANALYZE SELECT sum(total) FROM orders",
                "BEGIN; LOCK TABLE orders; SET LOCAL work_mem = '1MB'; ROLLBACK",
            })
    void whatOnlyReadsLeavesItAsItIs(String sql) throws SQLException {
        Fingerprint glance = fingerprints.glance();
        shop.execute(sql);
        assertThat(glance.changes(fingerprints.glance())).isEmpty();
        assertThat(last.changes(fingerprints.whole())).isEmpty();
    }

    @Order(2)
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        UPDATE regions SET name = upper(name) WHERE region_id = 1 | rows of shop.regions
        DELETE FROM reviews WHERE review_id = 1 | rows of shop.reviews
        CREATE UNLOGGED TABLE public.unlogged AS SELECT 1 AS a | rows of public.unlogged
        CREATE ROLE somebody | rows of pg_catalog.pg_authid
        ALTER ROLE postgres SET work_mem = '5MB' | rows of pg_catalog.pg_db_role_setting
        COMMENT ON TABLE regions IS 'x' | rows of pg_catalog.pg_description
        SELECT lo_from_bytea(0, 'x') | rows of pg_catalog.pg_largeobject
        SELECT nextval('public.numbers') | sequences
        SELECT setval('public.numbers', 1, false) | rows of public.numbers
        SELECT pg_current_xact_id() | next transaction number
        NOTIFY anybody | next transaction number
        SELECT pg_logical_emit_message(false, 'a', 'b') | log position
        COPY (SELECT 1) TO PROGRAM 'cat > canary/egg' | files
        COPY (SELECT 1) TO PROGRAM 'cat > left-behind' | files
        COPY (SELECT 1) TO PROGRAM 'cat > base/left-behind' | names of files
        ALTER SYSTEM SET work_mem = '6MB' | contents of files
        SELECT pg_reload_conf(), pg_sleep(0.3) | configuration read at
        SELECT pg_stat_reset() | statistics reset
        SELECT pg_stat_reset_slru('notify') | caches' statistics reset
        SELECT pg_stat_reset_shared('bgwriter') | writers' statistics reset
        CHECKPOINT | checkpoint
        ANALYZE reviews | rows of pg_catalog.pg_class
        BEGIN; CREATE TABLE public.prepared (); PREPARE TRANSACTION 'howdah' | prepared transactions
        ROLLBACK PREPARED 'howdah' | prepared transactions
        """)
    void whatChangesAnythingIsSeenAndNamed(String sql, String part) throws SQLException {
        Fingerprint glance = fingerprints.glance();
        shop.execute(sql);
        if (!part.endsWith("of files")) {
            assertThat(glance.changes(fingerprints.glance())).isNotEmpty();
        }
        Fingerprint before = last;
        last = fingerprints.whole();
        assertThat(before.changes(last)).anySatisfy(change -> assertThat(change).startsWith(part + ": "));
    }

    @Test
    @Order(3)
    void aLockThatSomebodyHoldsIsSeen() throws SQLException {
        Fingerprint before = fingerprints.glance();
        try (Connection other = shop.connect();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(7)");
            assertThat(before.changes(fingerprints.glance()))
                    .anySatisfy(change -> assertThat(change).startsWith("locks: "));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        SET work_mem = '9MB' | settings
        SET ROLE pg_monitor | users
        LISTEN x | channels
        PREPARE p AS SELECT 1 | prepared statements
        BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT 1; COMMIT | cursors
        CREATE TEMP TABLE t (a int) | temporary objects
        SELECT pg_advisory_lock(1) | advisory locks
        """)
    void whatASessionKeepsIsSeen(String sql, String part) throws SQLException {
        try (Connection session = shop.connect();
                Statement statement = session.createStatement()) {
            Fingerprint before = Fingerprints.ofSession(session);
            assertThat(before.changes(Fingerprints.ofSession(session))).isEmpty();
            statement.execute(sql);
            assertThat(before.changes(Fingerprints.ofSession(session)))
                    .anySatisfy(change -> assertThat(change).startsWith("session: " + part));
        }
    }

    @Test
    @Order(5)
    void aSessionThatWasEndedIsMissed() throws SQLException {
        try (Fingerprints others = Fingerprints.of(shop)) {
            Fingerprint before = others.glance();
            shop.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                    + " WHERE application_name = 'canary' ORDER BY backend_start DESC LIMIT 1");
            assertThat(before.changes(others.glance())).contains("another session: lives → is gone");
        }
    }

    @Test
    @Order(6)
    void tidyingPagesIsToldFromWriting() throws SQLException {
        shop.execute(
                "CREATE TABLE public.tidied AS SELECT g AS a, repeat('x', 200) AS b FROM generate_series(1, 30) g");
        shop.execute("UPDATE public.tidied SET a = a + 1");
        Fingerprint before = fingerprints.glance();
        shop.execute("SELECT count(*) FROM public.tidied");
        shop.execute("SELECT count(*) FROM public.tidied");
        String records = fingerprints.logged(before, fingerprints.glance());
        assertThat(records).contains("Heap2 PRUNE");
        assertThat(Fingerprints.isTidying(records)).isTrue();

        before = fingerprints.glance();
        shop.execute("UPDATE public.tidied SET a = a + 1");
        assertThat(Fingerprints.isTidying(fingerprints.logged(before, fingerprints.glance())))
                .isFalse();
    }
}
