package dev.howdah.agent.tools;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.render.SqlName;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows a few rows of a table, with sensitive columns masked; offered only where rows may be told. */
final class SampleRows implements Tool<SampleRows.Arguments> {
    private static final int USUAL = 3;

    private final Workbench bench;
    private final Reads reads;

    SampleRows(Workbench bench) {
        this.bench = bench;
        this.reads = new Reads(bench);
    }

    record Arguments(
            @Parameter("its name, with its schema if it needs one")
            String table,

            @Parameter(value = "how many rows, 3 if left out", most = 20)
            Optional<Integer> rows) {}

    @Override
    public String name() {
        return "sample_rows";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public ToolResult run(Arguments arguments, Guard guard, Cancellation cancellation) {
        Relation relation = reads.relation(arguments.table(), cancellation);
        String columns = relation.columns().stream()
                .filter(relation.privileges()::maySelect)
                .map(Column::name)
                .map(SqlName::of)
                .collect(Collectors.joining(", "));
        int most = arguments.rows().orElse(USUAL);
        String sql = "SELECT " + columns + " FROM "
                + SqlName.of(bench.knowledge().schema(cancellation).catalog(), relation) + " LIMIT " + most;
        CutRows rows = reads.rows(sql, most, guard, cancellation);
        return ToolResult.data(rows.count(), "rows as CSV", rows.text(), rows.cuts());
    }
}
