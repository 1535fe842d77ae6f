package dev.howdah.guard.redaction;

import java.util.Arrays;

/**
 * Digits in the groups that they are written in: {@code +49 (0)30 12-34} are five. Between two groups stand up to three
 * blanks, hyphens, dots, slashes or parentheses. Read once, then asked by the number of the group.
 */
final class DigitGroups {
    private static final int MOST_BETWEEN = 3;

    private final String text;
    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private int count;

    private DigitGroups(String text) {
        this.text = text;
    }

    /** Reads from a digit, a plus sign or a parenthesis as far as groups follow each other. */
    static DigitGroups read(String text, int from) {
        DigitGroups groups = new DigitGroups(text);
        int at = from;
        while (!Chars.isDigit(text.charAt(at))) {
            at++;
        }
        while (true) {
            int end = at;
            while (end < text.length() && Chars.isDigit(text.charAt(end))) {
                end++;
            }
            groups.add(at, end);
            int next = end;
            while (next < text.length() && next - end < MOST_BETWEEN && isBetween(text.charAt(next))) {
                next++;
            }
            if (next == end || next >= text.length() || !Chars.isDigit(text.charAt(next))) {
                return groups;
            }
            at = next;
        }
    }

    private void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        starts[count] = start;
        ends[count++] = end;
    }

    private static boolean isBetween(char c) {
        return Chars.isBlank(c)
                || c == '-'
                || c == '.'
                || c == '/'
                || c == '('
                || c == ')'
                || c == '\u2011'
                || c == '\u2013';
    }

    int count() {
        return count;
    }

    int start(int group) {
        return starts[group];
    }

    int end(int group) {
        return ends[group];
    }

    /** Where the last group ends. */
    int end() {
        return ends[count - 1];
    }

    int length(int group) {
        return group < count ? ends[group] - starts[group] : 0;
    }

    String digits(int first, int groups) {
        if (groups == 1) {
            return text.substring(starts[first], ends[first]);
        }
        StringBuilder digits = new StringBuilder();
        for (int g = first; g < first + groups; g++) {
            digits.append(text, starts[g], ends[g]);
        }
        return digits.toString();
    }

    /** The same without a zero in parentheses, and without the one that comes with it as in {@code (030)}. */
    String digitsWithoutTrunkZero(int first, int groups) {
        StringBuilder digits = new StringBuilder();
        for (int g = first; g < first + groups; g++) {
            boolean trunk = g > first && Chars.at(text, starts[g] - 1) == '(' && text.charAt(starts[g]) == '0';
            digits.append(text, starts[g] + (trunk ? 1 : 0), ends[g]);
        }
        return digits.toString();
    }

    /** Whether the groups have exactly these lengths. */
    boolean hasLengths(int first, int... lengths) {
        if (first + lengths.length > count) {
            return false;
        }
        for (int i = 0; i < lengths.length; i++) {
            if (length(first + i) != lengths[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the groups are separated by one and the same of these characters. */
    boolean isUniform(int first, int groups, String allowed) {
        char separator = Chars.at(text, ends[first]);
        if (separator == '\u00a0') {
            separator = ' ';
        }
        return allowed.indexOf(separator) >= 0 && separatedBy(first, groups, separator);
    }

    /** Whether exactly this character stands between the groups. */
    boolean separatedBy(int first, int groups, char separator) {
        for (int g = first; g < first + groups - 1; g++) {
            char c = text.charAt(ends[g]);
            boolean same = c == separator || (separator == ' ' && Chars.isBlank(c));
            if (!same || starts[g + 1] - ends[g] != 1) {
                return false;
            }
        }
        return true;
    }

    /** {@code (555) 123-4567}. */
    boolean inParentheses(int group) {
        return Chars.at(text, starts[group] - 1) == '(' && Chars.at(text, ends[group]) == ')';
    }

    /** How many groups from here on belong together: single separators, or those around parentheses. */
    int countTogether(int first) {
        int groups = 1;
        while (first + groups < count && groups < 9 && isClose(first + groups)) {
            groups++;
        }
        return groups;
    }

    /** Whether what stands before the group does not part it from the one before. */
    boolean isClose(int group) {
        int length = starts[group] - ends[group - 1];
        if (length == 1) {
            return true;
        }
        for (int i = ends[group - 1]; i < starts[group]; i++) {
            if (text.charAt(i) == '(' || text.charAt(i) == ')') {
                return true;
            }
        }
        // "020 / 7946"
        return length == 3 && text.charAt(ends[group - 1] + 1) == '/';
    }

    /** Whether a plus sign stands before the group. */
    boolean international(int group) {
        return text.charAt(startWithSign(group)) == '+';
    }

    /** Where the group begins with the sign and the parenthesis before it. */
    int startWithSign(int group) {
        int at = starts[group];
        if (Chars.at(text, at - 1) == '(') {
            at--;
        }
        return group == 0 && Chars.at(text, at - 1) == '+' ? at - 1 : at;
    }

    /** Whether the first group follows nothing that it could be a part of: no {@code INV-}, {@code 1,}, {@code $}. */
    boolean beginsFree() {
        int at = startWithSign(0);
        char before = Chars.at(text, at - 1);
        if ("-./:_,'".indexOf(before) >= 0 && before != '\0') {
            char further = Chars.at(text, at - 2);
            boolean label = before == ':' && !Chars.isDigit(further);
            boolean listed = before == ',' && !Chars.isDigit(further);
            boolean quoted = before == '\'' && !Chars.isDigit(further);
            return label || listed || quoted || !(Chars.isWord(further) || before == '-' || before == '.');
        }
        return before != '$' && before != '€' && before != '£' && before != '¥' && before != '+';
    }

    /** Whether a number sign stands before it all, as before orders and issues. */
    boolean numbered() {
        return Chars.at(text, startWithSign(0) - 1) == '#';
    }

    /** Whether a number may begin with this group: the first, or one after a blank. */
    boolean startsAt(int group) {
        return group == 0 || hasBlankBefore(group);
    }

    /** Whether a number may end with this group. */
    boolean endsAt(int group) {
        return group == count - 1 ? endsFree() : hasBlankBefore(group + 1);
    }

    /** Whether these groups are no part of something longer. */
    boolean standsAlone(int first, int groups) {
        return startsAt(first) && endsAt(first + groups - 1);
    }

    private boolean hasBlankBefore(int group) {
        for (int i = ends[group - 1]; i < starts[group]; i++) {
            if (Chars.isBlank(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean endsFree() {
        char after = Chars.at(text, end());
        char further = Chars.at(text, end() + 1);
        if (Chars.isWord(after) || after == '%' || after == '@') {
            return false;
        }
        boolean joint = after == '-' || after == '/' || after == '.' || after == ':' || after == '+' || after == ',';
        boolean goesOn =
                (after == '.' || after == '-' || after == '/') ? Chars.isWord(further) : Chars.isDigit(further);
        return !(joint && goesOn);
    }
}
