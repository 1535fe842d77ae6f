package dev.howdah.guard.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every statement of {@code attacks.txt}, by threat, end to end as superuser: only Howdah is in the way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttacksTest {
    private Arena arena;

    @BeforeAll
    void open() {
        arena = new Arena("attacks", "traps.sql");
    }

    @AfterAll
    void close() {
        arena.close();
    }

    static Stream<Attacks> attacks() {
        return Attacks.of("attacks.txt").filter(attack -> !attack.honest());
    }

    static Stream<Attacks> honest() {
        return Attacks.of("attacks.txt").filter(Attacks::honest);
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

    @Test
    void theListIsWhole() {
        assertThat(attacks().count()).isGreaterThan(250);
        assertThat(attacks().map(Attacks::threat).collect(Collectors.toSet())).hasSizeGreaterThan(25);
    }
}
