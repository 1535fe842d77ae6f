package dev.howdah.terminal.result;

import dev.howdah.base.PlainText;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.render.Counts;
import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.screen.Canvas;
import dev.howdah.terminal.screen.Text;
import dev.howdah.terminal.screen.Theme;
import dev.tamboui.style.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A result with a cursor in it. It asks the result for the cells that are seen and for nothing else, so it costs the same
 * for ten rows and for ten million. For the drawing thread only.
 */
public final class Grid {
    private static final int WIDEST = 40;
    private static final int NARROWEST = 3;

    /** How the result is shown. */
    public enum Shape {
        TABLE,
        /** One row, a value a line. */
        RECORD,
        /** One value on a screen of its own. */
        CELL,
        CHART
    }

    /** What a key asked for that the grid cannot do itself. */
    public enum Wish {
        /** The key meant something here, and it is done. */
        NONE,
        /** The key means nothing here. */
        UNKNOWN,
        BACK,
        SORT,
        FILTER,
        SEARCH,
        EXPORT,
        RERUN,
        COPY_CELL,
        COPY_ROW
    }

    private final Result result;
    private final String title;
    private Shape shape = Shape.TABLE;
    private long row;
    private long top;
    private int column;
    private int left;
    private int frozen;
    private int scroll;
    private int page = 10;
    private int[] adjusted = new int[0];
    private long selectedFrom = -1;
    private boolean grouped;
    private boolean following;
    private String search = "";
    private String said = "";
    private Optional<Chart.Kind> chart = Optional.empty();

    /** Looks at a result. */
    public Grid(Result result, String title) {
        this.result = result;
        this.title = title;
    }

    /** What is looked at. */
    public Result result() {
        return result;
    }

    /** How it is shown. */
    public Shape shape() {
        return shape;
    }

    /** The row with the cursor, from 0. */
    public long row() {
        return row;
    }

    /** The column with the cursor, from 0. */
    public int column() {
        return column;
    }

    /** Whether numbers have separators between thousands. */
    public boolean grouped() {
        return grouped;
    }

    /** Shows a chart. */
    public void chart(Optional<Chart.Kind> kind) {
        chart = kind;
        shape = Shape.CHART;
    }

    /** Something to say below the grid. */
    public void say(String words) {
        said = words;
    }

    /** Does what the key means to a grid. */
    public Wish press(Key key) {
        said = "";
        return switch (shape) {
            case TABLE -> table(key);
            case RECORD -> record(key);
            case CELL -> cell(key);
            case CHART -> charted(key);
        };
    }

    private Wish table(Key key) {
        Wish moved = move(key);
        if (moved != Wish.UNKNOWN) {
            return moved;
        }
        if (key.is(Key.Code.ESCAPE) || key.isChar('q')) {
            if (result.isLoadingAll()) {
                following = false;
                result.wantNoMore();
                return Wish.NONE;
            }
            if (selectedFrom >= 0) {
                selectedFrom = -1;
                return Wish.NONE;
            }
            return Wish.BACK;
        }
        if (key.is(Key.Code.ENTER)) {
            shape = Shape.RECORD;
            scroll = 0;
            return Wish.NONE;
        }
        return key.isPrintable() ? letter(key.text()) : Wish.UNKNOWN;
    }

    private Wish letter(String letter) {
        switch (letter) {
            case "v" -> {
                shape = Shape.CELL;
                scroll = 0;
            }
            case "V" -> selectedFrom = selectedFrom < 0 ? row : -1;
            case "z" -> frozen = frozen == column + 1 ? 0 : column + 1;
            case ">" -> adjust(8);
            case "<" -> adjust(-8);
            case "#" -> grouped = !grouped;
            case "c" -> chart(Optional.empty());
            case "n" -> find(1);
            case "N" -> find(-1);
            case "/" -> {
                return Wish.SEARCH;
            }
            case "s" -> {
                return Wish.SORT;
            }
            case "f" -> {
                return Wish.FILTER;
            }
            case "e" -> {
                return Wish.EXPORT;
            }
            case "r" -> {
                return Wish.RERUN;
            }
            case "y" -> {
                return Wish.COPY_CELL;
            }
            case "Y" -> {
                return Wish.COPY_ROW;
            }
            default -> {
                return Wish.UNKNOWN;
            }
        }
        return Wish.NONE;
    }

    private Wish move(Key key) {
        int last = result.columns().size() - 1;
        if (key.is(Key.Code.UP) || key.isChar('k') || key.is(Key.Code.WHEEL_UP)) {
            to(row - 1);
        } else if (key.is(Key.Code.DOWN) || key.isChar('j') || key.is(Key.Code.WHEEL_DOWN)) {
            to(row + 1);
        } else if (key.is(Key.Code.PAGE_DOWN) || key.isChar(' ') || key.isCtrl('f')) {
            top += page;
            to(row + page);
        } else if (key.is(Key.Code.PAGE_UP) || key.isCtrl('b')) {
            top -= page;
            to(row - page);
        } else if (key.isChar('g') || (key.code() == Key.Code.HOME && key.ctrl())) {
            to(0);
        } else if (key.isChar('G') || (key.code() == Key.Code.END && key.ctrl())) {
            following = true;
            result.want(Long.MAX_VALUE);
            row = Math.max(0, result.rows() - 1);
        } else if (key.is(Key.Code.LEFT) || key.isChar('h')) {
            column = Math.max(0, column - 1);
        } else if (key.is(Key.Code.RIGHT) || key.isChar('l') || key.is(Key.Code.TAB)) {
            column = Math.min(Math.max(0, last), column + 1);
        } else if (key.is(Key.Code.HOME) || key.isChar('0')) {
            column = 0;
        } else if (key.is(Key.Code.END) || key.isChar('$')) {
            column = Math.max(0, last);
        } else {
            return Wish.UNKNOWN;
        }
        return Wish.NONE;
    }

    private void to(long target) {
        following = false;
        long most = Math.max(0, result.rows() - 1);
        row = Math.clamp(target, Math.min(result.firstRow(), most), most);
        result.want(target);
    }

    private Wish record(Key key) {
        if (key.is(Key.Code.ESCAPE) || key.isChar('q') || key.is(Key.Code.ENTER)) {
            shape = Shape.TABLE;
        } else if (key.is(Key.Code.RIGHT) || key.isChar('l') || key.isChar(' ')) {
            to(row + 1);
        } else if (key.is(Key.Code.LEFT) || key.isChar('h')) {
            to(row - 1);
        } else if (key.is(Key.Code.DOWN) || key.isChar('j') || key.is(Key.Code.WHEEL_DOWN)) {
            column = Math.min(result.columns().size() - 1, column + 1);
        } else if (key.is(Key.Code.UP) || key.isChar('k') || key.is(Key.Code.WHEEL_UP)) {
            column = Math.max(0, column - 1);
        } else if (key.is(Key.Code.PAGE_DOWN)) {
            column = Math.min(result.columns().size() - 1, column + page);
        } else if (key.is(Key.Code.PAGE_UP)) {
            column = Math.max(0, column - page);
        } else {
            return key.isPrintable() ? letter(key.text()) : Wish.UNKNOWN;
        }
        return Wish.NONE;
    }

    private Wish cell(Key key) {
        if (key.is(Key.Code.ESCAPE) || key.isChar('q') || key.isChar('v')) {
            shape = Shape.TABLE;
        } else if (key.is(Key.Code.DOWN) || key.isChar('j') || key.is(Key.Code.WHEEL_DOWN)) {
            scroll++;
        } else if (key.is(Key.Code.UP) || key.isChar('k') || key.is(Key.Code.WHEEL_UP)) {
            scroll = Math.max(0, scroll - 1);
        } else if (key.is(Key.Code.PAGE_DOWN) || key.isChar(' ')) {
            scroll += page;
        } else if (key.is(Key.Code.PAGE_UP)) {
            scroll = Math.max(0, scroll - page);
        } else if (key.isChar('y')) {
            return Wish.COPY_CELL;
        } else {
            return Wish.UNKNOWN;
        }
        return Wish.NONE;
    }

    private Wish charted(Key key) {
        if (key.is(Key.Code.ESCAPE) || key.isChar('q')) {
            shape = Shape.TABLE;
            return Wish.NONE;
        }
        Optional<Chart.Kind> kind = key.isPrintable() ? Chart.Kind.byLetter(key.text()) : Optional.empty();
        if (kind.isPresent()) {
            chart = kind;
            return Wish.NONE;
        }
        return Wish.UNKNOWN;
    }

    private void adjust(int by) {
        if (adjusted.length <= column) {
            adjusted = java.util.Arrays.copyOf(adjusted, result.columns().size());
        }
        adjusted[column] += by;
    }

    /** Looks for a text in the rows that were read, from the cursor on. */
    public void search(String text) {
        search = text;
        find(0);
    }

    private void find(int direction) {
        if (search.isEmpty()) {
            said = "Nothing to search for: / asks for it.";
            return;
        }
        String wanted = search.toLowerCase(Locale.ROOT);
        int step = direction < 0 ? -1 : 1;
        long rows = result.rows();
        int columns = result.columns().size();
        long at = row * columns + column + (direction == 0 ? 0 : step);
        for (long tried = 0; at >= result.firstRow() * columns && at < rows * columns && tried < 2_000_000; tried++) {
            long candidate = at / columns;
            int where = (int) (at % columns);
            Optional<Row> found = result.row(candidate);
            if (found.isPresent()
                    && Values.cell(found.get(), where).toLowerCase(Locale.ROOT).contains(wanted)) {
                row = candidate;
                column = where;
                return;
            }
            at += step;
        }
        said = "\"" + search + "\" is not in the " + Counts.rows(rows) + " that were read.";
    }

    /** The value under the cursor; empty for NULL and when there is none. */
    public String cellText() {
        return result.row(row)
                .filter(one -> column < one.size())
                .map(one -> one.text(column))
                .orElse("");
    }

    /** The selected rows, or the one with the cursor, as lines of values between tabs; at most 1,000. */
    public String rowsText() {
        long from = selectedFrom < 0 ? row : Math.min(selectedFrom, row);
        long to = selectedFrom < 0 ? row : Math.max(selectedFrom, row);
        StringBuilder text = new StringBuilder();
        for (long i = from; i <= Math.min(to, from + 999); i++) {
            Optional<Row> one = result.row(i);
            for (int c = 0; one.isPresent() && c < one.get().size(); c++) {
                String value = one.get().text(c);
                text.append(c == 0 ? "" : "\t").append(value == null ? "" : value.replace('\t', ' '));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** How many rows are selected; 1 if only the one with the cursor. */
    public long selectedRows() {
        return selectedFrom < 0 ? 1 : Math.abs(row - selectedFrom) + 1;
    }

    /** Draws it. */
    public void draw(Canvas canvas, int x, int y, int columns, int rows, Theme theme) {
        if (following && result.rows() > 0) {
            row = result.rows() - 1;
            following = result.isLoadingAll();
        }
        if (result.columns().isEmpty()) {
            canvas.put(x + 1, y, "waiting for the first row …", theme.dim());
            return;
        }
        column = Math.min(column, result.columns().size() - 1);
        page = Math.max(1, rows - 4);
        switch (shape) {
            case TABLE -> drawTable(canvas, x, y, columns, rows - 1, theme);
            case RECORD -> drawRecord(canvas, x, y, columns, rows - 1, theme);
            case CELL -> drawCell(canvas, x, y, columns, rows - 1, theme);
            case CHART -> Chart.of(result, chart).draw(canvas, x + 1, y, columns - 2, rows - 1, theme);
        }
        footer(canvas, x, y + rows - 1, columns, theme);
    }

    private void footer(Canvas canvas, int x, int y, int columns, Theme theme) {
        String where = result.rows() == 0
                ? "no rows"
                : "row " + Counts.number(row + 1) + " of "
                        + switch (result.reading()) {
                            case COMPLETE -> Counts.number(result.rows());
                            case OPEN, STARTING -> Counts.number(result.rows()) + " read, more rows exist";
                            case CLOSED -> Counts.number(result.rows()) + " read; more rows exist, r reads again";
                        };
        if (result.isLoadingAll()) {
            where = "reading to the end: " + Counts.rows(result.rows()) + " so far; Esc stops";
        }
        if (result.firstRow() > 0) {
            where += " (rows before " + Counts.number(result.firstRow() + 1) + " are no longer kept)";
        }
        String words = said.isEmpty() ? where : said;
        Style style = said.isEmpty() && result.reading() == Result.Reading.COMPLETE ? theme.dim() : theme.warning();
        int at = canvas.put(x + 1, y, words, style, columns - 2);
        String name = PlainText.oneLine(title);
        if (columns - at > 12) {
            String cut = canvas.measure().cut(name, columns - at - 4);
            canvas.put(columns - canvas.widthOf(cut) - 1, y, cut, theme.dim());
        }
    }

    private int widthOf(int index, int[] seen) {
        int natural = seen[index] + (grouped && Values.isNumber(result.columns().get(index)) ? seen[index] / 3 : 0);
        int more = index < adjusted.length ? adjusted[index] : 0;
        return Math.max(NARROWEST, Math.min(natural, WIDEST) + more);
    }

    /** Which columns are seen, left to right: the frozen ones first. */
    private List<Integer> visible(int room, int[] seen) {
        int fixed = Math.min(frozen, result.columns().size());
        left = Math.clamp(left, fixed, Math.max(fixed, result.columns().size() - 1));
        if (column < left && column >= fixed) {
            left = column;
        }
        List<Integer> shown = fit(room, seen, fixed);
        while (column >= fixed && !shown.contains(column) && left < column) {
            left++;
            shown = fit(room, seen, fixed);
        }
        return shown;
    }

    private List<Integer> fit(int room, int[] seen, int fixed) {
        List<Integer> shown = new ArrayList<>();
        int used = 0;
        for (int c = 0; c < result.columns().size(); c++) {
            if (c >= fixed && c < left) {
                continue;
            }
            int wide = widthOf(c, seen) + 3;
            boolean whole = used + wide <= room + 3;
            if (!whole && !shown.isEmpty() && shown.getLast() >= fixed) {
                break;
            }
            shown.add(c);
            used += wide;
            if (used >= room) {
                break;
            }
        }
        return shown;
    }

    private void drawTable(Canvas canvas, int x, int y, int columns, int rows, Theme theme) {
        int body = Math.max(1, rows - 2);
        long count = result.rows();
        row = Math.clamp(row, 0, Math.max(0, count - 1));
        top = Math.clamp(top, Math.max(0, row - body + 1), row);
        top = Math.max(top, Math.min(result.firstRow(), row));
        result.want(top + body);
        int[] seen = result.widths();
        int gutter = String.valueOf(Math.max(1, top + body)).length() + 1;
        List<Integer> shown = visible(columns - gutter - 2, seen);
        header(canvas, x + gutter + 1, y, columns - gutter - 2, shown, seen, theme);
        canvas.rule(x, y + 1, columns, theme.dim());
        for (int i = 0; i < body && top + i < count; i++) {
            long number = top + i;
            boolean here = number == row;
            boolean selected =
                    selectedFrom >= 0 && number >= Math.min(selectedFrom, row) && number <= Math.max(selectedFrom, row);
            String label = String.valueOf(number + 1);
            canvas.put(x + gutter - label.length(), y + 2 + i, label, here ? theme.accent() : theme.dim());
            Optional<Row> data = result.row(number);
            if (data.isPresent()) {
                drawRow(
                        canvas,
                        x + gutter + 1,
                        y + 2 + i,
                        columns - gutter - 2,
                        shown,
                        seen,
                        data.get(),
                        here,
                        selected,
                        theme);
            }
        }
    }

    private void header(Canvas canvas, int x, int y, int room, List<Integer> shown, int[] seen, Theme theme) {
        int at = x;
        for (int c : shown) {
            int wide = Math.min(widthOf(c, seen), x + room - at);
            ResultColumn one = result.columns().get(c);
            aligned(
                    canvas,
                    at,
                    y,
                    one.name(),
                    wide,
                    Values.isNumber(one),
                    c == column ? theme.accent() : theme.strong());
            at += wide;
            if (at + 3 <= x + room) {
                canvas.put(at, y, c == frozen - 1 ? " ┃ " : " │ ", theme.dim());
            }
            at += 3;
        }
        int hidden = result.columns().size() - shown.getLast() - 1;
        if (hidden > 0) {
            String more = "+" + hidden + " →";
            canvas.put(x + room - more.length() + 1, y, more, theme.key());
        }
    }

    private void drawRow(
            Canvas canvas,
            int x,
            int y,
            int room,
            List<Integer> shown,
            int[] seen,
            Row data,
            boolean here,
            boolean selected,
            Theme theme) {
        int at = x;
        for (int c : shown) {
            int wide = Math.min(widthOf(c, seen), x + room - at);
            if (wide <= 0) {
                return;
            }
            boolean focus = here && c == column;
            Style style = focus || selected ? theme.selected() : data.isNull(c) ? theme.dim() : theme.text();
            if (focus || selected) {
                canvas.fill(at, y, wide, 1, style);
            }
            aligned(
                    canvas,
                    at,
                    y,
                    shown(data, c),
                    wide,
                    Values.isNumber(result.columns().get(c)),
                    style);
            at += wide;
            if (at + 3 <= x + room) {
                canvas.put(at, y, c == frozen - 1 ? " ┃ " : " │ ", theme.dim());
            }
            at += 3;
        }
    }

    private String shown(Row data, int c) {
        String value = Values.cell(data, c);
        return grouped && Values.isNumber(result.columns().get(c)) ? grouped(value) : value;
    }

    private static String grouped(String number) {
        int dot = number.indexOf('.');
        int end = dot < 0 ? number.length() : dot;
        int start = number.startsWith("-") ? 1 : 0;
        if (end - start < 4 || !number.substring(start, end).chars().allMatch(Character::isDigit)) {
            return number;
        }
        StringBuilder text = new StringBuilder(number);
        for (int at = end - 3; at > start; at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    private static void aligned(Canvas canvas, int x, int y, String text, int wide, boolean right, Style style) {
        if (!right) {
            canvas.put(x, y, text, style, wide);
            return;
        }
        int blanks = Math.max(0, wide - canvas.widthOf(text));
        canvas.put(x + blanks, y, text, style, wide - blanks);
    }

    private void drawRecord(Canvas canvas, int x, int y, int columns, int rows, Theme theme) {
        Optional<Row> data = result.row(row);
        int names = 8;
        for (ResultColumn one : result.columns()) {
            names = Math.max(names, Math.min(32, canvas.widthOf(one.name())));
        }
        int body = rows - 2;
        int first =
                Math.clamp(column - body / 2L, 0, Math.max(0, result.columns().size() - body));
        canvas.put(x + 1, y, "row " + Counts.number(row + 1), theme.strong());
        canvas.rule(x, y + 1, columns, theme.dim());
        for (int i = 0; i < body && first + i < result.columns().size(); i++) {
            int c = first + i;
            ResultColumn one = result.columns().get(c);
            boolean here = c == column;
            canvas.put(x + 1, y + 2 + i, one.name(), here ? theme.accent() : theme.strong(), names);
            int values = x + names + 3;
            int types = Math.max(0, Math.min(14, columns / 5));
            if (data.isPresent()) {
                Style style = here ? theme.selected() : data.get().isNull(c) ? theme.dim() : theme.text();
                canvas.put(values, y + 2 + i, shown(data.get(), c), style, columns - values - types - 1);
            }
            canvas.put(x + columns - types, y + 2 + i, one.typeName(), theme.dim(), types);
        }
    }

    private void drawCell(Canvas canvas, int x, int y, int columns, int rows, Theme theme) {
        ResultColumn one = result.columns().get(column);
        canvas.put(
                x + 1,
                y,
                one.name() + " of row " + Counts.number(row + 1) + " (" + one.typeName() + ")",
                theme.strong());
        canvas.rule(x, y + 1, columns, theme.dim());
        Optional<Row> data = result.row(row);
        if (data.isEmpty() || data.get().isNull(column)) {
            canvas.put(x + 1, y + 2, "NULL", theme.dim());
            return;
        }
        List<String> lines = new ArrayList<>();
        String text = cellText();
        List<String> parts = Values.isJson(one) ? Values.prettyJson(text) : List.of(text);
        for (String part : parts) {
            lines.addAll(Text.wrap(part, columns - 2, canvas.measure()));
        }
        int body = rows - 2;
        scroll = Math.clamp(scroll, 0, Math.max(0, lines.size() - body));
        for (int i = 0; i < body && scroll + i < lines.size(); i++) {
            canvas.put(x + 1, y + 2 + i, lines.get(scroll + i), theme.text(), columns - 2);
        }
        if (lines.size() > body) {
            String at = "lines " + (scroll + 1) + "–" + Math.min(lines.size(), scroll + body) + " of " + lines.size();
            canvas.put(x + columns - canvas.widthOf(at) - 1, y, at, theme.dim());
        }
    }
}
