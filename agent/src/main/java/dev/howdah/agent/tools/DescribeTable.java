package dev.howdah.agent.tools;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.render.RenderOptions;
import dev.howdah.render.SchemaText;

/** Says everything about one table. */
final class DescribeTable implements Tool<DescribeTable.Arguments> {
    private final Workbench bench;
    private final Reads reads;

    DescribeTable(Workbench bench) {
        this.bench = bench;
        this.reads = new Reads(bench);
    }

    record Arguments(
            @Parameter("its name, with its schema if it needs one")
            String table) {}

    @Override
    public String name() {
        return "describe_table";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public ToolResult run(Arguments arguments, Guard guard, Cancellation cancellation) {
        Relation relation = reads.relation(arguments.table(), cancellation);
        String text =
                SchemaText.describe(bench.knowledge().schema(cancellation).catalog(), relation, RenderOptions.plain());
        return ToolResult.data(
                relation.columns().size() + " columns",
                "description of a table",
                CutText.beginning(text, bench.resultTokens()));
    }
}
