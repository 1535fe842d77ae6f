package dev.howdah.question;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dates and spans of time as people write them, relative to one moment. Ranges are half-open. Immutable. */
final class Dates {
    /** @param length how many tokens it takes */
    record Found(int length, DateRange range) {}

    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final List<String> WEEKDAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final Map<String, Integer> ORDINALS =
            Map.of("first", 1, "second", 2, "third", 3, "fourth", 4, "last", 4, "1st", 1, "2nd", 2, "3rd", 3, "4th", 4);

    private final LocalDateTime now;
    private final LocalDate today;

    Dates(LocalDateTime now) {
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.today = now.toLocalDate();
    }

    LocalDate today() {
        return today;
    }

    LocalDateTime now() {
        return now;
    }

    /** A span with its preposition: "since March", "between 1 and 14 November 2025", "last 30 days", "in 2025". */
    Optional<Found> at(List<Token> tokens, int start) {
        Cursor c = new Cursor(tokens, start);
        DateRange range = phrase(c);
        return range == null ? Optional.empty() : Optional.of(new Found(c.at - start, range));
    }

    /** "older than 2 weeks" and "more than a year ago": the moment that lies a duration back. */
    Optional<Found> duration(List<Token> tokens, int start) {
        Cursor c = new Cursor(tokens, start);
        int n = c.count();
        TimeStep unit = n > 0 ? c.unit() : null;
        if (unit == null) {
            return Optional.empty();
        }
        return Optional.of(new Found(
                c.at - start,
                new DateRange(unit.plus(now, -n), null, true, n + " " + unit.word() + (n > 1 ? "s" : ""))));
    }

    private @Nullable DateRange phrase(Cursor c) {
        if (c.eat("since") || c.eat("starting", "from") || c.eat("as", "of") || (c.eat("from") && hasOnwards(c))) {
            DateRange range = period(c);
            if (range != null) {
                c.eat("onwards");
                c.eat("onward");
            }
            return range == null ? null : range.since();
        }
        if (c.eat("after") || c.eat("later", "than")) {
            DateRange range = period(c);
            return range == null ? null : range.after();
        }
        if (c.eat("before") || c.eat("earlier", "than") || c.eat("prior", "to")) {
            DateRange range = period(c);
            return range == null ? null : range.before();
        }
        if (c.eat("until") || c.eat("till") || c.eat("up", "to") || c.eat("through")) {
            DateRange range = period(c);
            return range == null ? null : range.until();
        }
        boolean between = c.eat("between");
        if (between || c.eat("from")) {
            DateRange pair = pair(c, between);
            if (pair != null || between) {
                return pair;
            }
            return period(c);
        }
        if (c.eat("in")
                || c.eat("on")
                || c.eat("during")
                || c.eat("within")
                || c.eat("over")
                || c.eat("for")
                || c.eat("throughout")) {
            c.eat("the");
            return period(c);
        }
        c.eat("the");
        return period(c);
    }

    private boolean hasOnwards(Cursor c) {
        int at = c.at;
        DateRange range = period(c);
        boolean onwards = range != null && (c.is("onwards") || c.is("onward") || c.is("on"));
        c.at = at;
        if (!onwards) {
            c.at = at - 1;
        }
        return onwards;
    }

    private @Nullable DateRange pair(Cursor c, boolean between) {
        int at = c.at;
        // "between 1 and 14 November 2025": the first day borrows the second one's month
        int day = c.dayNumber();
        if (day > 0 && (c.eat("and") || c.eat("to"))) {
            DateRange end = period(c);
            if (end != null
                    && end.from() != null
                    && end.to() != null
                    && !end.exact()
                    && ChronoUnit.DAYS.between(end.from(), end.to()) == 1) {
                LocalDate last = end.from().toLocalDate();
                if (day <= last.lengthOfMonth() && day <= last.getDayOfMonth()) {
                    return DateRange.days(last.withDayOfMonth(day), last.plusDays(1), day + " to " + end.words());
                }
            }
        }
        c.at = at;
        DateRange first = period(c);
        if (first != null
                && (between ? c.eat("and") : c.eat("to") || c.eat("until") || c.eat("till") || c.eat("through"))) {
            int second = c.at;
            DateRange end = period(c);
            if (end != null && first.from() != null && end.to() != null) {
                LocalDateTime from = first.from();
                // "from November to January 2026": a month without a year lies before the end
                if (from.isAfter(end.to()) && !c.saysYear(at, second)) {
                    first = new DateRange(from.minusYears(1), first.to(), first.exact(), first.words());
                } else if (from.getYear() != end.to().minusNanos(1).getYear()
                        && !c.saysYear(at, second)
                        && c.saysYear(second, c.at)) {
                    LocalDateTime moved = from.withYear(end.to().minusNanos(1).getYear());
                    first = new DateRange(
                            moved.isBefore(end.to()) ? moved : moved.minusYears(1),
                            first.to(),
                            first.exact(),
                            first.words());
                }
                return first.from() != null && first.from().isBefore(end.to()) ? first.to(end) : null;
            }
        }
        c.at = at;
        return null;
    }

    /** A span without preposition. */
    private @Nullable DateRange period(Cursor c) {
        int at = c.at;
        c.eat("the");
        DateRange range = relative(c);
        if (range == null) {
            c.at = at;
            c.eat("the");
            range = absolute(c);
        }
        if (range == null) {
            c.at = at;
        }
        return range;
    }

    private @Nullable DateRange relative(Cursor c) {
        if (c.eat("today")) {
            return DateRange.days(today, today.plusDays(1), "today");
        }
        if (c.eat("yesterday")) {
            return DateRange.days(today.minusDays(1), today, "yesterday");
        }
        if (c.eat("tomorrow")) {
            return DateRange.days(today.plusDays(1), today.plusDays(2), "tomorrow");
        }
        if (c.eat("ytd") || c.eat("year", "to", "date")) {
            return DateRange.days(today.withDayOfYear(1), today.plusDays(1), "this year to date");
        }
        if (c.eat("mtd") || c.eat("month", "to", "date")) {
            return DateRange.days(today.withDayOfMonth(1), today.plusDays(1), "this month to date");
        }
        int at = c.at;
        int count = c.count();
        if (count > 0) {
            TimeStep unit = c.unit();
            if (unit != null && c.eat("ago")) {
                LocalDate day = unit.plus(now, -count).toLocalDate();
                return DateRange.days(day, day.plusDays(1), count + " " + unit.word() + "s ago");
            }
            c.at = at;
        }
        int direction = c.eat("this") || c.eat("current")
                ? 0
                : c.eat("last") || c.eat("past") || c.eat("previous") || c.eat("recent")
                        ? -1
                        : c.eat("next") || c.eat("coming") || c.eat("upcoming") || c.eat("following") ? 1 : 9;
        if (direction == 9) {
            return null;
        }
        boolean past = direction < 0 && c.previousIs("past");
        int n = c.count();
        if (n > 0 && direction != 0) {
            TimeStep unit = c.unit();
            return unit == null ? null : rolling(direction, n, unit);
        }
        int weekday = c.index(WEEKDAYS, 3);
        if (weekday >= 0) {
            DayOfWeek day = DayOfWeek.of(weekday + 1);
            LocalDate date = direction < 0
                    ? today.with(TemporalAdjusters.previous(day))
                    : direction > 0
                            ? today.with(TemporalAdjusters.next(day))
                            : today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                                    .plusDays(weekday);
            return DateRange.days(date, date.plusDays(1), c.said(at));
        }
        int month = c.index(MONTHS, 3);
        if (month >= 0) {
            LocalDate start = today.withDayOfMonth(1).withMonth(month + 1);
            if (direction < 0 && !start.plusMonths(1).isBefore(today.plusDays(1))) {
                start = start.minusYears(1);
            } else if (direction > 0 && !start.isAfter(today)) {
                start = start.plusYears(1);
            }
            return DateRange.days(start, start.plusMonths(1), c.said(at));
        }
        TimeStep unit = c.unit();
        if (unit == null || (unit == TimeStep.HOUR && direction == 0)) {
            return null;
        }
        if (past || unit == TimeStep.HOUR || (unit == TimeStep.DAY && direction != 0)) {
            return rolling(direction, 1, unit);
        }
        LocalDate start = unit.floor(today);
        LocalDate from = direction < 0
                ? unit.plus(start.atStartOfDay(), -1).toLocalDate()
                : direction > 0 ? unit.plus(start.atStartOfDay(), 1).toLocalDate() : start;
        LocalDate to = unit.plus(from.atStartOfDay(), 1).toLocalDate();
        if ((direction == 0 && c.eat("so", "far")) || (direction == 0 && c.eat("to", "date"))) {
            to = today.plusDays(1);
        }
        return DateRange.days(from, to, c.said(at));
    }

    private DateRange rolling(int direction, int n, TimeStep unit) {
        String words = (direction < 0 ? "the last " : "the next ") + n + " " + unit.word() + (n > 1 ? "s" : "");
        return direction < 0
                ? new DateRange(unit.plus(now, -n), now, true, words)
                : new DateRange(now, unit.plus(now, n), true, words);
    }

    private @Nullable DateRange absolute(Cursor c) {
        int at = c.at;
        LocalDate iso = c.isoDate();
        if (iso != null) {
            return DateRange.days(iso, iso.plusDays(1), iso.toString());
        }
        int quarter = c.quarter();
        if (quarter > 0) {
            c.eat("of");
            c.eat("in");
            int year = c.year();
            LocalDate start = LocalDate.of(year > 0 ? year : today.getYear(), quarter * 3 - 2, 1);
            if (year < 0 && start.isAfter(today)) {
                start = start.minusYears(1);
            }
            return DateRange.days(start, start.plusMonths(3), "Q" + quarter + " " + start.getYear());
        }
        int day = c.dayNumber();
        if (day > 0) {
            c.eat("of");
            int month = c.index(MONTHS, 3);
            if (month >= 0) {
                return day(c, day, month);
            }
            c.at = at;
        }
        int month = c.monthName();
        if (month >= 0) {
            int afterMonth = c.at;
            int dayAfter = c.dayNumber();
            if (dayAfter > 0) {
                return day(c, dayAfter, month);
            }
            c.at = afterMonth;
            c.eat(",");
            c.eat("of");
            c.eat("in");
            int year = c.year();
            if (year < 0) {
                c.at = afterMonth;
                if (c.eat("last", "year")) {
                    year = today.getYear() - 1;
                } else if (c.eat("this", "year")) {
                    year = today.getYear();
                }
            }
            LocalDate start = LocalDate.of(year > 0 ? year : today.getYear(), month + 1, 1);
            if (year < 0 && start.isAfter(today)) {
                start = start.minusYears(1);
            }
            return new DateRange(
                    start.atStartOfDay(),
                    start.plusMonths(1).atStartOfDay(),
                    false,
                    title(Month.of(month + 1)) + " " + start.getYear(),
                    year > 0 ? 0 : month + 1);
        }
        int weekday = c.index(WEEKDAYS, 6);
        if (weekday >= 0 && !c.previousPlural()) {
            LocalDate date = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.of(weekday + 1)));
            return DateRange.days(date, date.plusDays(1), "last " + WEEKDAYS.get(weekday));
        }
        if (c.eat("christmas")) {
            int year = c.year();
            LocalDate date = LocalDate.of(year > 0 ? year : today.getYear(), 12, 25);
            if (year < 0 && date.isAfter(today)) {
                date = date.minusYears(1);
            }
            return DateRange.days(date, date.plusDays(1), date.toString());
        }
        int decade = c.decade();
        if (decade > 0) {
            return DateRange.days(LocalDate.of(decade, 1, 1), LocalDate.of(decade + 10, 1, 1), decade + "s");
        }
        c.eat("year");
        int year = c.year();
        if (year > 0) {
            return DateRange.days(LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1), String.valueOf(year));
        }
        return null;
    }

    private @Nullable DateRange day(Cursor c, int day, int month) {
        c.eat(",");
        int year = c.year();
        int y = year > 0 ? year : today.getYear();
        if (day > Month.of(month + 1).length(java.time.Year.isLeap(y))) {
            return null;
        }
        LocalDate date = LocalDate.of(y, month + 1, day);
        if (year < 0 && date.isAfter(today)) {
            date = date.minusYears(1);
        }
        return DateRange.days(date, date.plusDays(1), date.toString());
    }

    private static String title(Month month) {
        String name = MONTHS.get(month.getValue() - 1);
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** A place in the tokens that moves on as words are understood. */
    private static final class Cursor {
        private final List<Token> tokens;
        private int at;

        Cursor(List<Token> tokens, int at) {
            this.tokens = tokens;
            this.at = at;
        }

        boolean is(String word) {
            return at < tokens.size() && tokens.get(at).is(word);
        }

        boolean previousIs(String word) {
            return at > 0 && tokens.get(at - 1).is(word);
        }

        boolean previousPlural() {
            return at > 0 && tokens.get(at - 1).word().endsWith("ys");
        }

        boolean eat(String... words) {
            for (int k = 0; k < words.length; k++) {
                if (at + k >= tokens.size() || !tokens.get(at + k).is(words[k])) {
                    return false;
                }
            }
            at += words.length;
            return true;
        }

        String said(int from) {
            StringBuilder words = new StringBuilder();
            for (int i = from; i < at; i++) {
                words.append(i > from ? " " : "").append(tokens.get(i).word());
            }
            return words.toString();
        }

        int count() {
            if (is("a") || is("an") || is("couple")) {
                int n = is("couple") ? 2 : 1;
                int save = at++;
                if (is("couple")) {
                    n = 2;
                    at++;
                }
                eat("of");
                if (at < tokens.size() && TimeStep.named(tokens.get(at).lemma()) != null) {
                    return n;
                }
                at = save;
                return -1;
            }
            var number = Numbers.at(tokens, at);
            if (number.isEmpty() || !number.get().isWhole() || number.get().unit() != Numbers.Unit.NONE) {
                return -1;
            }
            int value = number.get().value().intValue();
            if (value > 5000) {
                return -1;
            }
            at += number.get().length();
            return value;
        }

        @Nullable
        TimeStep unit() {
            if (at < tokens.size() && tokens.get(at).isWord()) {
                TimeStep unit = TimeStep.named(tokens.get(at).lemma());
                if (unit != null) {
                    at++;
                }
                return unit;
            }
            return null;
        }

        /** The index of a name or of its abbreviation of at least this many letters. */
        int index(List<String> names, int least) {
            if (at < tokens.size() && tokens.get(at).isWord()) {
                String word = tokens.get(at).word();
                if (word.equals("sept")) {
                    word = "sep";
                }
                for (int i = 0; i < names.size(); i++) {
                    if (word.equals(names.get(i))
                            || (word.length() == 3 && least == 3 && names.get(i).startsWith(word))) {
                        at++;
                        return i;
                    }
                }
            }
            return -1;
        }

        /** A month; "may", "march", "mar" and the like only where a date is likely. */
        int monthName() {
            int save = at;
            int month = index(MONTHS, 3);
            if (month >= 0) {
                String word = tokens.get(save).word();
                boolean doubtful = word.equals("may")
                        || word.equals("mar")
                        || word.equals("sat")
                        || word.equals("march")
                        || word.equals("dec");
                if (doubtful && word.equals("may")) {
                    boolean dated = (save > 0
                                    && List.of(
                                                    "in", "since", "during", "before", "after", "until", "of", "from",
                                                    "to", "and", "between", "last", "till")
                                            .contains(tokens.get(save - 1).word()))
                            || (at < tokens.size() && tokens.get(at).kind() == Token.Kind.NUMBER);
                    if (!dated) {
                        at = save;
                        return -1;
                    }
                }
            }
            return month;
        }

        int dayNumber() {
            if (at < tokens.size() && tokens.get(at).kind() == Token.Kind.NUMBER) {
                String word = tokens.get(at).word();
                int end = 0;
                while (end < word.length() && Character.isDigit(word.charAt(end))) {
                    end++;
                }
                String suffix = word.substring(end);
                if (end > 0
                        && end < 3
                        && (suffix.isEmpty()
                                || suffix.equals("st")
                                || suffix.equals("nd")
                                || suffix.equals("rd")
                                || suffix.equals("th"))) {
                    int day = Integer.parseInt(word.substring(0, end));
                    if (day >= 1 && day <= 31) {
                        at++;
                        return day;
                    }
                }
            }
            return -1;
        }

        int year() {
            if (at < tokens.size() && tokens.get(at).kind() == Token.Kind.NUMBER) {
                String word = tokens.get(at).word();
                if (word.length() == 4 && digits(word, 0, 4)) {
                    int year = Integer.parseInt(word);
                    if (year >= 1800 && year <= 2100) {
                        at++;
                        return year;
                    }
                }
            }
            return -1;
        }

        int decade() {
            if (at < tokens.size()) {
                String word = tokens.get(at).word();
                if (word.length() == 5 && word.endsWith("0s") && digits(word, 0, 4)) {
                    at++;
                    return Integer.parseInt(word.substring(0, 4));
                }
                if (word.length() == 3 && word.endsWith("0s") && digits(word, 0, 2)) {
                    int decade = Integer.parseInt(word.substring(0, 2));
                    at++;
                    return decade >= 30 ? 1900 + decade : 2000 + decade;
                }
            }
            return -1;
        }

        int quarter() {
            if (at >= tokens.size()) {
                return -1;
            }
            String word = tokens.get(at).word();
            if (word.length() == 2 && word.charAt(0) == 'q' && word.charAt(1) >= '1' && word.charAt(1) <= '4') {
                at++;
                return word.charAt(1) - '0';
            }
            Integer ordinal = ORDINALS.get(word);
            if (ordinal != null && at + 1 < tokens.size() && tokens.get(at + 1).is("quarter") && !word.equals("last")) {
                at += 2;
                return ordinal;
            }
            return -1;
        }

        @Nullable
        LocalDate isoDate() {
            if (at >= tokens.size() || tokens.get(at).kind() != Token.Kind.NUMBER) {
                return null;
            }
            String word = tokens.get(at).word();
            if (word.length() == 10
                    && digits(word, 0, 4)
                    && digits(word, 5, 7)
                    && digits(word, 8, 10)
                    && ((word.charAt(4) == '-' && word.charAt(7) == '-')
                            || (word.charAt(4) == '/' && word.charAt(7) == '/'))) {
                int year = Integer.parseInt(word.substring(0, 4));
                int month = Integer.parseInt(word.substring(5, 7));
                int day = Integer.parseInt(word.substring(8, 10));
                if (month >= 1
                        && month <= 12
                        && day >= 1
                        && day <= Month.of(month).length(java.time.Year.isLeap(year))) {
                    at++;
                    return LocalDate.of(year, month, day);
                }
            }
            return null;
        }

        /** Whether a year was said in these tokens. */
        boolean saysYear(int from, int to) {
            int save = at;
            try {
                for (at = from; at < to; ) {
                    if (year() > 0 || isoDate() != null || is("year")) {
                        return true;
                    }
                    at++;
                }
                return false;
            } finally {
                at = save;
            }
        }

        private static boolean digits(String word, int from, int to) {
            for (int i = from; i < to; i++) {
                if (word.charAt(i) < '0' || word.charAt(i) > '9') {
                    return false;
                }
            }
            return true;
        }
    }
}
