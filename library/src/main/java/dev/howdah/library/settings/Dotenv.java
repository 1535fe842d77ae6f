package dev.howdah.library.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * The syntax of {@code .env}: {@code NAME=value} with comments, {@code export}, single quotes (literal), double quotes
 * (escapes \n \r \t \" \\ \$) and values over several lines within quotes. Other programs read the same file, so lines
 * that are none of ours are never an error here; what is wrong with one is kept with it.
 */
final class Dotenv {
    /**
     * One variable.
     *
     * @param name its name
     * @param value its value, without quotes
     * @param line where it begins, from 1
     * @param state whether the value means what it seems to
     */
    record Variable(String name, String value, int line, State state) {}

    /** What may be wrong with a value. */
    enum State {
        FINE,
        /** A quote is opened and never closed. */
        UNCLOSED,
        /** It holds ${…}, which other readers replace and this one does not. */
        INTERPOLATED
    }

    private final String text;
    private int at;
    private int line = 1;

    private Dotenv(String text) {
        this.text = text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** The variables in order; a name may come twice. */
    static List<Variable> parse(String text) {
        return new Dotenv(text).variables();
    }

    private List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        while (at < text.length()) {
            skipBlanks();
            int start = line;
            String name = name();
            if (name.equals("export") && at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                skipBlanks();
                name = name();
            }
            skipBlanks();
            if (!name.isEmpty() && at < text.length() && text.charAt(at) == '=') {
                at++;
                skipBlanks();
                variables.add(value(name, start));
            }
            skipLine();
        }
        return variables;
    }

    private Variable value(String name, int start) {
        char quote = at < text.length() ? text.charAt(at) : '\n';
        if (quote != '\'' && quote != '"') {
            String value = bare();
            return new Variable(name, value, start, value.contains("${") ? State.INTERPOLATED : State.FINE);
        }
        int close = closing(quote);
        if (close < 0) {
            return new Variable(name, bare(), start, State.UNCLOSED);
        }
        String inner = text.substring(at + 1, close);
        for (int i = 0; i < inner.length(); i++) {
            line += inner.charAt(i) == '\n' ? 1 : 0;
        }
        at = close + 1;
        if (quote == '\'') {
            return new Variable(name, inner, start, State.FINE);
        }
        State state = inner.replace("\\$", "").contains("${") ? State.INTERPOLATED : State.FINE;
        return new Variable(name, unescape(inner), start, state);
    }

    private int closing(char quote) {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote == '"') {
                i++;
            } else if (c == quote) {
                return i;
            }
        }
        return -1;
    }

    private String bare() {
        int end = text.indexOf('\n', at);
        String value = text.substring(at, end < 0 ? text.length() : end);
        for (int i = 0; i < value.length(); i++) {
            boolean first = i == 0 || value.charAt(i - 1) == ' ' || value.charAt(i - 1) == '\t';
            if (value.charAt(i) == '#' && first) {
                value = value.substring(0, i);
            }
        }
        return value.strip();
    }

    private static String unescape(String inner) {
        StringBuilder value = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c != '\\' || i + 1 == inner.length()) {
                value.append(c);
                continue;
            }
            char next = inner.charAt(++i);
            switch (next) {
                case 'n' -> value.append('\n');
                case 'r' -> value.append('\r');
                case 't' -> value.append('\t');
                case '"', '\\', '$' -> value.append(next);
                default -> value.append(c).append(next);
            }
        }
        return value.toString();
    }

    private String name() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c == '.' || c == '-' || (c < 128 && Character.isLetterOrDigit(c));
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
        line++;
    }
}
