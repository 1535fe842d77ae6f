package dev.howdah.render;

import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Query plans for people: the tree, what each step costs and gives, and what deserves a second look. */
public final class PlanText {
    /** Rows from which reading a whole table is worth saying; below, it is the fastest way. */
    private static final double LARGE = 10_000;

    /** How far an estimate may be off before it is said, and from how many rows on. */
    private static final double FAR_OFF = 10;

    private static final double WORTH_SAYING = 100;

    private static final List<String> DETAILS = List.of(
            "Index Cond",
            "Recheck Cond",
            "Hash Cond",
            "Merge Cond",
            "Join Filter",
            "Filter",
            "Rows Removed by Filter",
            "Rows Removed by Join Filter",
            "Group Key",
            "Sort Key",
            "Sort Method",
            "Sort Space Type",
            "Hash Batches",
            "Workers Planned",
            "Workers Launched");

    private final RenderOptions options;
    private final Optional<Catalog> catalog;
    private final StringBuilder text = new StringBuilder();

    private PlanText(RenderOptions options, Optional<Catalog> catalog) {
        this.options = options;
        this.catalog = catalog;
    }

    /**
     * The plan as a tree.
     *
     * @param json what {@code EXPLAIN (FORMAT json)} gave, with or without ANALYZE
     * @param catalog where tables' sizes come from; without it, only what the plan itself says counts
     * @throws HowdahException of code {@code SERVER} if the text is no plan
     */
    public static String tree(String json, Optional<Catalog> catalog, RenderOptions options) {
        PlanText plan = new PlanText(options, catalog);
        Plan parsed = Plan.parse(json);
        plan.node(parsed.root(), "", "");
        for (String time : List.of("Planning Time", "Execution Time")) {
            String milliseconds = parsed.properties().get(time);
            if (milliseconds != null) {
                plan.text
                        .append(time)
                        .append(": ")
                        .append(PlainText.oneLine(milliseconds))
                        .append(" ms\n");
            }
        }
        return plan.text.toString();
    }

    /** A plan in the server's own text format, made harmless. */
    public static String plain(String serverText) {
        String clean = PlainText.lines(serverText);
        return clean.endsWith("\n") ? clean : clean + "\n";
    }

    private void node(Plan.Node node, String before, String indent) {
        text.append(before).append(title(node)).append("  ").append(figures(node));
        warnings(node).forEach(warning -> text.append("  ").append(bold("← " + warning)));
        text.append('\n');
        List<Plan.Node> children = node.children();
        String bar = indent + (children.isEmpty() ? "     " : "│    ");
        for (String detail : DETAILS) {
            node.property(detail)
                    .filter(value -> !value.equals("0"))
                    .ifPresent(value -> text.append(bar)
                            .append(detail)
                            .append(": ")
                            .append(PlainText.oneLine(value))
                            .append('\n'));
        }
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            node(children.get(i), indent + (last ? "└─ " : "├─ "), indent + (last ? "   " : "│  "));
        }
    }

    private static String title(Plan.Node node) {
        StringBuilder title = new StringBuilder();
        node.property("Subplan Name").ifPresent(name -> title.append(name).append(": "));
        if (node.property("Parallel Aware").filter("true"::equals).isPresent()) {
            title.append("Parallel ");
        }
        node.property("Join Type")
                .filter(type -> !type.equals("Inner"))
                .ifPresent(type -> title.append(type).append(' '));
        title.append(node.property("Node Type").orElse("Step"));
        node.property("Operation")
                .ifPresent(operation -> title.append(" (").append(operation).append(')'));
        node.property("Index Name").ifPresent(name -> title.append(" using ").append(name));
        node.property("Relation Name")
                .or(() -> node.property("CTE Name"))
                .or(() -> node.property("Function Name"))
                .ifPresent(name -> title.append(" on ").append(name));
        node.property("Alias")
                .filter(alias -> !node.property("Relation Name").equals(Optional.of(alias)))
                .ifPresent(alias -> title.append(' ').append(alias));
        return PlainText.oneLine(title.toString());
    }

    private static String figures(Plan.Node node) {
        List<String> figures = new ArrayList<>();
        node.property("Total Cost").ifPresent(cost -> figures.add("cost " + PlainText.oneLine(cost)));
        node.property("Plan Rows").ifPresent(rows -> figures.add("estimated " + rows(node.number("Plan Rows"))));
        if (wasRun(node)) {
            double loops = node.number("Actual Loops");
            figures.add(loops == 0 ? "never run" : "actual " + rows(node.number("Actual Rows") * loops));
            if (loops > 0 && node.property("Actual Total Time").isPresent()) {
                String time = String.format(Locale.ROOT, "%.2f ms", node.number("Actual Total Time"));
                // Loops of parallel workers overlap, so that a sum would be longer than the whole took.
                figures.add(loops > 1 ? time + " in each of " + Counts.of(Math.round(loops), "loop") : time);
            }
        }
        return "(" + String.join(", ", figures) + ")";
    }

    private List<String> warnings(Plan.Node node) {
        List<String> warnings = new ArrayList<>();
        if (node.property("Node Type").filter("Seq Scan"::equals).isPresent()) {
            double size = tableSize(node);
            if (size >= LARGE) {
                warnings.add("reads the whole table, about " + rows(size));
            }
        }
        double loops = node.number("Actual Loops");
        if (wasRun(node) && loops > 0) {
            double estimated = Math.max(1, node.number("Plan Rows"));
            double actual = Math.max(1, node.number("Actual Rows"));
            double factor = Math.max(estimated / actual, actual / estimated);
            if (factor >= FAR_OFF && Math.max(estimated, actual) >= WORTH_SAYING) {
                warnings.add(Counts.number(Math.round(factor)) + " times " + (actual > estimated ? "more" : "fewer")
                        + " rows than estimated");
            }
        }
        return warnings;
    }

    /** The planner's row count of the table, or the rows that this plan itself says to read. */
    private double tableSize(Plan.Node node) {
        double loops = Math.max(1, node.number("Actual Loops"));
        double read = wasRun(node)
                ? (node.number("Actual Rows") + node.number("Rows Removed by Filter")) * loops
                : node.number("Plan Rows");
        return Math.max(read, relation(node).map(Relation::rowEstimate).orElse(0.0));
    }

    private Optional<Relation> relation(Plan.Node node) {
        Optional<String> schema = node.property("Schema");
        return catalog.flatMap(known -> node.property("Relation Name")
                .flatMap(name -> schema.isPresent() ? known.relation(schema.get(), name) : known.resolve(name)));
    }

    private static boolean wasRun(Plan.Node node) {
        return node.property("Actual Loops").isPresent();
    }

    private String bold(String warning) {
        return options.colour() ? "\u001b[1m" + warning + "\u001b[0m" : warning;
    }

    private static String rows(double rows) {
        return Counts.rows(Math.round(rows));
    }
}
