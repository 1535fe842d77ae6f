package dev.howdah.question;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step of the calendar that people count in or group by. */
enum TimeStep {
    HOUR,
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    private static final Map<String, TimeStep> NAMES =
            Map.of("hour", HOUR, "day", DAY, "week", WEEK, "month", MONTH, "quarter", QUARTER, "year", YEAR);

    static @Nullable TimeStep named(String lemma) {
        return NAMES.get(lemma);
    }

    /** Its name, as date_trunc has it too. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    LocalDateTime plus(LocalDateTime from, int n) {
        return switch (this) {
            case HOUR -> from.plusHours(n);
            case DAY -> from.plusDays(n);
            case WEEK -> from.plusWeeks(n);
            case MONTH -> from.plusMonths(n);
            case QUARTER -> from.plusMonths(3L * n);
            case YEAR -> from.plusYears(n);
        };
    }

    /** The first day of the step that a day lies in; weeks begin on Monday. */
    LocalDate floor(LocalDate date) {
        return switch (this) {
            case HOUR, DAY -> date;
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> date.withDayOfMonth(1);
            case QUARTER -> date.with(IsoFields.DAY_OF_QUARTER, 1);
            case YEAR -> date.withDayOfYear(1);
        };
    }
}
