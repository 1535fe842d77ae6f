package dev.howdah.agent.tools;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** Says whether a statement would run, and what the server makes of it, without running it. */
final class ValidateQuery implements Tool<ValidateQuery.Arguments> {
    private final Workbench bench;

    ValidateQuery(Workbench bench) {
        this.bench = bench;
    }

    record Arguments(@Parameter("one statement") String sql) {}

    @Override
    public String name() {
        return "validate_query";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public ToolResult run(Arguments arguments, Guard guard, Cancellation cancellation) {
        Review review = guard.review(arguments.sql(), cancellation);
        if (review.verdict().demand() != Demand.ALLOW) {
            String reasons = review.verdict().reasons().stream()
                    .map(Verdict.Reason::text)
                    .collect(Collectors.joining("; "));
            return ToolResult.failure(
                    "does not run: " + review.verdict().demand().word(),
                    "It is PostgreSQL, but would not simply run: "
                            + review.verdict().demand().word() + ".",
                    reasons);
        }
        if (review.isQuery()) {
            // The planner finds what the grammar does not: types that do not fit, ambiguous columns.
            guard.explain(review, false, List.of(), bench.limits(), cancellation);
        }
        return ToolResult.data(
                "valid",
                "relations that it reads",
                String.join(", ", review.footprint().relations()),
                "It is valid and would run.");
    }
}
