package dev.howdah.guard.journal;

/** Forgets rows as they were. */
final class Purge {
    private Purge() {}

    /** Entries older than they are kept for; how many. */
    static long old(Place place, JournalLimits limits, Asked within) {
        return forget(
                place,
                "at < now() - make_interval(secs => " + limits.retention().toSeconds() + ")",
                within);
    }

    /** Entries that fulfil a condition of Howdah's own. */
    static long forget(Place place, String condition, Asked within) {
        if (within.number("SELECT count(*) FROM " + place.table("entry") + " WHERE " + condition) == 0) {
            return 0;
        }
        String entries = "SELECT id FROM " + place.table("entry") + " WHERE " + condition;
        for (String table : new String[] {"image", "version", "relation"}) {
            within.rows("DELETE FROM " + place.table(table) + " WHERE entry IN (" + entries + ")");
        }
        return within.number("WITH gone AS (DELETE FROM " + place.table("entry") + " WHERE " + condition
                + " RETURNING 1) SELECT count(*) FROM gone");
    }
}
