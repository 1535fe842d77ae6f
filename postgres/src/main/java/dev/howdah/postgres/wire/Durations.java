package dev.howdah.postgres.wire;

import java.time.Duration;
import java.util.Optional;

/** Durations in messages. */
final class Durations {
    private Durations() {}

    /** Such as {@code 30 s} or {@code 250 ms}. */
    static String words(Optional<Duration> duration) {
        long millis = duration.orElse(Duration.ZERO).toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
