package dev.howdah.mcp.operations;

import dev.howdah.guard.review.Review;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import dev.howdah.render.PlanText;
import dev.howdah.render.RenderOptions;
import java.io.IOException;
import java.util.Optional;

/** How PostgreSQL would run a query, or did. */
final class ExplainQuery implements Tool {
    @Override
    public String name() {
        return "explain_query";
    }

    @Override
    public ToolResult call(Arguments arguments, Call call) throws IOException {
        boolean analyze = arguments.truth("analyze", false);
        Review review = call.guard().review(arguments.required("sql_string"), call.cancellation());
        review.requireAllowed();
        call.progress(analyze ? "running the query" : "planning the query");
        String plan = call.guard()
                .explain(
                        review,
                        analyze,
                        arguments.nullableTexts("parameters"),
                        Reads.limits(call.howdah(), Reads.timeout(arguments)),
                        call.cancellation());
        PlanFigures figures = PlanFigures.of(plan);
        String tree =
                PlanText.tree(plan, Optional.of(call.howdah().catalog(call.cancellation())), RenderOptions.plain());
        Json json = new Json()
                .field("plan", tree)
                .field("estimated_rows", figures.rows())
                .field("estimated_cost", figures.cost())
                .field("measured", analyze);
        return ToolResult.of(tree, json);
    }
}
