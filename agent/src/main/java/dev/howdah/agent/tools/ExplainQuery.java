package dev.howdah.agent.tools;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import dev.howdah.guard.review.Review;
import dev.howdah.render.PlanText;
import dev.howdah.render.RenderOptions;
import java.util.List;
import java.util.Optional;

/** Shows how a query would be run, without running it. */
final class ExplainQuery implements Tool<ExplainQuery.Arguments> {
    private final Workbench bench;
    private final Reads reads;

    ExplainQuery(Workbench bench) {
        this.bench = bench;
        this.reads = new Reads(bench);
    }

    record Arguments(@Parameter("one SELECT") String sql) {}

    @Override
    public String name() {
        return "explain_query";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public ToolResult run(Arguments arguments, Guard guard, Cancellation cancellation) {
        Review review = reads.query(arguments.sql(), guard, cancellation);
        String json = guard.explain(review, false, List.of(), bench.limits(), cancellation);
        String plan = PlanText.tree(json, Optional.empty(), RenderOptions.plain());
        return ToolResult.data("a plan", "the plan", CutText.beginning(plan, bench.resultTokens()));
    }
}
