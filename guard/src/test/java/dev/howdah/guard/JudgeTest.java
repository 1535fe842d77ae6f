package dev.howdah.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Judge;
import dev.howdah.guard.review.Judgement;
import dev.howdah.guard.review.Level;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.sql.Effect;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Judging in bulk, with and without a server; nothing runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JudgeTest {
    private final OpenGuard open = new OpenGuard();

    @AfterAll
    void close() {
        open.close();
    }

    private static Judgement offline(Level level, String sql) {
        return Judge.withoutServer(Policy.of(level, "test"), 10_000).judge(sql, new Cancellation());
    }

    private Judgement online(Level level, String sql) {
        return open.guard.judge(Policy.of(level, "test")).judge(sql, new Cancellation());
    }

    private static String reasons(Judgement judgement) {
        return String.join("; ", judgement.reasons().stream().map(Reason::text).toList());
    }

    /** Statement, effect, what a balanced policy asks, whether it is a mere read, words of the reasons. */
    private static final String CASES = """
        SELECT count(*), lower('A'), coalesce(1, 2), now()           | READ       | ALLOW   | true  |
        EXPLAIN SELECT 1                                             | READ       | ALLOW   | true  |
        SHOW work_mem                                                | READ       | ALLOW   | true  |
        SHOW primary_conninfo                                        | READ       | REFUSE  | false | may hold secrets
        SELECT 1; VALUES (2)                                         | READ       | ALLOW   | true  |
        SELECT * FROM pg_authid                                      | READ       | REFUSE  | false | password hashes
        SELECT nextval('x')                                          | WRITE      | REFUSE  | false | nextval()
        SELECT pg_sleep(1)                                           | ADMINISTER | REFUSE  | false | pg_sleep()
        SELECT pg_catalog.pg_read_file('x')                          | ADMINISTER | REFUSE  | false | the server's files
        SELECT ('x'::text).pg_read_file                              | ADMINISTER | REFUSE  | false | the server's files
        SELECT query_to_xml('x', true, true, '')                     | UNKNOWN    | REFUSE  | false | hidden in a string
        SELECT 1 FROM (SELECT pg_sleep(1)) s WHERE false             | ADMINISTER | REFUSE  | false | pg_sleep()
        SELECT 1; DO 'BEGIN END'                                     | UNKNOWN    | REFUSE  | false | DO
        CREATE TABLE t (a int)                                       | DEFINE     | TYPE    | false | CREATE TABLE
        SELECT 1; DROP TABLE orders                                  | DEFINE     | TYPE    | false | DROP TABLE
        VACUUM                                                       | ADMINISTER | REFUSE  | false | VACUUM
        selec 1                                                      | UNKNOWN    | REFUSE  | false | syntax error
        -- nothing                                                   | UNKNOWN    | REFUSE  | false | no statement
        """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', nullValues = "-", commentCharacter = '~', textBlock = CASES)
    void withAndWithoutAServerTheSame(String sql, Effect effect, Demand verdict, boolean readOnly, String words) {
        for (Judgement judgement : new Judgement[] {offline(Level.BALANCED, sql), online(Level.BALANCED, sql)}) {
            assertThat(judgement.effect()).isEqualTo(effect);
            assertThat(judgement.verdict()).isEqualTo(verdict);
            assertThat(judgement.readOnly()).isEqualTo(readOnly);
            assertThat(reasons(judgement)).contains(words == null ? "" : words);
            assertThat(judgement.reasons().isEmpty()).isEqualTo(readOnly);
        }
    }

    @Test
    void allStatementsOfATextAreJudgedTogether() {
        Judgement judgement = offline(Level.BALANCED, "SELECT a FROM x; DELETE FROM y WHERE f < lower('z'); TABLE a.b");
        assertThat(judgement.statements()).isEqualTo(3);
        assertThat(judgement.effect()).isEqualTo(Effect.WRITE);
        assertThat(judgement.verdict()).isEqualTo(Demand.CONFIRM);
        assertThat(judgement.relations()).containsExactly("a.b", "x", "y");
        assertThat(judgement.functions()).containsExactly("lower");
        assertThat(offline(Level.READ_ONLY, "DELETE FROM y").verdict()).isEqualTo(Demand.REFUSE);
    }

    @Test
    void withAServerNamesAreResolved() {
        Judgement judgement = online(Level.BALANCED, "DELETE FROM orders WHERE id = abs(-1)");
        assertThat(judgement.relations())
                .as("what it names, what a cascade deletes from, and what a trigger writes to")
                .containsExactly("shop.audit_log", "shop.order_items", "shop.orders");
        assertThat(judgement.functions()).contains("pg_catalog.abs", "shop.audit");
        assertThat(judgement.verdict()).isEqualTo(Demand.CONFIRM);

        Judgement missing = online(Level.PERMISSIVE, "SELECT * FROM ordres");
        assertThat(missing.verdict()).isEqualTo(Demand.REFUSE);
        assertThat(missing.readOnly()).isFalse();
        assertThat(reasons(missing)).contains("There is no table or view \"ordres\"");
        assertThat(missing.relations()).containsExactly("ordres");
    }

    @Test
    void aFunctionOfTheDatabaseIsUnknownWithoutIt() {
        open.server.execute("CREATE FUNCTION public.acts() RETURNS int LANGUAGE plpgsql AS"
                + " 'BEGIN DELETE FROM shop.orders; RETURN 1; END'");
        for (Judgement judgement : new Judgement[] {
            offline(Level.PERMISSIVE, "SELECT public.acts()"), online(Level.PERMISSIVE, "SELECT public.acts()")
        }) {
            assertThat(judgement.effect()).isEqualTo(Effect.UNKNOWN);
            assertThat(judgement.verdict()).isEqualTo(Demand.REFUSE);
            assertThat(judgement.functions()).containsExactly("public.acts");
        }
        assertThat(offline(Level.PERMISSIVE, "SELECT 1 OPERATOR(public.+) 2").verdict())
                .isEqualTo(Demand.REFUSE);
    }

    @Test
    void aSequenceMayBeAdvancedByAWriteThatIsAskedAboutAnyway() {
        Judgement judgement = offline(Level.BALANCED, "INSERT INTO t VALUES (nextval('s'))");
        assertThat(judgement.verdict()).isEqualTo(Demand.CONFIRM);
        assertThat(offline(Level.BALANCED, "INSERT INTO t VALUES (pg_read_file('s'))")
                        .verdict())
                .isEqualTo(Demand.REFUSE);
    }

    @Test
    void whatIsTooLongIsNotRead() {
        Judgement judgement = offline(Level.PERMISSIVE, "SELECT '" + "x".repeat(10_000) + "'");
        assertThat(judgement.verdict()).isEqualTo(Demand.REFUSE);
        assertThat(reasons(judgement)).contains("10,009 characters");
    }

    @Test
    void anMcpClientSendsOneStatement() {
        Judge judge = Judge.withoutServer(Policy.readOnly().forMcp(Map.of()), 10_000);
        assertThat(judge.judge("SELECT 1", new Cancellation()).verdict()).isEqualTo(Demand.ALLOW);
        assertThat(judge.judge("SELECT 1; SELECT 2", new Cancellation()).verdict())
                .isEqualTo(Demand.REFUSE);
    }
}
