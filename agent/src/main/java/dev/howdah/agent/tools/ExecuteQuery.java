package dev.howdah.agent.tools;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import java.util.Optional;

/** Runs a query and gives some of its rows, or only their number and form where rows may not be told. */
final class ExecuteQuery implements Tool<ExecuteQuery.Arguments> {
    private static final int USUAL = 50;

    private final Reads reads;

    ExecuteQuery(Workbench bench) {
        this.reads = new Reads(bench);
    }

    record Arguments(
            @Parameter("one SELECT") String sql,

            @Parameter(value = "how many rows, 50 if left out", most = 200)
            Optional<Integer> rows) {}

    @Override
    public String name() {
        return "execute_query";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public ToolResult run(Arguments arguments, Guard guard, Cancellation cancellation) {
        CutRows rows = reads.rows(arguments.sql(), arguments.rows().orElse(USUAL), guard, cancellation);
        if (reads.mayTellRows()) {
            return ToolResult.data(rows.count(), "rows as CSV", rows.text(), rows.cuts());
        }
        return ToolResult.data(
                rows.count(),
                "columns",
                rows.columnList(),
                "It ran and gave " + rows.count() + ". Their values are not shown to you; the person sees those of"
                        + " your final statement.");
    }
}
