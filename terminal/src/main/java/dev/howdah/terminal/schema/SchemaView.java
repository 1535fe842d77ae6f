package dev.howdah.terminal.schema;

import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.render.Counts;
import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.screen.Canvas;
import dev.howdah.terminal.screen.Text;
import dev.howdah.terminal.screen.Text.Line;
import dev.howdah.terminal.screen.Text.Span;
import dev.howdah.terminal.screen.Theme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The schemas and relations as a tree on the left, and what is known of the selected one on the right. For the drawing
 * thread only.
 */
public final class SchemaView {
    private final Catalog catalog;
    private final Set<String> open = new HashSet<>();
    private String filter = "";
    private boolean filtering;
    private boolean diagram;
    private int at;
    private int first;
    private int scroll;
    private int page = 10;

    private record Node(String schema, Optional<Relation> relation) {}

    /** Looks at a catalog; the schemas of the search path are open. */
    public SchemaView(Catalog catalog) {
        this.catalog = catalog;
        open.addAll(catalog.searchPath());
        if (nodes().stream().noneMatch(node -> node.relation().isPresent())) {
            catalog.relations().forEach(relation -> open.add(relation.schema()));
        }
    }

    /** The selected relation. */
    public Optional<Relation> selected() {
        List<Node> nodes = nodes();
        return at < nodes.size() ? nodes.get(at).relation() : Optional.empty();
    }

    /** Goes to a relation. */
    public void select(Relation relation) {
        filter = "";
        open.add(relation.schema());
        List<Node> nodes = nodes();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).relation().filter(relation::equals).isPresent()) {
                at = i;
            }
        }
    }

    private List<Node> nodes() {
        List<Relation> relations = new ArrayList<>(catalog.relations());
        relations.removeIf(relation -> relation.partition()
                || !relation.name().toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT)));
        relations.sort(Comparator.comparing(Relation::schema).thenComparing(Relation::name));
        List<Node> nodes = new ArrayList<>();
        String schema = "";
        for (Relation relation : relations) {
            if (!relation.schema().equals(schema)) {
                schema = relation.schema();
                nodes.add(new Node(schema, Optional.empty()));
            }
            if (open.contains(schema) || !filter.isEmpty()) {
                nodes.add(new Node(schema, Optional.of(relation)));
            }
        }
        return nodes;
    }

    /** Whether letters go into the filter. */
    public boolean isFiltering() {
        return filtering;
    }

    /** Does what the key means here; false if it means nothing. */
    public boolean press(Key key) {
        if (filtering) {
            return filter(key);
        }
        int last = Math.max(0, nodes().size() - 1);
        if (key.is(Key.Code.UP) || key.isChar('k') || key.is(Key.Code.WHEEL_UP)) {
            to(at - 1, last);
        } else if (key.is(Key.Code.DOWN) || key.isChar('j') || key.is(Key.Code.WHEEL_DOWN)) {
            to(at + 1, last);
        } else if (key.is(Key.Code.PAGE_DOWN)) {
            to(at + page, last);
        } else if (key.is(Key.Code.PAGE_UP)) {
            to(at - page, last);
        } else if (key.is(Key.Code.HOME) || key.isChar('g')) {
            to(0, last);
        } else if (key.is(Key.Code.END) || key.isChar('G')) {
            to(last, last);
        } else if (key.isChar('/')) {
            filtering = true;
        } else if (key.isChar('d')) {
            diagram = !diagram;
            scroll = 0;
        } else if (key.isChar(' ') || (key.is(Key.Code.ENTER) && selected().isEmpty())) {
            fold();
        } else if (key.isChar('J')) {
            scroll++;
        } else if (key.isChar('K')) {
            scroll = Math.max(0, scroll - 1);
        } else {
            return false;
        }
        return true;
    }

    private boolean filter(Key key) {
        if (key.is(Key.Code.ESCAPE)) {
            filtering = false;
            filter = "";
        } else if (key.is(Key.Code.ENTER) || key.is(Key.Code.DOWN)) {
            filtering = false;
            at = nodes().size() > 1 ? 1 : 0;
        } else if (key.is(Key.Code.BACKSPACE)) {
            filter = filter.isEmpty() ? "" : filter.substring(0, filter.length() - 1);
        } else if (key.isPrintable()) {
            filter += key.text();
        } else {
            return false;
        }
        at = Math.min(at, Math.max(0, nodes().size() - 1));
        if (filtering) {
            at = nodes().size() > 1 ? 1 : 0;
        }
        return true;
    }

    private void to(int target, int last) {
        at = Math.clamp(target, 0, last);
        scroll = 0;
    }

    private void fold() {
        List<Node> nodes = nodes();
        if (at >= nodes.size()) {
            return;
        }
        String schema = nodes.get(at).schema();
        if (!open.remove(schema)) {
            open.add(schema);
        }
        List<Node> after = nodes();
        for (int i = 0; i < after.size(); i++) {
            if (after.get(i).schema().equals(schema) && after.get(i).relation().isEmpty()) {
                at = i;
            }
        }
    }

    /** Draws it. */
    public void draw(Canvas canvas, int x, int y, int columns, int rows, Theme theme) {
        page = Math.max(1, rows - 2);
        List<Node> nodes = nodes();
        at = Math.min(at, Math.max(0, nodes.size() - 1));
        int tree = Math.clamp(columns / 3, 20, 44);
        int body = rows - 1;
        first = Math.clamp(first, Math.max(0, at - body + 1), at);
        String heading = filtering || !filter.isEmpty() ? "/" + filter + (filtering ? "▏" : "") : catalog.database();
        canvas.put(x + 1, y, heading, filtering ? theme.accent() : theme.strong(), tree - 2);
        for (int i = 0; i < body && first + i < nodes.size(); i++) {
            Node node = nodes.get(first + i);
            boolean here = first + i == at;
            int line = y + 1 + i;
            if (here) {
                canvas.fill(x, line, tree, 1, theme.selected());
            }
            if (node.relation().isEmpty()) {
                boolean isOpen = open.contains(node.schema()) || !filter.isEmpty();
                canvas.put(
                        x + 1,
                        line,
                        (isOpen ? "▾ " : "▸ ") + node.schema(),
                        here ? theme.selected() : theme.strong(),
                        tree - 2);
            } else {
                drawRelation(canvas, x, line, tree, node.relation().get(), here, theme);
            }
        }
        for (int i = 0; i < rows; i++) {
            canvas.put(x + tree, y + i, "│", theme.dim());
        }
        if (nodes.isEmpty()) {
            canvas.put(
                    x + 1,
                    y + 1,
                    filter.isEmpty() ? "There is nothing in it." : "Nothing is called that.",
                    theme.dim(),
                    tree - 2);
        }
        details(canvas, x + tree + 2, y, columns - tree - 3, rows, theme);
    }

    private static void drawRelation(
            Canvas canvas, int x, int y, int tree, Relation relation, boolean here, Theme theme) {
        String size = relation.rowEstimate() < 0 ? "" : "~" + Counts.number(Math.round(relation.rowEstimate()));
        String sign = relation.kind() == Relation.Kind.TABLE || relation.kind() == Relation.Kind.PARTITIONED_TABLE
                ? ""
                : "◇ ";
        canvas.put(x + 4, y, sign + relation.name(), here ? theme.selected() : theme.text(), tree - 6 - size.length());
        canvas.put(x + tree - size.length() - 1, y, size, here ? theme.selected() : theme.dim());
    }

    private void details(Canvas canvas, int x, int y, int columns, int rows, Theme theme) {
        Optional<Relation> relation = selected();
        if (relation.isEmpty()) {
            canvas.put(
                    x, y, Counts.of(catalog.relations().size(), "relation") + " in " + catalog.database(), theme.dim());
            return;
        }
        List<Line> lines = diagram ? diagram(relation.get(), theme) : describe(relation.get(), theme);
        scroll = Math.clamp(scroll, 0, Math.max(0, lines.size() - rows));
        for (int i = 0; i < rows && scroll + i < lines.size(); i++) {
            Text.draw(canvas, x, y + i, lines.get(scroll + i), columns);
        }
        if (lines.size() > rows + scroll) {
            canvas.put(x + columns - 12, y + rows - 1, " ↓ J scrolls ", theme.key());
        }
    }

    private List<Line> describe(Relation relation, Theme theme) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(
                relation.schema() + "." + relation.name() + "  ("
                        + relation.kind().words() + ")",
                theme.strong()));
        relation.comment().ifPresent(comment -> lines.add(Line.of(comment, theme.dim())));
        if (relation.rowEstimate() >= 0) {
            lines.add(Line.of(
                    "about " + Counts.rows(Math.round(relation.rowEstimate())) + " (the planner's estimate)",
                    theme.dim()));
        }
        lines.add(Line.EMPTY);
        int names = 4;
        int types = 4;
        for (Column column : relation.columns()) {
            names = Math.max(names, Math.min(30, column.name().length()));
            types = Math.max(types, Math.min(26, column.type().name().length()));
        }
        for (Column column : relation.columns()) {
            lines.add(columnLine(relation, column, names, types, theme));
        }
        section(
                lines,
                "Foreign keys",
                theme,
                relation.foreignKeys().stream()
                        .map(key -> keyWords(relation, key))
                        .toList());
        section(lines, "Referenced by", theme, referencing(relation));
        section(
                lines,
                "Indexes",
                theme,
                relation.indexes().stream()
                        .map(index -> index.name() + (index.unique() ? " unique" : "") + " " + index.method() + " "
                                + index.definition().orElse("(" + names(relation, index.columns()) + ")"))
                        .toList());
        section(
                lines,
                "Checks",
                theme,
                relation.checks().stream()
                        .map(check -> check.name() + " " + check.expression())
                        .toList());
        return lines;
    }

    private Line columnLine(Relation relation, Column column, int names, int types, Theme theme) {
        String mark = relation.primaryKey().contains(column.number())
                ? "⚷ "
                : relation.foreignKeys().stream().anyMatch(key -> key.columns().contains(column.number()))
                        ? "→ "
                        : "  ";
        List<Span> spans = new ArrayList<>();
        spans.add(new Span(mark, theme.accent()));
        spans.add(new Span(pad(column.name(), names) + "  ", theme.text()));
        spans.add(new Span(pad(column.type().name(), types) + "  ", theme.keyword()));
        spans.add(new Span(column.notNull() ? "not null  " : "          ", theme.dim()));
        column.defaultExpression().ifPresent(text -> spans.add(new Span("= " + text + "  ", theme.dim())));
        if (!column.type().labels().isEmpty()) {
            spans.add(new Span(String.join(" | ", column.type().labels()) + "  ", theme.string()));
        }
        column.comment().ifPresent(comment -> spans.add(new Span("-- " + comment, theme.comment())));
        return new Line(spans);
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    private static void section(List<Line> lines, String title, Theme theme, List<String> entries) {
        if (!entries.isEmpty()) {
            lines.add(Line.EMPTY);
            lines.add(Line.of(title, theme.strong()));
            entries.forEach(entry -> lines.add(Line.of("  " + entry, theme.text())));
        }
    }

    private static String names(Relation relation, List<Integer> numbers) {
        List<String> names = new ArrayList<>();
        for (int number : numbers) {
            names.add(relation.column(number).map(Column::name).orElse("…"));
        }
        return String.join(", ", names);
    }

    private String keyWords(Relation relation, ForeignKey key) {
        Optional<Relation> other = catalog.relation(key.referenced());
        return names(relation, key.columns()) + " → "
                + other.map(Relation::name).orElse("?") + "("
                + other.map(one -> names(one, key.referencedColumns())).orElse("?") + ")"
                + (key.onDelete() == ForeignKey.Action.CASCADE ? "  on delete cascade" : "");
    }

    private List<String> referencing(Relation relation) {
        List<String> words = new ArrayList<>();
        for (Relation other : catalog.relations()) {
            for (ForeignKey key : other.foreignKeys()) {
                if (key.referenced() == relation.oid() && !other.partition()) {
                    words.add(other.name() + "(" + names(other, key.columns()) + ")");
                }
            }
        }
        return words;
    }

    /** The relation in the middle, what refers to it on the left, what it refers to on the right. */
    private List<Line> diagram(Relation relation, Theme theme) {
        List<String> from = referencing(relation).stream()
                .map(word -> word.replaceFirst("\\(.*", ""))
                .distinct()
                .toList();
        List<String> to = relation.foreignKeys().stream()
                .map(key ->
                        catalog.relation(key.referenced()).map(Relation::name).orElse("?") + " ("
                                + names(relation, key.columns()) + ")")
                .distinct()
                .toList();
        int wide = from.stream().mapToInt(String::length).max().orElse(0);
        String name = relation.name();
        int count = Math.max(1, Math.max(from.size(), to.size()));
        int middle = (count - 1) / 2;
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of("Foreign keys of " + name + " and its neighbours  (m saves it as Mermaid)", theme.strong()));
        lines.add(Line.EMPTY);
        for (int i = -1; i <= count; i++) {
            String left = i >= 0 && i < from.size() ? from.get(i) : "";
            String right = i >= 0 && i < to.size() ? to.get(i) : "";
            List<Span> spans = new ArrayList<>();
            spans.add(new Span(" ".repeat(wide - left.length()) + left, theme.text()));
            spans.add(new Span(side(i, from.size(), middle, true), theme.dim()));
            String box = i == middle - 1
                    ? "╭" + "─".repeat(name.length() + 2) + "╮"
                    : i == middle
                            ? "│ " + name + " │"
                            : i == middle + 1
                                    ? "╰" + "─".repeat(name.length() + 2) + "╯"
                                    : " ".repeat(name.length() + 4);
            spans.add(new Span(box, theme.accent()));
            spans.add(new Span(side(i, to.size(), middle, false), theme.dim()));
            spans.add(new Span(right, theme.text()));
            lines.add(new Line(spans));
        }
        return lines;
    }

    /** The lines that join entry {@code i} to the middle. */
    private static String side(int i, int size, int middle, boolean left) {
        boolean here = i >= 0 && i < size;
        if (size == 0) {
            return "      ";
        }
        int lowest = Math.min(0, middle);
        int highest = Math.max(size - 1, middle);
        boolean trunk = i >= lowest && i <= highest;
        boolean up = trunk && i > lowest;
        boolean down = trunk && i < highest;
        String joint = joint(up, down, left, here, i == middle);
        return left
                ? (here ? " ──" : "   ") + joint + (i == middle ? "─▶" : "  ")
                : (i == middle ? "──" : "  ") + joint + (here ? "─▶ " : "   ");
    }

    private static String joint(boolean up, boolean down, boolean left, boolean here, boolean middle) {
        boolean toLeft = left ? here : middle;
        boolean toRight = left ? middle : here;
        int shape = (up ? 8 : 0) + (down ? 4 : 0) + (toLeft ? 2 : 0) + (toRight ? 1 : 0);
        return " ╶╴─╷╭╮┬╵╰╯┴│├┤┼".substring(shape, shape + 1);
    }

    /** The relation and its neighbours as a Mermaid diagram. */
    public String mermaid() {
        StringBuilder text = new StringBuilder("erDiagram\n");
        Optional<Relation> chosen = selected();
        for (Relation relation : catalog.relations()) {
            for (ForeignKey key : relation.foreignKeys()) {
                Optional<Relation> other = catalog.relation(key.referenced());
                boolean near = chosen.isEmpty() || chosen.get().equals(relation) || chosen.equals(other);
                if (other.isPresent() && near && !relation.partition()) {
                    text.append("    ")
                            .append(mermaidName(other.get().name()))
                            .append(" ||--o{ ")
                            .append(mermaidName(relation.name()))
                            .append(" : \"")
                            .append(names(relation, key.columns()).replace("\"", ""))
                            .append("\"\n");
                }
            }
        }
        return text.toString();
    }

    private static String mermaidName(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "_");
    }
}
