package dev.howdah.question;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A half-open span of time in the asker's zone.
 *
 * @param from its first instant; null if it has no beginning
 * @param to the first instant after it; null if it has no end
 * @param exact whether the bounds are instants ("last 30 days") rather than days
 * @param words how it was said
 * @param month 1 to 12 if it is a month whose year was not said, which is then the latest; 0 otherwise
 */
record DateRange(@Nullable LocalDateTime from, @Nullable LocalDateTime to, boolean exact, String words, int month) {

    DateRange(@Nullable LocalDateTime from, @Nullable LocalDateTime to, boolean exact, String words) {
        this(from, to, exact, words, 0);
    }

    static DateRange days(LocalDate from, LocalDate to, String words) {
        return new DateRange(from.atStartOfDay(), to.atStartOfDay(), false, words);
    }

    DateRange since() {
        return new DateRange(from, null, exact, "since " + words);
    }

    DateRange after() {
        return new DateRange(to, null, exact, "after " + words);
    }

    DateRange before() {
        return new DateRange(null, from, exact, "before " + words);
    }

    DateRange until() {
        return new DateRange(null, to, exact, "until " + words);
    }

    DateRange to(DateRange end) {
        return new DateRange(from, end.to, exact || end.exact, words + " to " + end.words);
    }

    /** Whether both bounds are beginnings of years, so that a column of years can be compared. */
    boolean isWholeYears() {
        return !exact && yearStart(from) && yearStart(to) && (from != null || to != null);
    }

    private static boolean yearStart(@Nullable LocalDateTime bound) {
        return bound == null
                || (bound.getDayOfYear() == 1 && bound.toLocalTime().toSecondOfDay() == 0);
    }
}
