package dev.howdah.guard.change;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a write would do. Immutable.
 *
 * @param basis how that is known
 * @param tables rows per table, cascades and triggers included, partitions one by one; ordered by schema and name
 * @param locks what it holds until it is committed
 * @param rewrites tables that are written anew as a whole
 * @param failure why it would fail, such as a foreign key that it violates; then nothing else is known
 * @param duration how long the statement took when it was measured
 * @param walBytes how much the server's log grew meanwhile, other sessions' part included
 * @param samples a few rows before and after, redacted
 * @param irreversible what cannot be undone afterwards, and why; empty if everything can
 * @param warnings what a person should know before they consent
 * @param unknown what is not known, and why
 */
public record Impact(
        Basis basis,
        List<TableImpact> tables,
        List<Lock> locks,
        List<String> rewrites,
        Optional<Failure> failure,
        Optional<Duration> duration,
        Optional<Long> walBytes,
        List<Sample> samples,
        List<String> irreversible,
        List<String> warnings,
        List<String> unknown) {

    public Impact {
        tables = List.copyOf(tables);
        locks = List.copyOf(locks);
        rewrites = List.copyOf(rewrites);
        samples = List.copyOf(samples);
        irreversible = List.copyOf(irreversible);
        warnings = List.copyOf(warnings);
        unknown = List.copyOf(unknown);
    }

    /**
     * A lock on a table that it holds until it is committed.
     *
     * @param schema the table's schema
     * @param table its exact name
     * @param mode as {@code pg_locks} names it, such as {@code RowExclusiveLock}
     */
    public record Lock(String schema, String table, String mode) {}

    /** How an impact is known. */
    public enum Basis {
        /** It was run and rolled back; the numbers are exact for that moment. */
        MEASURED("measured"),
        /** Its rows were counted by reading; the numbers are exact for that moment. */
        COUNTED("counted"),
        /** The planner guessed, or not all could be followed. */
        ESTIMATED("estimated");

        private final String word;

        Basis(String word) {
            this.word = word;
        }

        /** The word for it on screens and in output. */
        public String word() {
            return word;
        }
    }

    /**
     * Why it would fail.
     *
     * @param sqlState the server's code
     * @param message what the server says, without row values
     */
    public record Failure(String sqlState, String message) {}

    /**
     * A row before and after.
     *
     * @param table {@code schema.name}
     * @param before as {@code column=value} texts, redacted; empty for a row that is inserted
     * @param after the same; empty for a row that is deleted
     */
    public record Sample(String table, List<String> before, List<String> after) {
        public Sample {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** It would fail, and change nothing. */
    static Impact failing(Failure failure) {
        return new Impact(
                Basis.MEASURED,
                List.of(),
                List.of(),
                List.of(),
                Optional.of(failure),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** What several would do one after the other, as far as that can be known from each. */
    static Impact together(List<Impact> impacts) {
        Map<String, TableImpact> tables = new TreeMap<>();
        List<String> warnings = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        unknown.add("what the later statements do after the earlier ones");
        for (Impact impact : impacts) {
            impact.tables().forEach(table -> tables.merge(table.name(), table, TableImpact::plus));
            warnings.addAll(impact.warnings());
            unknown.addAll(impact.unknown());
        }
        return new Impact(
                Basis.ESTIMATED,
                List.copyOf(tables.values()),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                warnings,
                unknown);
    }

    /** The same with other warnings and unknowns. */
    Impact with(List<String> otherWarnings, List<String> otherUnknown) {
        return new Impact(
                basis,
                tables,
                locks,
                rewrites,
                failure,
                duration,
                walBytes,
                samples,
                irreversible,
                otherWarnings,
                otherUnknown);
    }

    /** The same with what cannot be undone. */
    Impact withIrreversible(List<String> what) {
        return new Impact(
                basis, tables, locks, rewrites, failure, duration, walBytes, samples, what, warnings, unknown);
    }

    /** The tables that are different afterwards; one may also be touched without a difference. */
    public List<TableImpact> changed() {
        return tables.stream().filter(table -> table.rows() > 0).toList();
    }

    /** Whether the numbers are exact for the moment in which they were taken. */
    public boolean isExact() {
        return basis != Basis.ESTIMATED;
    }

    /** Whether everything that it does can be undone. */
    public boolean reversible() {
        return irreversible.isEmpty();
    }

    /** Rows that are different afterwards, over all tables. */
    public long rows() {
        return tables.stream().mapToLong(TableImpact::rows).sum();
    }
}
