package dev.howdah.guard.audit;

import dev.howdah.store.chain.ChainFiles;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How records are made and kept.
 *
 * @param files where
 * @param key the key's text; empty for the one beside the log, which is made if need be
 * @param strict whether every record has to be on the disk before what it records happens
 * @param literals whether statements are recorded with their constants
 * @param questions whether questions are recorded
 * @param maximumBytes how large a file grows
 * @param retention how long a full file is kept; empty for ever
 * @param redaction takes secrets out of texts that people wrote
 * @param actor who
 * @param clock what time it is
 * @param sinks where copies go
 */
public record AuditOptions(
        ChainFiles files,
        Optional<String> key,
        boolean strict,
        boolean literals,
        boolean questions,
        long maximumBytes,
        Optional<Duration> retention,
        UnaryOperator<String> redaction,
        Actor actor,
        Clock clock,
        List<SinkTarget> sinks) {
    public AuditOptions {
        sinks = List.copyOf(sinks);
    }

    /** How long a program that ends waits for copies that are not sent yet, in milliseconds. */
    static final long GRACE = 2_000;

    /** How long to wait for another process that is writing. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
}
