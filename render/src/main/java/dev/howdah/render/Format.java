package dev.howdah.render;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.base.PlainText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How rows are written. */
public enum Format {
    /** Columns under each other, fitted to the window. */
    TABLE,
    /** One line per value, as psql's {@code \x} does. */
    EXPANDED,
    /** What {@code COPY … (FORMAT csv, HEADER)} writes, byte for byte. */
    CSV,
    /** One array of objects. */
    JSON,
    /** One object per line. */
    NDJSON,
    /** A table as GitHub reads it. */
    MARKDOWN,
    /** An Excel workbook. */
    XLSX,
    /** Values with a separator between them, as psql's {@code -A} does. */
    UNALIGNED;

    /**
     * The format of this name, in any case; {@code md}, {@code jsonl} and {@code excel} are understood too.
     *
     * @throws HowdahException of code {@link ErrorCode#USAGE} that lists the formats and names the nearest
     */
    public static Format parse(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        for (Format format : values()) {
            if (format.word().equals(wanted)) {
                return format;
            }
        }
        return switch (wanted) {
            case "md" -> MARKDOWN;
            case "jsonl" -> NDJSON;
            case "excel" -> XLSX;
            default -> throw unknown(name, wanted);
        };
    }

    /** The name as a person writes it, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether the output itself says that rows were left out. Where it does not, because a program reads it, the caller
     * has to say it elsewhere.
     */
    public boolean saysTruncation() {
        return switch (this) {
            case TABLE, EXPANDED, MARKDOWN -> true;
            case CSV, JSON, NDJSON, XLSX, UNALIGNED -> false;
        };
    }

    /** Whether the output is bytes that no terminal should get. */
    public boolean binary() {
        return this == XLSX;
    }

    private static HowdahException unknown(String name, String wanted) {
        List<String> words = Arrays.stream(values()).map(Format::word).toList();
        // Something very long is near to any short word by its length alone.
        String suggestion = wanted.length() > 2 * UNALIGNED.word().length()
                ? ""
                : Nearest.to(wanted, words)
                        .map(word -> "Did you mean " + word + "? ")
                        .orElse("");
        String shown = PlainText.oneLine(name);
        return new HowdahException(
                ErrorCode.USAGE,
                "There is no output format '" + (shown.length() > 40 ? shown.substring(0, 40) + "…" : shown) + "'.",
                suggestion + "The formats are " + String.join(", ", words) + ".");
    }
}
