package dev.howdah.guard.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.guard.OpenGuard;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.ThrowawayServer;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/**
 * Statements that nobody thought of. The same in every build; {@code -Dhowdah.fuzz.seed=7 -Dhowdah.fuzz.count=100000} tries
 * others, and more.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTest {
    private static final long SEED = Long.getLong("howdah.fuzz.seed", 20261120);
    private static final int COUNT = Integer.getInteger("howdah.fuzz.count", 2500);

    private ThrowawayServer server;

    @BeforeAll
    void open() {
        server = ThrowawayServer.open("fuzz");
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void nothingOfTheGrammarThatIsJudgedAReadChangesTheServer(TestReporter reporter) throws SQLException {
        try (OpenGuard open = trapped()) {
            Grammar grammar = new Grammar(Vocabulary.of(open.server), random(1));
            tryAll(open, grammar::next, reporter, 0.2);
        }
    }

    @Test
    void noMutantThatIsJudgedAReadChangesTheServer(TestReporter reporter) throws SQLException {
        try (OpenGuard open = trapped()) {
            Mutations mutations = new Mutations(seeds("+"), seeds("-!"), random(2));
            tryAll(open, mutations::next, reporter, 0.02);
        }
    }

    private static void tryAll(OpenGuard open, Supplier<String> statements, TestReporter reporter, double reads)
            throws SQLException {
        try (Trial trial = new Trial(open)) {
            for (int i = 0; i < COUNT; i++) {
                trial.attempt(statements.get());
            }
            trial.settle();
            reporter.publishEntry("fuzz", "seed " + SEED + ": " + trial.summary());
            assertThat(trial.findings()).as("seed " + SEED).isEmpty();
            // Otherwise it would prove nothing.
            assertThat(trial.read()).as(trial.summary()).isGreaterThan((int) (COUNT * reads));
            assertThat(trial.ran()).as(trial.summary()).isGreaterThan((int) (trial.read() * 0.25));
        }
    }

    private OpenGuard trapped() {
        TestDatabase shop = server.databases().shop();
        shop.execute(OpenGuard.resource("attack/traps.sql"));
        shop.execute(OpenGuard.resource("attack/traps-without-a-name.sql"));
        shop.execute("VACUUM");
        return new OpenGuard(shop);
    }

    private static RandomGenerator random(long stream) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED * 31 + stream);
    }

    /** What the gate's own statements are, allowed or refused. */
    private static List<String> seeds(String marks) {
        return OpenGuard.resource("statements.txt")
                .lines()
                .filter(line -> line.length() > 2 && marks.indexOf(line.charAt(0)) >= 0)
                .map(line -> line.charAt(0) == '+' ? line.substring(2) : line.substring(line.indexOf(" | ") + 3))
                .toList();
    }
}
