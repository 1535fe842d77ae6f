package dev.howdah.postgres.catalog;

import dev.howdah.postgres.rows.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of catalog rows. Keeps one instance of each name, small list and optional, because a catalog of 100,000
 * columns repeats a few thousand of them. Used for one snapshot by one thread.
 */
final class Values {
    private final Map<String, String> names = new HashMap<>();
    private final Map<List<Integer>, List<Integer>> numberLists = new HashMap<>();

    /** A number without a fraction. */
    static long number(Row row, int column) {
        byte[] bytes = row.buffer();
        int at = row.start(column);
        int end = row.end(column);
        boolean negative = at < end && bytes[at] == '-';
        long value = 0;
        for (int i = negative ? at + 1 : at; i < end; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return negative ? -value : value;
    }

    static int integer(Row row, int column) {
        return Math.toIntExact(number(row, column));
    }

    static double real(Row row, int column) {
        return Double.parseDouble(string(row, column));
    }

    static boolean flag(Row row, int column) {
        return letter(row, column) == 't';
    }

    /** The value's only byte; 0 if it is empty or NULL. */
    static char letter(Row row, int column) {
        return row.end(column) <= row.start(column) ? 0 : (char) row.buffer()[row.start(column)];
    }

    /** A value that the query never gives as NULL. */
    static String string(Row row, int column) {
        String text = row.text(column);
        if (text == null) {
            throw new IllegalStateException("NULL in column " + column + " of a catalog query");
        }
        return text;
    }

    static Optional<String> optional(Row row, int column) {
        return Optional.ofNullable(row.text(column));
    }

    /** A string that others will equal. */
    String name(Row row, int column) {
        return shared(string(row, column));
    }

    String shared(String name) {
        String known = names.putIfAbsent(name, name);
        return known == null ? name : known;
    }

    /** Numbers between anything that is no digit: arrays and vectors alike; empty for NULL. */
    List<Integer> numbers(Row row, int column) {
        List<Integer> numbers = new ArrayList<>();
        byte[] bytes = row.buffer();
        int value = -1;
        for (int i = row.start(column); i < row.end(column); i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                value = Math.max(value, 0) * 10 + digit;
            } else if (value >= 0) {
                numbers.add(value);
                value = -1;
            }
        }
        if (value >= 0) {
            numbers.add(value);
        }
        return shared(numbers);
    }

    List<Integer> shared(List<Integer> numbers) {
        List<Integer> known = numberLists.get(numbers);
        if (known == null) {
            known = List.copyOf(numbers);
            numberLists.put(known, known);
        }
        return known;
    }

    /**
     * The elements of a one-dimensional array in PostgreSQL's text format, such as {@code {a,"b c",NULL}}.
     *
     * @return the elements; null stands for NULL
     */
    static List<@Nullable String> array(String text) {
        List<@Nullable String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean inside = false;
        boolean quoted = false;
        // Arrays that do not start at 1 have their bounds in front: [0:2]={…}.
        int start = text.indexOf('{');
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                element.append(text.charAt(++i));
            } else if (c == '"') {
                inside = !inside;
                quoted = true;
            } else if (!inside && (c == ',' || c == '}')) {
                if (quoted || !element.isEmpty()) {
                    String value = element.toString();
                    elements.add(!quoted && value.equals("NULL") ? null : value);
                }
                element.setLength(0);
                quoted = false;
            } else {
                element.append(c);
            }
        }
        return elements;
    }
}
