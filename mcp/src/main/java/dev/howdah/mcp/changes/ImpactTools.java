package dev.howdah.mcp.changes;

import dev.howdah.guard.change.Proposal;
import dev.howdah.guard.change.TableImpact;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Review;
import dev.howdah.mcp.operations.PlanFigures;
import dev.howdah.mcp.operations.SchemaView;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.render.SqlName;
import dev.howdah.sql.StatementKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tools of impact-analysis. */
public final class ImpactTools {
    private ImpactTools() {}

    /** All of them, in the order in which they are listed. */
    public static List<Tool> tools() {
        return List.of(
                new SimpleTool(
                        "analyze_update_impact",
                        (arguments, call) -> analyze(arguments, "update_sql", StatementKind.UPDATE, call)),
                new SimpleTool(
                        "analyze_delete_impact",
                        (arguments, call) -> analyze(arguments, "delete_sql", StatementKind.DELETE, call)),
                new SimpleTool("estimate_affected_rows", ImpactTools::estimate),
                new SimpleTool("check_referential_integrity", ImpactTools::integrity),
                new SimpleTool("generate_rollback_plan", ImpactTools::rollback));
    }

    private static ToolResult analyze(Arguments arguments, String name, StatementKind kind, Call call)
            throws IOException {
        Proposal proposal = Proposals.of(arguments.required(name), Optional.of(kind), call);
        Json json = new Json();
        Proposals.write(proposal, json);
        return ToolResult.of(Proposals.words(proposal) + " Nothing was changed.", json);
    }

    /** Only reads: the planner's guess, or a count. */
    private static ToolResult estimate(Arguments arguments, Call call) throws IOException {
        SchemaView view = new SchemaView(call.howdah().catalog(call.cancellation()));
        Relation relation = view.named(arguments.required("target_table"));
        String where = arguments
                .text("sql_conditions")
                .filter(text -> !text.isBlank())
                .map(text -> " WHERE " + text)
                .orElse("");
        String from = " FROM " + SqlName.qualified(relation) + where;
        Limits limits = Limits.none().withSession(call.howdah().sessionLimits());
        boolean exact = arguments.truth("exact", false);
        long rows;
        if (exact) {
            Review review = call.guard().review("SELECT count(*)" + from, call.cancellation());
            review.requireAllowed();
            call.progress("counting");
            SingleValue value = new SingleValue();
            call.guard().read(review, List.of(), limits, value, call.cancellation());
            rows = Long.parseLong(value.text());
        } else {
            Review review = call.guard().review("SELECT 1" + from, call.cancellation());
            review.requireAllowed();
            rows = PlanFigures.of(call.guard().explain(review, false, List.of(), limits, call.cancellation()))
                    .rows();
        }
        String confidence = exact ? "exact" : relation.rowEstimate() < 0 ? "low: never analysed" : "planner's estimate";
        Json json = new Json().field("rows", rows).field("exact", exact).field("confidence", confidence);
        return ToolResult.of(String.format(Locale.ROOT, "%,d rows (%s).", rows, confidence), json);
    }

    private static ToolResult integrity(Arguments arguments, Call call) throws IOException {
        SchemaView view = new SchemaView(call.howdah().catalog(call.cancellation()));
        Relation relation = view.named(arguments.required("table_name"));
        boolean delete = arguments.text("operation_type").orElse("delete").equals("delete");
        List<Cascades.Edge> edges = Cascades.from(view.catalog(), relation, delete);
        Json json = new Json().field("table", view.name(relation));
        var generator = json.generator();
        generator.writeArrayFieldStart("references");
        List<String> lines = new ArrayList<>();
        for (Cascades.Edge edge : edges) {
            generator.writeStartObject();
            generator.writeStringField("constraint", edge.key().name());
            generator.writeStringField("from", view.name(edge.from()));
            generator.writeStringField("to", view.name(edge.to()));
            generator.writeStringField("action", edge.action());
            generator.writeNumberField("depth", edge.depth());
            generator.writeEndObject();
            lines.add("  ".repeat(edge.depth() - 1) + view.name(edge.from()) + " → " + view.name(edge.to()) + " ("
                    + edge.key().name() + "): " + edge.action());
        }
        generator.writeEndArray();
        String operation = delete ? "deleting from " : "updating keys of ";
        String head = edges.isEmpty()
                ? "No foreign key refers to " + view.name(relation) + "."
                : "What refers to " + view.name(relation) + " when " + operation + "it:";
        return ToolResult.of(head + "\n" + String.join("\n", lines), json);
    }

    private static ToolResult rollback(Arguments arguments, Call call) throws IOException {
        Proposal proposal = Proposals.of(arguments.required("operation_sql"), Optional.empty(), call);
        List<String> steps = new ArrayList<>();
        steps.add("Run it only through execute_with_transaction: one transaction, rolled back as a whole if it fails or"
                + " changes more rows than were reviewed.");
        for (TableImpact table : proposal.impact().tables()) {
            if (table.updated() + table.deleted() > 0) {
                steps.add("Keep the rows of " + table.name() + " as they were: " + (table.updated() + table.deleted())
                        + ".");
            }
        }
        for (TableImpact table : proposal.impact().tables()) {
            steps.add("To undo in " + table.name() + ": " + undo(table) + ".");
        }
        proposal.impact().irreversible().forEach(why -> steps.add("Cannot be undone: " + why + "."));
        Json json = new Json()
                .field("steps", steps)
                .field("reversible", proposal.impact().reversible());
        json.field("rows", proposal.impact().rows());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            text.append(i + 1).append(". ").append(steps.get(i)).append('\n');
        }
        return ToolResult.of(text.toString(), json);
    }

    private static String undo(TableImpact table) {
        List<String> parts = new ArrayList<>();
        if (table.deleted() > 0) {
            parts.add("insert the " + table.deleted() + " deleted rows again");
        }
        if (table.updated() > 0) {
            parts.add("set the " + table.updated() + " updated rows to what they were");
        }
        if (table.inserted() > 0) {
            parts.add("delete the " + table.inserted() + " inserted rows");
        }
        return String.join(", ", parts);
    }
}
