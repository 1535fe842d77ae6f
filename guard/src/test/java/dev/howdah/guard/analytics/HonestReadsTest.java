package dev.howdah.guard.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.HowdahException;
import dev.howdah.guard.Collected;
import dev.howdah.guard.OpenGuard;
import dev.howdah.guard.read.Limits;
import dev.howdah.sample.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * What analysts write, from every corner of PostgreSQL: a gate that refuses it will be switched off, and then it holds
 * nothing back at all. The goal is one refusal in two hundred; the test wants none.
 */
class HonestReadsTest {
    private static final Limits LIMITS = new Limits(
            Optional.of(100L),
            Optional.empty(),
            Optional.of(Duration.ofMinutes(2)),
            Optional.of(Duration.ofMinutes(2)));

    @Test
    void everyHonestReadIsAllowedAndRuns(TestReporter reporter) {
        List<String> reads = OpenGuard.resource("analytics/reads.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        List<String> failures = new ArrayList<>();
        try (OpenGuard open = new OpenGuard(TestPostgres.open().shop())) {
            open.server.execute(OpenGuard.resource("analytics/schema.sql"));
            for (String sql : reads) {
                try {
                    open.run(sql, new Collected(), LIMITS);
                } catch (HowdahException e) {
                    failures.add(e.code() + ": " + e.getMessage() + "\n    " + sql);
                }
            }
        }
        reporter.publishEntry("honest reads", reads.size() + ", of which failed " + failures.size());
        assertThat(reads).hasSizeGreaterThan(300);
        assertThat(failures).isEmpty();
    }
}
