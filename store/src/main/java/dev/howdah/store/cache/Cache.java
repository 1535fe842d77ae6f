package dev.howdah.store.cache;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps texts for a while. Bounded in bytes: what is over the bound drops out before its time. Implementations are
 * thread-safe. A cache that cannot be used throws a {@link dev.howdah.base.HowdahException} of code FILE.
 */
public interface Cache extends AutoCloseable {
    /** What is kept under this key, unless its time is over. */
    Optional<Hit> get(Region region, String key);

    /**
     * Keeps a text in the place of an earlier one. A text larger than an eighth of the bound is not kept.
     *
     * @param key everything it depends on, see {@link CacheKey}
     * @param tag what it belongs to, for {@link #purge}
     * @param life how long it is kept; not at all if zero
     */
    void put(Region region, String key, String tag, String value, Duration life);

    /** Drops what belongs to this. */
    void purge(Region region, String tag);

    /** Drops everything. */
    void clear();

    /** What is kept now, by region; regions that hold nothing are missing. */
    Map<Region, Size> sizes();

    /** Where it is kept, in words for a person. */
    String place();

    @Override
    void close();

    /**
     * Something that was kept.
     *
     * @param value the text
     * @param age how long ago it was put there
     */
    record Hit(String value, Duration age) {}

    /**
     * @param entries how many texts
     * @param bytes what they and their keys take, about
     */
    record Size(long entries, long bytes) {
        /** What an entry takes: two bytes a character in the worst case, and some for the book-keeping. */
        public static int of(String key, String value) {
            return 64 + 2 * (key.length() + value.length());
        }
    }

    /** A cache that keeps nothing. */
    static Cache off() {
        return new NoCache();
    }
}
