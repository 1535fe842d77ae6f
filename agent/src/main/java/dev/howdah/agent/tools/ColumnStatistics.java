package dev.howdah.agent.tools;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.Relation;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the planner knows of a table's columns; most common values only where rows may be told. */
final class ColumnStatistics implements Tool<ColumnStatistics.Arguments> {
    private static final int MOST_COLUMNS = 200;

    private final Workbench bench;
    private final Reads reads;

    ColumnStatistics(Workbench bench) {
        this.bench = bench;
        this.reads = new Reads(bench);
    }

    record Arguments(
            @Parameter("its name, with its schema if it needs one")
            String table,

            @Parameter("only this column") Optional<String> column) {}

    @Override
    public String name() {
        return "column_statistics";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public ToolResult run(Arguments arguments, Guard guard, Cancellation cancellation) {
        Relation relation = reads.relation(arguments.table(), cancellation);
        arguments.column().ifPresent(name -> requireColumn(relation, name));
        CutRows rows = reads.rows(sql(relation, arguments.column()), MOST_COLUMNS, guard, cancellation);
        return ToolResult.data(
                rows.count(),
                "the planner's statistics as CSV (n_distinct below 0: that share of all rows)",
                rows.text(),
                rows.cuts());
    }

    private static void requireColumn(Relation relation, String name) {
        if (relation.column(name).isEmpty()) {
            throw new HowdahException(
                    ErrorCode.UNRESOLVED,
                    "There is no column " + name + ".",
                    "There are: "
                            + relation.columns().stream().map(Column::name).collect(Collectors.joining(", ")) + ".");
        }
    }

    private String sql(Relation relation, Optional<String> column) {
        String harmless = relation.columns().stream()
                .filter(one -> reads.mayTellRows() && !bench.knowledge().isSensitive(relation, one))
                .map(one -> literal(one.name()))
                .collect(Collectors.joining(", "));
        String values = harmless.isEmpty()
                ? ""
                : ", CASE WHEN attname IN (" + harmless + ") THEN most_common_vals::text END AS most_common_values";
        return "SELECT attname AS column_name, null_frac, n_distinct, avg_width, correlation" + values
                + " FROM pg_catalog.pg_stats WHERE schemaname = " + literal(relation.schema()) + " AND tablename = "
                + literal(relation.name())
                + column.map(name -> " AND attname = " + literal(name)).orElse("")
                + " ORDER BY attname";
    }

    private static String literal(String text) {
        // A standard string constant: the reads' sessions pin standard_conforming_strings.
        return "'" + text.replace("'", "''") + "'";
    }
}
