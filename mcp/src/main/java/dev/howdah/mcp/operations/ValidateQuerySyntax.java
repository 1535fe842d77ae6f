package dev.howdah.mcp.operations;

import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Verdict;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.sql.SqlSyntaxException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says what would become of a statement, and runs nothing. */
final class ValidateQuerySyntax implements Tool {
    @Override
    public String name() {
        return "validate_query_syntax";
    }

    @Override
    public ToolResult call(Arguments arguments, Call call) throws IOException {
        String sql = arguments.required("sql_string");
        Review review;
        try {
            review = call.guard().review(sql, call.cancellation());
        } catch (HowdahException e) {
            return switch (e.code()) {
                case SYNTAX, UNRESOLVED, LIMIT -> invalid(e);
                default -> throw e;
            };
        }
        Verdict verdict = review.verdict();
        Json json = new Json()
                .field("valid", true)
                .field("command", review.statement().kind().name().replace('_', ' '))
                .field("effect", review.effect().name().toLowerCase(Locale.ROOT))
                .field("demand", verdict.demand().word())
                .field(
                        "reasons",
                        verdict.reasons().stream().map(Verdict.Reason::text).toList())
                .field("relations", review.footprint().relations())
                .field("functions", review.footprint().functions());
        List<String> missing = missing(arguments, review, call);
        if (!arguments.texts("target_tables").isEmpty()) {
            json.field("targets_not_read", missing);
        }
        Optional<PlanFigures> plan = plan(review, call);
        if (plan.isPresent()) {
            json.field("estimated_rows", plan.get().rows())
                    .field("estimated_cost", plan.get().cost());
        }
        return ToolResult.of(words(review, missing, plan), json);
    }

    private static ToolResult invalid(HowdahException e) throws IOException {
        Json json = new Json()
                .field("valid", false)
                .field("code", e.code().name())
                .field("error", String.valueOf(e.getMessage()))
                .field("hint", e.hint());
        String where = "";
        if (e instanceof SqlSyntaxException syntax) {
            json.field("line", syntax.line()).field("column", syntax.column());
            where = " (line " + syntax.line() + ", column " + syntax.column() + ")";
        }
        return ToolResult.of(
                "Not valid: " + e.getMessage() + where
                        + e.hint().map(hint -> " " + hint).orElse(""),
                json);
    }

    /** The tables that were expected and are not touched. */
    private static List<String> missing(Arguments arguments, Review review, Call call) {
        List<String> targets = arguments.texts("target_tables");
        if (targets.isEmpty()) {
            return List.of();
        }
        SchemaView view = new SchemaView(call.howdah().catalog(call.cancellation()));
        return targets.stream()
                .filter(target -> {
                    Relation relation = view.named(target);
                    return !review.footprint().relations().contains(relation.schema() + "." + relation.name());
                })
                .toList();
    }

    /** Only of what may run: planning can run functions, too. */
    private static Optional<PlanFigures> plan(Review review, Call call) {
        if (!review.isQuery() || !(review.verdict() instanceof Verdict.Allowed)) {
            return Optional.empty();
        }
        String plan = call.guard()
                .explain(review, false, List.of(), Reads.limits(call.howdah(), Optional.empty()), call.cancellation());
        return Optional.of(PlanFigures.of(plan));
    }

    private static String words(Review review, List<String> missing, Optional<PlanFigures> plan) {
        StringBuilder words = new StringBuilder("Valid ")
                .append(review.statement().kind().name().replace('_', ' '))
                .append(". ");
        words.append(
                switch (review.verdict()) {
                    case Verdict.Allowed _ -> "It may run.";
                    case Verdict.NeedsConsent needs ->
                        "It does not run without a person's consent ("
                                + needs.demand().word() + ").";
                    case Verdict.Refused refused ->
                        "It is refused: "
                                + refused.reasons().stream()
                                        .findFirst()
                                        .map(Verdict.Reason::text)
                                        .orElse("the policy says so")
                                + ".";
                });
        plan.ifPresent(figures -> words.append(
                String.format(Locale.ROOT, " Estimated: %,d rows, cost %,.0f.", figures.rows(), figures.cost())));
        if (!missing.isEmpty()) {
            words.append(" It does not read ")
                    .append(String.join(", ", missing))
                    .append('.');
        }
        return words.toString();
    }
}
