package dev.howdah.postgres.wire;

/**
 * What a COPY writes. In CSV a NULL is empty and an empty string is {@code ""}; in text a NULL is {@code \N}.
 *
 * @param style CSV or PostgreSQL's text format
 * @param header whether the first line names the columns; for text since PostgreSQL 15
 * @param delimiter between values: one ASCII character
 */
public record CopyFormat(Style style, boolean header, char delimiter) {
    /** PostgreSQL's formats that are text. */
    public enum Style {
        CSV,
        TEXT
    }

    /** CSV with a header, as {@code psql --csv} has it. */
    public static final CopyFormat CSV = new CopyFormat(Style.CSV, true, ',');

    /** What programs read fastest: tabs, backslashes, no header. */
    public static final CopyFormat TEXT = new CopyFormat(Style.TEXT, false, '\t');

    public CopyFormat {
        // The server's own rules: COPY refuses these, and letters and digits would need escapes in text format.
        boolean usable = delimiter == '\t'
                || (delimiter > ' '
                        && delimiter < 0x7f
                        && "\\\"'.".indexOf(delimiter) < 0
                        && !isWordCharacter(delimiter));
        if (!usable && delimiter != ' ') {
            throw new IllegalArgumentException(
                    "a delimiter is one ASCII character, neither letter, digit, quote, dot nor backslash");
        }
    }

    private static boolean isWordCharacter(char c) {
        return Character.isLetterOrDigit(c);
    }

    /** COPY's options in parentheses. */
    String options() {
        return "(FORMAT " + (style == Style.CSV ? "csv" : "text") + ", DELIMITER '" + delimiter + "'"
                + (header ? ", HEADER true" : "") + ")";
    }
}
