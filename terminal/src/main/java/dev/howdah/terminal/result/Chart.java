package dev.howdah.terminal.result;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.render.Counts;
import dev.howdah.terminal.screen.Canvas;
import dev.howdah.terminal.screen.Theme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A picture of the rows that were read, in characters. It says of how many rows it is made, and whether more exist.
 */
public final class Chart {
    private static final int MOST_ROWS = 5_000;
    private static final String[] EIGHTHS = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    private static final char[] LEVELS = "▁▂▃▄▅▆▇█".toCharArray();

    /** Pictures. */
    public enum Kind {
        BAR,
        LINE,
        HISTOGRAM,
        SPARKLINE,
        SCATTER;

        /** The picture whose name begins with that letter; {@code x} is the scatter plot. */
        public static Optional<Kind> byLetter(String letter) {
            return switch (letter) {
                case "b" -> Optional.of(BAR);
                case "l" -> Optional.of(LINE);
                case "h" -> Optional.of(HISTOGRAM);
                case "s" -> Optional.of(SPARKLINE);
                case "x" -> Optional.of(SCATTER);
                default -> Optional.empty();
            };
        }
    }

    private final Kind kind;
    private final String title;
    private final List<String> labels;
    private final double[] values;
    private final double[] across;
    private final String note;

    private Chart(Kind kind, String title, List<String> labels, double[] values, double[] across, String note) {
        this.kind = kind;
        this.title = title;
        this.labels = labels;
        this.values = values;
        this.across = across;
        this.note = note;
    }

    /** The picture that fits the columns, if one does: numbers by days are a line, by anything else bars. */
    public static Optional<Kind> fitting(List<ResultColumn> columns) {
        Optional<Integer> number = lastNumber(columns);
        if (number.isEmpty() || columns.size() > 4) {
            return Optional.empty();
        }
        if (columns.size() == 1) {
            return Optional.of(Kind.HISTOGRAM);
        }
        return Optional.of(columns.stream().anyMatch(Values::isTime) ? Kind.LINE : Kind.BAR);
    }

    private static Optional<Integer> lastNumber(List<ResultColumn> columns) {
        for (int c = columns.size() - 1; c >= 0; c--) {
            if (Values.isNumber(columns.get(c))) {
                return Optional.of(c);
            }
        }
        return Optional.empty();
    }

    /** A picture of the last column of numbers, labelled by the first other column. */
    public static Chart of(Result result, Optional<Kind> wanted) {
        List<ResultColumn> columns = result.columns();
        Optional<Integer> number = lastNumber(columns);
        if (number.isEmpty()) {
            return new Chart(Kind.BAR, "", List.of(), new double[0], new double[0], "No column holds numbers.");
        }
        int value = number.get();
        int label = label(columns, value);
        int other = otherNumber(columns, value);
        int count = (int) Math.min(MOST_ROWS, result.rows());
        List<String> labels = new ArrayList<>(count);
        double[] values = new double[count];
        double[] across = new double[count];
        int used = 0;
        for (long i = result.firstRow(); i < result.rows() && used < count; i++) {
            Optional<Row> row = result.row(i);
            OptionalDouble one = row.map(r -> Values.number(r, value)).orElse(OptionalDouble.empty());
            if (row.isPresent() && one.isPresent() && Double.isFinite(one.getAsDouble())) {
                values[used] = one.getAsDouble();
                across[used] =
                        other < 0 ? used : Values.number(row.get(), other).orElse(0);
                labels.add(label < 0 ? String.valueOf(i + 1) : Values.cell(row.get(), label));
                used++;
            }
        }
        boolean more = result.rows() > used || result.reading() != Result.Reading.COMPLETE;
        String note = Counts.rows(used) + (more ? " of those read; more rows exist" : "");
        Kind kind = wanted.or(() -> fitting(columns)).orElse(Kind.BAR);
        String title = columns.get(value).name()
                + (label < 0 ? "" : " by " + columns.get(label).name());
        return new Chart(kind, title, labels, Arrays.copyOf(values, used), Arrays.copyOf(across, used), note);
    }

    private static int label(List<ResultColumn> columns, int value) {
        for (int c = 0; c < columns.size(); c++) {
            if (c != value && !Values.isNumber(columns.get(c))) {
                return c;
            }
        }
        return columns.size() > 1 ? (value == 0 ? 1 : 0) : -1;
    }

    private static int otherNumber(List<ResultColumn> columns, int value) {
        for (int c = 0; c < columns.size(); c++) {
            if (c != value && Values.isNumber(columns.get(c))) {
                return c;
            }
        }
        return -1;
    }

    /** Draws it. */
    public void draw(Canvas canvas, int x, int y, int columns, int rows, Theme theme) {
        canvas.put(x, y, kind.name().toLowerCase(Locale.ROOT) + ": " + title, theme.strong(), columns);
        canvas.put(
                x, y + rows - 1, note + "   b bars  l line  h histogram  s sparkline  x scatter", theme.dim(), columns);
        if (values.length == 0 || rows < 5) {
            canvas.put(x, y + 2, "There is nothing to draw.", theme.dim());
            return;
        }
        switch (kind) {
            case BAR -> bars(canvas, x, y + 2, columns, rows - 4, labels, values, theme);
            case HISTOGRAM -> histogram(canvas, x, y + 2, columns, rows - 4, theme);
            case SPARKLINE -> sparkline(canvas, x, y + 2, columns, theme);
            case LINE -> plot(canvas, x, y + 2, columns, rows - 4, true, theme);
            case SCATTER -> plot(canvas, x, y + 2, columns, rows - 4, false, theme);
        }
    }

    private static void bars(
            Canvas canvas, int x, int y, int columns, int rows, List<String> names, double[] values, Theme theme) {
        double most = Math.max(0, Arrays.stream(values).max().orElse(0));
        double least = Math.min(0, Arrays.stream(values).min().orElse(0));
        int nameWidth = 4;
        int numberWidth = 4;
        int shown = Math.min(rows, values.length);
        for (int i = 0; i < shown; i++) {
            nameWidth = Math.max(nameWidth, Math.min(columns / 3, canvas.widthOf(names.get(i))));
            numberWidth = Math.max(numberWidth, number(values[i]).length());
        }
        int room = Math.max(4, columns - nameWidth - numberWidth - 3);
        double span = most - least == 0 ? 1 : most - least;
        int zero = (int) Math.round(-least / span * room);
        for (int i = 0; i < shown; i++) {
            canvas.put(x, y + i, names.get(i), theme.text(), nameWidth);
            double length = Math.abs(values[i]) / span * room;
            int from = x + nameWidth + 1 + (values[i] < 0 ? zero - (int) Math.round(length) : zero);
            canvas.put(from, y + i, bar(length, values[i] < 0), values[i] < 0 ? theme.bad() : theme.accent());
            String number = number(values[i]);
            canvas.put(x + columns - number.length(), y + i, number, theme.text());
        }
        if (values.length > shown) {
            canvas.put(x, y + rows, "… " + Counts.number(values.length - shown) + " more", theme.dim());
        }
    }

    private static String bar(double length, boolean whole) {
        int full = (int) length;
        return whole
                ? "█".repeat((int) Math.max(1, Math.round(length)))
                : "█".repeat(full) + EIGHTHS[(int) ((length - full) * 8)];
    }

    private void histogram(Canvas canvas, int x, int y, int columns, int rows, Theme theme) {
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(0);
        int buckets = (int) Math.clamp(Math.ceil(Math.sqrt(values.length)), 1, Math.min(rows, 20));
        double width = most == least ? 1 : (most - least) / buckets;
        double[] counts = new double[buckets];
        for (double value : values) {
            counts[Math.min(buckets - 1, (int) ((value - least) / width))]++;
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < buckets; i++) {
            names.add(number(least + i * width) + " to " + number(least + (i + 1) * width));
        }
        bars(canvas, x, y, columns, rows, names, counts, theme);
    }

    private void sparkline(Canvas canvas, int x, int y, int columns, Theme theme) {
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(0);
        int points = Math.min(columns, values.length);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < points; i++) {
            int from = (int) ((long) i * values.length / points);
            int to = Math.max(from + 1, (int) ((long) (i + 1) * values.length / points));
            double mean = Arrays.stream(values, from, to).average().orElse(0);
            int level = most == least ? 3 : (int) Math.round((mean - least) / (most - least) * 7);
            line.append(LEVELS[level]);
        }
        canvas.put(x, y, line.toString(), theme.accent());
        canvas.put(
                x,
                y + 2,
                "least " + number(least) + "   most " + number(most) + "   last " + number(values[values.length - 1]),
                theme.text());
    }

    /** Points in Braille, two across and four down in each cell. */
    private void plot(Canvas canvas, int x, int y, int columns, int rows, boolean joined, Theme theme) {
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(0);
        double from = joined ? 0 : Arrays.stream(across).min().orElse(0);
        double to = joined ? values.length - 1 : Arrays.stream(across).max().orElse(0);
        int axis = Math.max(number(least).length(), number(most).length()) + 1;
        int wide = Math.max(2, columns - axis - 1);
        int high = Math.max(2, rows - 1);
        int[][] dots = new int[high][wide];
        int lastX = -1;
        int lastY = -1;
        for (int i = 0; i < values.length; i++) {
            double position = joined ? i : across[i];
            int px = to == from ? 0 : (int) Math.round((position - from) / (to - from) * (wide * 2 - 1));
            int py = most == least ? high * 2 : (int) Math.round((most - values[i]) / (most - least) * (high * 4 - 1));
            if (joined && lastX >= 0) {
                line(dots, lastX, lastY, px, py);
            }
            dot(dots, px, py);
            lastX = px;
            lastY = py;
        }
        for (int row = 0; row < high; row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < wide; column++) {
                line.append(dots[row][column] == 0 ? ' ' : (char) (0x2800 + dots[row][column]));
            }
            canvas.put(x + axis, y + row, "│", theme.dim());
            canvas.put(x + axis + 1, y + row, line.toString(), theme.accent());
        }
        canvas.put(x + axis - number(most).length(), y, number(most), theme.text());
        canvas.put(x + axis - number(least).length(), y + high - 1, number(least), theme.text());
        String first = joined ? labels.getFirst() : number(from);
        String last = joined ? labels.getLast() : number(to);
        canvas.put(x + axis + 1, y + high, first, theme.dim(), wide / 2);
        canvas.put(x + columns - Math.min(wide / 2, canvas.widthOf(last)), y + high, last, theme.dim(), wide / 2);
    }

    private static void line(int[][] dots, int x0, int y0, int x1, int y1) {
        int steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0));
        for (int i = 1; i < steps; i++) {
            dot(dots, x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps);
        }
    }

    private static void dot(int[][] dots, int x, int y) {
        int row = Math.clamp(y / 4, 0, dots.length - 1);
        int column = Math.clamp(x / 2, 0, dots[0].length - 1);
        int[] left = {0x01, 0x02, 0x04, 0x40};
        int[] right = {0x08, 0x10, 0x20, 0x80};
        dots[row][column] |= x % 2 == 0 ? left[y % 4] : right[y % 4];
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Counts.number((long) value);
        }
        return String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.4f" : "%,.2f", value);
    }
}
