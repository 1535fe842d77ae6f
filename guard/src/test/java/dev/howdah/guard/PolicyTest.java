package dev.howdah.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.guard.review.Client;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Level;
import dev.howdah.guard.review.Matter;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Policy.Own;
import dev.howdah.guard.review.Reach;
import dev.howdah.guard.review.Rule;
import dev.howdah.sql.Effects;
import dev.howdah.sql.Sql;
import dev.howdah.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of policies, what a profile says instead, and who is asked for more. */
class PolicyTest {
    private static Rule rule(Policy policy, String sql, Optional<Reach> reach) {
        Statement statement = Sql.parseOne(sql);
        return policy.rule(Effects.of(statement), statement, reach);
    }

    private static Demand demand(Policy policy, String sql) {
        return rule(policy, sql, Optional.empty()).demand();
    }

    private static List<Demand> demands(Policy policy) {
        List<Demand> demands = new ArrayList<>();
        for (Matter matter : Matter.values()) {
            demands.add(policy.rule(matter).demand());
        }
        return demands;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        SELECT 1                                         | ALLOW  | ALLOW   | ALLOW
        EXPLAIN DELETE FROM t                            | ALLOW  | ALLOW   | ALLOW
        INSERT INTO t VALUES (1)                         | REFUSE | CONFIRM | CONFIRM
        EXPLAIN ANALYZE DELETE FROM t                    | REFUSE | CONFIRM | CONFIRM
        WITH d AS (DELETE FROM t RETURNING *) TABLE d    | REFUSE | CONFIRM | CONFIRM
        SELECT * FROM t FOR UPDATE                       | REFUSE | CONFIRM | CONFIRM
        CREATE TABLE t (a int)                           | REFUSE | TYPE    | CONFIRM
        SELECT 1 INTO t                                  | REFUSE | TYPE    | CONFIRM
        ALTER TABLE t ADD a int                          | REFUSE | TYPE    | CONFIRM
        DROP TABLE t                                     | REFUSE | TYPE    | TYPE
        DROP VIEW t                                      | REFUSE | TYPE    | TYPE
        TRUNCATE t                                       | REFUSE | TYPE    | TYPE
        DROP ROLE r                                      | REFUSE | REFUSE  | TYPE
        GRANT SELECT ON t TO r                           | REFUSE | REFUSE  | TYPE
        VACUUM t                                         | REFUSE | REFUSE  | TYPE
        SET work_mem = '1GB'                             | REFUSE | REFUSE  | TYPE
        DO 'BEGIN END'                                   | REFUSE | REFUSE  | REFUSE
        CALL p()                                         | REFUSE | REFUSE  | REFUSE
        """)
    void aLevelIsARowOfTheTable(String sql, Demand readOnly, Demand balanced, Demand permissive) {
        assertThat(demand(Policy.readOnly(), sql)).isEqualTo(readOnly);
        assertThat(demand(Policy.of(Level.BALANCED, "test"), sql)).isEqualTo(balanced);
        assertThat(demand(Policy.of(Level.PERMISSIVE, "test"), sql)).isEqualTo(permissive);
    }

    @ParameterizedTest
    @CsvSource({"100, true, ALLOW", "0, true, ALLOW", "101, true, CONFIRM", "1, false, CONFIRM"})
    void aWriteIsBoundedWhenItWasMeasuredToBeSmallAndCanBeUndone(long rows, boolean reversible, Demand permissive) {
        Optional<Reach> reach = Optional.of(new Reach(rows, reversible));
        String sql = "DELETE FROM t";
        assertThat(rule(Policy.of(Level.PERMISSIVE, "test"), sql, reach).demand())
                .isEqualTo(permissive);
        assertThat(rule(Policy.of(Level.BALANCED, "test"), sql, reach).demand()).isEqualTo(Demand.CONFIRM);
        assertThat(rule(Policy.readOnly(), sql, reach).demand()).isEqualTo(Demand.REFUSE);
    }

    @Test
    void aCopyIsKeptOfWhatABalancedProfileDrops() {
        assertThat(rule(Policy.of(Level.BALANCED, "test"), "DROP TABLE t", Optional.empty())
                        .copyKept())
                .isTrue();
        assertThat(rule(Policy.of(Level.BALANCED, "test"), "TRUNCATE t", Optional.empty())
                        .words())
                .isEqualTo("type, with a copy kept");
        assertThat(rule(Policy.of(Level.PERMISSIVE, "test"), "DROP TABLE t", Optional.empty())
                        .copyKept())
                .isFalse();
        assertThat(rule(Policy.of(Level.BALANCED, "test"), "CREATE TABLE t ()", Optional.empty())
                        .copyKept())
                .isFalse();
    }

    @Test
    void aProfileMayAskOtherwiseForEachMatter() {
        Policy policy = Policy.of(Level.BALANCED, "shop.yaml:2")
                .with(Matter.WRITE, Demand.APPROVAL, "shop.yaml:3")
                .with(Matter.DEFINE, Demand.ALLOW, "shop.yaml:4")
                .with(Matter.READ, Demand.CONFIRM, "shop.yaml:5");
        assertThat(demand(policy, "DELETE FROM t")).isEqualTo(Demand.APPROVAL);
        assertThat(demand(policy, "CREATE TABLE t ()")).isEqualTo(Demand.ALLOW);
        assertThat(demand(policy, "SELECT 1")).isEqualTo(Demand.CONFIRM);
        // Falls under DEFINE and DROP; the stricter of both holds.
        assertThat(demand(policy, "DROP TABLE t")).isEqualTo(Demand.TYPE);
        assertThat(policy.rule(Matter.WRITE).because())
                .containsExactly("level balanced (shop.yaml:2): confirm", "shop.yaml:3: approval");
    }

    @Test
    void whatIsNotUnderstoodIsRefusedWhateverAProfileSays() {
        assertThatThrownBy(() -> Policy.readOnly().with(Matter.UNKNOWN, Demand.ALLOW, "shop.yaml:3"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWishThatMayOnlyTightenLoosensNothing() {
        Policy own = Policy.of(Level.PERMISSIVE, "shop.yaml:2")
                .with(Matter.WRITE, Demand.APPROVAL, "shop.yaml:3")
                .with(Matter.ADMINISTER, Demand.CONFIRM, "shop.yaml:4");
        for (Level wish : Level.values()) {
            Policy tightened = own.atLeast(wish, "--level");
            for (Matter matter : Matter.values()) {
                assertThat(tightened.rule(matter).demand())
                        .isEqualTo(own.rule(matter).demand().atLeast(wish.demand(matter)));
            }
        }
        assertThat(demands(own.atLeast(Level.READ_ONLY, "--read-only"))).isEqualTo(demands(Policy.readOnly()));
        assertThat(own.atLeast(Level.READ_ONLY, "--read-only").level()).isEqualTo(Level.READ_ONLY);
        assertThat(own.atLeast(Level.READ_ONLY, "--read-only")
                        .rule(Matter.DEFINE)
                        .deciding())
                .isEqualTo("--read-only: refuse");
    }

    @Test
    void anMcpClientIsAskedForOneStepMoreAndDefinesNothing() {
        Policy permissive = Policy.of(Level.PERMISSIVE, "test").forMcp(Map.of());
        assertThat(permissive.client()).isEqualTo(Client.MCP);
        assertThat(demands(permissive))
                .containsExactly(
                        Demand.ALLOW,
                        Demand.CONFIRM,
                        Demand.TYPE,
                        Demand.REFUSE,
                        Demand.REFUSE,
                        Demand.APPROVAL,
                        Demand.REFUSE);
        assertThat(demands(Policy.of(Level.BALANCED, "test").forMcp(Map.of())))
                .containsExactly(
                        Demand.ALLOW,
                        Demand.TYPE,
                        Demand.TYPE,
                        Demand.REFUSE,
                        Demand.REFUSE,
                        Demand.REFUSE,
                        Demand.REFUSE);
        assertThat(demands(Policy.readOnly().forMcp(Map.of()))).isEqualTo(demands(Policy.readOnly()));
    }

    @Test
    void aProfileMaySayWhatAnMcpClientMayDoButNeverMoreThanAPerson() {
        Policy balanced = Policy.of(Level.BALANCED, "test")
                .forMcp(Map.of(
                        Matter.DEFINE, new Own(Demand.APPROVAL, "shop.yaml:7"),
                        Matter.WRITE, new Own(Demand.ALLOW, "shop.yaml:8")));
        assertThat(demand(balanced, "CREATE TABLE t ()")).isEqualTo(Demand.APPROVAL);
        assertThat(demand(balanced, "DELETE FROM t")).isEqualTo(Demand.CONFIRM);
        assertThat(demand(balanced, "DROP TABLE t")).isEqualTo(Demand.REFUSE);
        Policy readOnly = Policy.readOnly().forMcp(Map.of(Matter.DEFINE, new Own(Demand.ALLOW, "shop.yaml:7")));
        assertThat(demands(readOnly)).isEqualTo(demands(Policy.readOnly()));
    }
}
