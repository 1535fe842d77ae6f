package dev.howdah.render;

/** Numbers of things in words: {@code 1 row}, {@code 1,000 rows}. */
public final class Counts {
    private Counts() {}

    /** {@code 0 rows}, {@code 1 row}, {@code 20,000 rows}. */
    public static String rows(long count) {
        return of(count, "row");
    }

    /** The count with thousands separated, and the noun with an s unless it is one. */
    public static String of(long count, String noun) {
        return number(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** The number with commas between thousands, whatever the locale. */
    public static String number(long count) {
        // By hand: the first use of a formatter costs a short run of the command 15 ms.
        StringBuilder digits = new StringBuilder().append(count);
        int first = count < 0 ? 1 : 0;
        for (int at = digits.length() - 3; at > first; at -= 3) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }

    /** What stands below a result: {@code 20 rows}, or what was left out and how to get it. */
    static String footer(long rows, boolean truncated) {
        return truncated ? "first " + rows(rows) + "; more exist: use --limit or --out" : rows(rows);
    }
}
