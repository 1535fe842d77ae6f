package dev.howdah.terminal.chat;

import dev.howdah.base.PlainText;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.render.Counts;
import dev.howdah.render.DisplayWidth;
import dev.howdah.terminal.result.Result;
import dev.howdah.terminal.result.Values;
import dev.howdah.terminal.screen.Text;
import dev.howdah.terminal.screen.Text.Line;
import dev.howdah.terminal.screen.Text.Span;
import dev.howdah.terminal.screen.Theme;
import dev.tamboui.style.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a block looks like: a pure function of the block, the width and the theme. */
public final class BlockView {
    private static final int PREVIEW_ROWS = 10;
    private static final int WIDEST_CELL = 40;

    private final Theme theme;
    private final DisplayWidth width;
    private final int columns;
    private final List<Line> lines = new ArrayList<>();

    private BlockView(Theme theme, DisplayWidth width, int columns) {
        this.theme = theme;
        this.width = width;
        this.columns = columns;
    }

    /** The block's lines, an empty one at the end. */
    public static List<Line> lines(Block block, int columns, Theme theme, DisplayWidth width) {
        BlockView view = new BlockView(theme, width, Math.max(20, columns));
        view.block(block);
        return view.lines;
    }

    private void block(Block block) {
        typed(block);
        steps(block);
        reading(block);
        if (!block.sql().isEmpty() && block.kind() != Block.Kind.SQL) {
            statement(block);
        }
        block.result().ifPresent(result -> {
            if (!result.columns().isEmpty()) {
                if (block.expanded()) {
                    expanded(result);
                } else {
                    table(result);
                }
            }
        });
        lines.addAll(block.lines());
        if (!block.streamed().isEmpty()) {
            wrapped("  ", block.streamed(), theme.text());
        }
        block.failure().ifPresent(this::failure);
        ask(block);
        status(block);
        lines.add(Line.EMPTY);
    }

    private void typed(Block block) {
        String mark = block.kind() == Block.Kind.QUESTION ? "❯ " : block.kind() == Block.Kind.SQL ? "» " : "\\ ";
        if (block.kind() == Block.Kind.SQL) {
            List<Line> sql = Text.sql(block.text(), columns - 2, theme, width);
            for (int i = 0; i < sql.size(); i++) {
                lines.add(sql.get(i).after(i == 0 ? mark : "  ", theme.accent()));
            }
            return;
        }
        List<String> parts = Text.wrap(block.text(), columns - 2, width);
        String lead = block.kind() == Block.Kind.COMMAND ? "› " : mark;
        for (int i = 0; i < parts.size(); i++) {
            lines.add(new Line(
                    List.of(new Span(i == 0 ? lead : "  ", theme.accent()), new Span(parts.get(i), theme.strong()))));
        }
    }

    private void steps(Block block) {
        if (block.folded() && !block.steps().isEmpty()) {
            lines.add(Line.of("  ▸ " + Counts.of(block.steps().size(), "step"), theme.dim()));
            return;
        }
        for (String step : block.steps()) {
            lines.add(Line.of("  · " + step, theme.dim()));
        }
    }

    private void reading(Block block) {
        if (!block.reading().isBlank()) {
            wrapped("  ", "Read as: " + block.reading(), theme.text());
        }
        for (String assumption : block.assumptions()) {
            wrapped("  ", "Assumed: " + assumption, theme.warning());
        }
    }

    private void statement(Block block) {
        if (block.folded()) {
            String first = block.sql().lines().findFirst().orElse("");
            lines.add(Line.of("  ▸ " + first + " …", theme.dim()));
            return;
        }
        for (Line line : Text.sql(block.sql(), columns - 4, theme, width)) {
            lines.add(line.after("  │ ", theme.dim()));
        }
    }

    private void wrapped(String indent, String text, Style style) {
        for (String part : Text.wrap(text, columns - indent.length(), width)) {
            lines.add(Line.of(indent + part, style));
        }
    }

    private void table(Result result) {
        List<ResultColumn> names = result.columns();
        long shown = Math.min(PREVIEW_ROWS, result.rows());
        List<Row> rows = new ArrayList<>();
        for (long i = 0; i < shown; i++) {
            result.row(i).ifPresent(rows::add);
        }
        int[] widths = widths(names, rows);
        int fitting = fitting(widths);
        if (fitting < names.size() && names.size() > 12 && columns < 60) {
            fitting = Math.max(1, fitting);
        }
        List<Span> header = new ArrayList<>();
        StringBuilder rule = new StringBuilder("  ");
        header.add(new Span("  ", theme.text()));
        for (int c = 0; c < fitting; c++) {
            String name = width.cut(PlainText.oneLine(names.get(c).name()), widths[c]);
            header.add(new Span(padded(name, widths[c], Values.isNumber(names.get(c))), theme.strong()));
            header.add(new Span(c < fitting - 1 ? " │ " : "", theme.dim()));
            rule.append("─".repeat(widths[c])).append(c < fitting - 1 ? "─┼─" : "");
        }
        if (fitting < names.size()) {
            header.add(new Span("  … " + Counts.of(names.size() - fitting, "more column"), theme.dim()));
        }
        lines.add(new Line(header));
        lines.add(Line.of(rule.toString(), theme.dim()));
        for (Row row : rows) {
            lines.add(row(row, names, widths, fitting));
        }
    }

    private int[] widths(List<ResultColumn> names, List<Row> rows) {
        int[] widths = new int[names.size()];
        for (int c = 0; c < widths.length; c++) {
            int most = width.of(PlainText.oneLine(names.get(c).name()));
            for (Row row : rows) {
                most = Math.max(most, width.of(PlainText.oneLine(Values.cell(row, c))));
            }
            widths[c] = Math.clamp(most, 1, WIDEST_CELL);
        }
        return widths;
    }

    /** How many columns fit, at least one. */
    private int fitting(int[] widths) {
        int used = 2;
        int count = 0;
        for (int one : widths) {
            used += one + (count == 0 ? 0 : 3);
            if (used > columns - (count + 1 < widths.length ? 18 : 0) && count > 0) {
                return count;
            }
            count++;
        }
        return count;
    }

    private Line row(Row row, List<ResultColumn> names, int[] widths, int fitting) {
        List<Span> spans = new ArrayList<>();
        spans.add(new Span("  ", theme.text()));
        for (int c = 0; c < fitting; c++) {
            String value = width.cut(PlainText.oneLine(Values.cell(row, c)), widths[c]);
            Style style = row.isNull(c) ? theme.dim() : theme.text();
            spans.add(new Span(padded(value, widths[c], Values.isNumber(names.get(c))), style));
            spans.add(new Span(c < fitting - 1 ? " │ " : "", theme.dim()));
        }
        return new Line(spans);
    }

    private String padded(String text, int columnWidth, boolean right) {
        String blanks = " ".repeat(Math.max(0, columnWidth - width.of(text)));
        return right ? blanks + text : text + blanks;
    }

    private void expanded(Result result) {
        List<ResultColumn> names = result.columns();
        int widest = 1;
        for (ResultColumn column : names) {
            widest = Math.max(widest, Math.min(30, width.of(PlainText.oneLine(column.name()))));
        }
        for (long i = 0; i < Math.min(3, result.rows()); i++) {
            lines.add(Line.of(
                    "  ─ row " + Counts.number(i + 1) + " " + "─".repeat(Math.min(30, columns - 20)), theme.dim()));
            Optional<Row> row = result.row(i);
            for (int c = 0; c < names.size() && row.isPresent(); c++) {
                String name = width.cut(PlainText.oneLine(names.get(c).name()), widest);
                lines.add(new Line(List.of(
                        new Span("  " + padded(name, widest, false) + "  ", theme.strong()),
                        new Span(
                                width.cut(
                                        PlainText.oneLine(Values.cell(row.get(), c)),
                                        Math.max(8, columns - widest - 6)),
                                row.get().isNull(c) ? theme.dim() : theme.text()))));
            }
        }
    }

    private void failure(Block.Failure failure) {
        wrapped("  ", "✗ " + failure.message(), theme.bad());
        for (int i = 0; i < failure.place().size(); i++) {
            lines.add(Line.of("    " + failure.place().get(i), i == 1 ? theme.bad() : theme.text()));
        }
        failure.hint().ifPresent(hint -> wrapped("    ", hint, theme.warning()));
    }

    private void ask(Block block) {
        if (!block.ask().isEmpty()) {
            wrapped("  ", "? " + block.ask(), theme.warning());
        }
        for (int i = 0; i < block.choices().size(); i++) {
            String words = block.choices().get(i).words();
            lines.add(new Line(List.of(
                    new Span("    " + (i + 1) + " ", theme.key()),
                    new Span(width.cut(PlainText.oneLine(words), Math.max(8, columns - 7)), theme.text()))));
        }
    }

    private void status(Block block) {
        switch (block.state()) {
            case QUEUED -> lines.add(Line.of("  … waits for the one before it", theme.dim()));
            case RUNNING -> lines.add(Line.of("  ⋯ " + block.doing(), theme.accent()));
            case STOPPED -> lines.add(Line.of("  ■ stopped; " + stoppedWords(block), theme.warning()));
            case DONE -> done(block);
            case FAILED -> {}
        }
    }

    private static String stoppedWords(Block block) {
        return block.doing().isEmpty() ? "the server has stopped working on it" : block.doing();
    }

    private void done(Block block) {
        List<String> parts = new ArrayList<>();
        block.result().ifPresent(result -> {
            if (!result.columns().isEmpty()) {
                parts.add(rowsWords(result));
            }
        });
        block.took().ifPresent(took -> parts.add(duration(took)));
        if (!block.by().isEmpty()) {
            parts.add(block.by());
        }
        if (block.result().isPresent() || !block.by().isEmpty()) {
            lines.add(Line.of("  ✓ " + String.join(" · ", parts), theme.good()));
        }
    }

    /** How many rows there are, and whether more exist. */
    public static String rowsWords(Result result) {
        return switch (result.reading()) {
            case COMPLETE -> Counts.rows(result.rows());
            case STARTING -> "no rows yet";
            case OPEN -> "first " + Counts.rows(result.rows()) + " read; more exist";
            case CLOSED -> Counts.rows(result.rows()) + " read; more exist";
        };
    }

    /** A duration as people say it: {@code 12 ms}, {@code 1.2 s}, {@code 2 min 3 s}. */
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        return millis < 60_000
                ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}
