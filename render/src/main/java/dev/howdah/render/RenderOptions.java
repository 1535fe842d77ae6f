package dev.howdah.render;

import java.util.Optional;

/**
 * What the reader of the output wants. Immutable; start from {@link #plain()} or {@link #terminal} and change with the
 * {@code with…} methods. Nothing depends on a locale.
 *
 * @param width columns of the window; 0 is no limit. TABLE fits into it, EXPANDED draws its rules to it
 * @param terminal whether a person watches: a table's first page and every other format's rows are shown at once, and
 *     control characters in machine formats are escaped so that data cannot drive the terminal
 * @param colour whether to dim NULL and to make headers bold
 * @param header whether to write names and row counts; psql's {@code -t} turns it off
 * @param nullText what stands for NULL in all formats except JSON, NDJSON and XLSX; when empty, each format's own:
 *     {@code NULL} in TABLE, EXPANDED and MARKDOWN, nothing in CSV and UNALIGNED
 * @param fieldSeparator what stands between UNALIGNED's values
 * @param csvGuard whether CSV puts an apostrophe before texts that a spreadsheet would run as a formula; changes data,
 *     so off by default
 * @param maxCellWidth columns after which a value of TABLE or EXPANDED is cut with …; 0 is no limit
 */
public record RenderOptions(
        int width,
        boolean terminal,
        boolean colour,
        boolean header,
        Optional<String> nullText,
        String fieldSeparator,
        boolean csvGuard,
        int maxCellWidth) {

    public RenderOptions {
        if (width < 0 || maxCellWidth < 0) {
            throw new IllegalArgumentException("Widths must not be negative: " + width + ", " + maxCellWidth);
        }
    }

    /** For files and pipes: no limit of width, no colour, header on. */
    public static RenderOptions plain() {
        return new RenderOptions(0, false, false, true, Optional.empty(), "|", false, 0);
    }

    /** For a person at a window of this width. */
    public static RenderOptions terminal(int width, boolean colour) {
        return new RenderOptions(width, true, colour, true, Optional.empty(), "|", false, 0);
    }

    /** With another window width; 0 is no limit. */
    public RenderOptions withWidth(int newWidth) {
        return new RenderOptions(newWidth, terminal, colour, header, nullText, fieldSeparator, csvGuard, maxCellWidth);
    }

    /** With colours on or off. */
    public RenderOptions withColour(boolean on) {
        return new RenderOptions(width, terminal, on, header, nullText, fieldSeparator, csvGuard, maxCellWidth);
    }

    /** With names and row counts on or off. */
    public RenderOptions withHeader(boolean on) {
        return new RenderOptions(width, terminal, colour, on, nullText, fieldSeparator, csvGuard, maxCellWidth);
    }

    /** With this text for NULL. */
    public RenderOptions withNullText(String text) {
        return new RenderOptions(
                width, terminal, colour, header, Optional.of(text), fieldSeparator, csvGuard, maxCellWidth);
    }

    /** With another separator for UNALIGNED. */
    public RenderOptions withFieldSeparator(String separator) {
        return new RenderOptions(width, terminal, colour, header, nullText, separator, csvGuard, maxCellWidth);
    }

    /** With the guard against formulas in CSV on or off. */
    public RenderOptions withCsvGuard(boolean on) {
        return new RenderOptions(width, terminal, colour, header, nullText, fieldSeparator, on, maxCellWidth);
    }

    /** With another limit for a cell's width; 0 is no limit. */
    public RenderOptions withMaxCellWidth(int columns) {
        return new RenderOptions(width, terminal, colour, header, nullText, fieldSeparator, csvGuard, columns);
    }
}
