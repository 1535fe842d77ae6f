package dev.howdah.guard.attack;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attacks that no name leads to: what PostgreSQL runs by type, by inheritance, or under a good name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttacksWithoutANameTest {
    private Arena arena;

    @BeforeAll
    void open() {
        arena = new Arena("nameless", "traps.sql", "traps-without-a-name.sql");
    }

    @AfterAll
    void close() {
        arena.close();
    }

    static Stream<Attacks> attacks() {
        return Attacks.of("attacks-without-a-name.txt").filter(attack -> !attack.honest());
    }

    static Stream<Attacks> honest() {
        return Attacks.of("attacks-without-a-name.txt").filter(Attacks::honest);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void anAttackRunsInNoFormAndChangesNothing(Attacks attack) throws SQLException {
        arena.assertRefused(attack.sql());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("honest")
    void whatOnlyLooksLikeOneRuns(Attacks attack) throws SQLException {
        arena.assertHarmless(attack.sql());
    }
}
