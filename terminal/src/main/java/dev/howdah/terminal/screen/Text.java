package dev.howdah.terminal.screen;

import dev.howdah.base.PlainText;
import dev.howdah.render.DisplayWidth;
import dev.howdah.sql.Lexeme;
import dev.tamboui.style.Style;
import java.util.ArrayList;
import java.util.List;

/** Lines of styled text, and how they are made to fit. */
public final class Text {
    private Text() {}

    /**
     * Some characters in one style.
     *
     * @param text the characters
     * @param style how they look
     */
    public record Span(String text, Style style) {}

    /**
     * A line of the screen.
     *
     * @param spans from left to right
     */
    public record Line(List<Span> spans) {
        /** An empty line. */
        public static final Line EMPTY = new Line(List.of());

        /** Copies the list. */
        public Line {
            spans = List.copyOf(spans);
        }

        /** A line in one style. */
        public static Line of(String text, Style style) {
            return new Line(List.of(new Span(text, style)));
        }

        /** The same with something before it. */
        public Line after(String prefix, Style style) {
            List<Span> all = new ArrayList<>(spans.size() + 1);
            all.add(new Span(prefix, style));
            all.addAll(spans);
            return new Line(all);
        }

        /** Its characters without their styles. */
        public String plain() {
            StringBuilder plain = new StringBuilder();
            spans.forEach(span -> plain.append(span.text()));
            return plain.toString();
        }
    }

    /** Draws a line. */
    public static int draw(Canvas canvas, int x, int y, Line line, int limit) {
        int at = x;
        for (Span span : line.spans()) {
            at = canvas.put(at, y, span.text(), span.style(), x + limit - at);
        }
        return at;
    }

    /** Breaks text, which may have several lines, between words into lines of this many columns. */
    public static List<String> wrap(String text, int columns, DisplayWidth width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : PlainText.lines(text).replace("\t", "    ").split("\n", -1)) {
            wrapParagraph(paragraph, Math.max(8, columns), width, lines);
        }
        return lines;
    }

    private static void wrapParagraph(String paragraph, int columns, DisplayWidth width, List<String> lines) {
        String rest = paragraph;
        while (width.of(rest) > columns) {
            List<String> clusters = width.clustersOf(rest);
            int used = 0;
            int chars = 0;
            int space = -1;
            for (String cluster : clusters) {
                int wide = width.of(cluster);
                if (used + wide > columns) {
                    break;
                }
                used += wide;
                chars += cluster.length();
                if (cluster.equals(" ")) {
                    space = chars;
                }
            }
            int at = space > columns / 3 ? space : chars;
            lines.add(rest.substring(0, at).stripTrailing());
            rest = rest.substring(at);
        }
        lines.add(rest);
    }

    /** SQL in colours, broken where it is too wide. */
    public static List<Line> sql(String sql, int columns, Theme theme, DisplayWidth width) {
        List<Lexeme> lexemes = Lexeme.of(sql);
        List<Line> lines = new ArrayList<>();
        int at = 0;
        for (String line : sql.split("\n", -1)) {
            int from = at;
            for (String part : wrap(line, columns, width)) {
                int start = sql.indexOf(part, from);
                if (start < from || start > at + line.length()) {
                    lines.add(Line.of(part, theme.text()));
                    continue;
                }
                lines.add(coloured(sql, start, start + part.length(), lexemes, theme));
                from = start + part.length();
            }
            at += line.length() + 1;
        }
        return lines;
    }

    private static Line coloured(String sql, int from, int to, List<Lexeme> lexemes, Theme theme) {
        List<Span> spans = new ArrayList<>();
        int at = from;
        for (Lexeme lexeme : lexemes) {
            int start = Math.max(from, lexeme.start());
            int end = Math.min(to, lexeme.end());
            if (start >= end) {
                continue;
            }
            if (start > at) {
                spans.add(new Span(sql.substring(at, start), theme.text()));
            }
            spans.add(new Span(sql.substring(start, end), theme.of(lexeme.sort())));
            at = end;
        }
        if (at < to) {
            spans.add(new Span(sql.substring(at, to), theme.text()));
        }
        return new Line(spans);
    }
}
