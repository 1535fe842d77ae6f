package dev.howdah.terminal.result;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Values as they stand in a cell, or with a whole screen for themselves. */
public final class Values {
    private static final Set<String> NUMBERS =
            Set.of("int2", "int4", "int8", "numeric", "float4", "float8", "money", "oid", "xid", "xid8", "cid");
    private static final Set<String> TIMES = Set.of("date", "timestamp", "timestamptz", "time", "timetz");

    /** More of a value does not fit into any cell. */
    private static final int LONGEST = 1_000;

    private Values() {}

    /** Whether values are numbers, and so stand to the right. */
    public static boolean isNumber(ResultColumn column) {
        return NUMBERS.contains(column.typeName());
    }

    /** Whether values are days or times. */
    public static boolean isTime(ResultColumn column) {
        return TIMES.contains(column.typeName());
    }

    /** Whether values are JSON. */
    public static boolean isJson(ResultColumn column) {
        return column.typeName().equals("json") || column.typeName().equals("jsonb");
    }

    /** The value on one line; NULL is said. */
    public static String cell(Row row, int column) {
        if (row.isNull(column)) {
            return "NULL";
        }
        String text = row.text(column);
        String value = text == null ? "" : text;
        String shown = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        return shown.indexOf('\n') < 0 ? shown : shown.replace("\r\n", "↵").replace('\n', '↵');
    }

    /** The value as a number, if it is one. */
    public static OptionalDouble number(Row row, int column) {
        String text = row.text(column);
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(text.replace("$", "").replace(",", "")));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** JSON over lines, indented; text that is no JSON as it is. */
    public static List<String> prettyJson(String json) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int depth = 0;
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString) {
                line.append(c);
                if (c == '\\' && i + 1 < json.length()) {
                    line.append(json.charAt(++i));
                } else if (c == '"') {
                    inString = false;
                }
                continue;
            }
            switch (c) {
                case '"' -> {
                    inString = true;
                    line.append(c);
                }
                case '{', '[' -> {
                    int next = nextOf(json, i + 1);
                    if (next < json.length() && (json.charAt(next) == '}' || json.charAt(next) == ']')) {
                        line.append(c).append(json.charAt(next));
                        i = next;
                    } else {
                        line.append(c);
                        depth++;
                        line = broken(lines, line, depth);
                    }
                }
                case '}', ']' -> {
                    depth = Math.max(0, depth - 1);
                    line = broken(lines, line, depth);
                    line.append(c);
                }
                case ',' -> {
                    line.append(c);
                    line = broken(lines, line, depth);
                }
                case ':' -> line.append(": ");
                case ' ', '\n', '\r', '\t' -> {}
                default -> line.append(c);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static int nextOf(String json, int from) {
        int at = from;
        while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        return at;
    }

    private static StringBuilder broken(List<String> lines, StringBuilder line, int depth) {
        if (!line.toString().isBlank()) {
            lines.add(line.toString());
        }
        return new StringBuilder("  ".repeat(depth));
    }
}
