package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Dates behind words that say that somebody was born. */
final class Dates {
    private static final Set<String> FILLERS = Set.of("on", "is", "was", "date", "the", "day", "of", "am", "el", "le");
    private static final List<String> MONTHS = List.of(
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "okt", "dez", "mai",
            "mär");
    private static final int REACH = 24;

    private Dates() {}

    /** The date that follows within a few words, in figures or with the month's name. */
    static Optional<Finding> after(String text, int from) {
        int at = from;
        while (at < text.length() && at - from < REACH) {
            char c = text.charAt(at);
            if (Chars.isDigit(c)) {
                return date(text, at);
            }
            if (!Chars.isLetter(c)) {
                if (" \t:=\"'-().,".indexOf(c) < 0) {
                    return Optional.empty();
                }
                at++;
                continue;
            }
            int end = wordEnd(text, at);
            String word = text.substring(at, Math.min(end, at + 16)).toLowerCase(Locale.ROOT);
            if (isMonth(word)) {
                return monthFirst(text, at, end);
            }
            if (!FILLERS.contains(word)) {
                return Optional.empty();
            }
            at = end;
        }
        return Optional.empty();
    }

    private static Optional<Finding> date(String text, int start) {
        DigitGroups groups = DigitGroups.read(text, start);
        if (groups.count() >= 3
                && isDate(
                        number(groups, 0), groups.length(0), number(groups, 1), number(groups, 2), groups.length(2))) {
            return Optional.of(new Finding(start, groups.end(2), Kind.DATE_OF_BIRTH));
        }
        if (groups.length(0) == 8 && isYear(Integer.parseInt(groups.digits(0, 1).substring(0, 4)))) {
            return Optional.of(new Finding(start, groups.end(0), Kind.DATE_OF_BIRTH));
        }
        return groups.length(0) <= 2 ? monthSecond(text, start, groups.end(0)) : Optional.empty();
    }

    /** {@code 12 March 1990}, {@code 12th of March 1990}, {@code 12-Mar-90}. */
    private static Optional<Finding> monthSecond(String text, int start, int dayEnd) {
        int at = dayEnd;
        for (String suffix : List.of("st", "nd", "rd", "th", ".")) {
            if (text.startsWith(suffix, at)) {
                at += suffix.length();
            }
        }
        at = skip(text, at);
        if (text.startsWith("of ", at)) {
            at = skip(text, at + 3);
        }
        int end = wordEnd(text, at);
        if (!isMonth(text.substring(at, Math.min(end, at + 16)).toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return year(text, start, skip(text, end));
    }

    /** {@code March 12, 1990}. */
    private static Optional<Finding> monthFirst(String text, int start, int monthEnd) {
        int at = skip(text, monthEnd);
        int day = digitsEnd(text, at);
        if (day == at || day - at > 2) {
            return day - at == 4 ? year(text, start, at) : Optional.empty();
        }
        at = day;
        while (at < text.length() && at - day < 4 && Chars.isLetter(text.charAt(at))) {
            at++;
        }
        return year(text, start, skip(text, at));
    }

    private static Optional<Finding> year(String text, int start, int at) {
        int end = digitsEnd(text, at);
        boolean year = end - at == 2 || (end - at == 4 && isYear(Integer.parseInt(text, at, end, 10)));
        return year ? Optional.of(new Finding(start, end, Kind.DATE_OF_BIRTH)) : Optional.empty();
    }

    private static int skip(String text, int from) {
        int at = from;
        while (at < text.length() && at - from < 3 && " .,-/".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && at - from < 5 && Chars.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length() && Chars.isLetter(text.charAt(at)) && at - from < 16) {
            at++;
        }
        return at;
    }

    private static boolean isMonth(String word) {
        return word.length() >= 3 && MONTHS.contains(word.substring(0, 3));
    }

    private static int number(DigitGroups groups, int group) {
        return groups.length(group) <= 4 ? Integer.parseInt(groups.digits(group, 1)) : 9_999;
    }

    private static boolean isDate(int first, int firstLength, int second, int third, int thirdLength) {
        if (firstLength == 4) {
            return isYear(first) && second >= 1 && second <= 12 && third >= 1 && third <= 31;
        }
        boolean days = (first <= 31 && second <= 12) || (first <= 12 && second <= 31);
        return days && first > 0 && second > 0 && (thirdLength == 2 || (thirdLength == 4 && isYear(third)));
    }

    private static boolean isYear(int year) {
        return year >= 1880 && year <= 2099;
    }
}
