package dev.howdah.store.cache;

import java.util.Locale;

/** What is cached, each kind with a life of its own. */
public enum Region {
    /** What the database consists of. */
    SCHEMA,
    /** SQL that models wrote for questions. */
    ANSWERS,
    /** Rows that queries gave. */
    RESULTS,
    /** A few rows of a table, for models. */
    SAMPLES,
    /** What the server knows about columns' values. */
    STATISTICS;

    /** Its name in texts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
