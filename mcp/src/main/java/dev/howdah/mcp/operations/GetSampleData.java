package dev.howdah.mcp.operations;

import dev.howdah.guard.review.Review;
import dev.howdah.mcp.rows.PagedReads;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.render.SqlName;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A few rows of a table, from all over it where it is large. */
final class GetSampleData implements Tool {
    private static final long SAMPLE = 10;

    /** From this size on the first rows say little, and shuffling all of them costs too much. */
    private static final double LARGE = 5_000;

    private final Reads reads;

    GetSampleData(Reads reads) {
        this.reads = reads;
    }

    @Override
    public String name() {
        return "get_sample_data";
    }

    @Override
    public ToolResult call(Arguments arguments, Call call) throws IOException {
        long start = System.nanoTime();
        SchemaView view = new SchemaView(call.howdah().catalog(call.cancellation()));
        Relation relation = view.named(arguments.required("table_name"));
        long size = Reads.rows(
                arguments, call.howdah(), arguments.number("sample_size").orElse(SAMPLE));
        String from = "SELECT * FROM " + SqlName.of(relation.schema()) + "." + SqlName.of(relation.name());
        call.progress("reading some rows");
        if (isTable(relation) && relation.rowEstimate() >= LARGE) {
            // Ten times what is wanted, so that a thin page does not leave too few.
            double percent = Math.min(100, 100.0 * 10 * size / relation.rowEstimate());
            String sampled = String.format(Locale.ROOT, " TABLESAMPLE SYSTEM (%.6f) LIMIT %d", percent, size);
            PagedReads.Paged paged = read(from + sampled, arguments, size, call);
            if (paged.page().rows() > 0) {
                return result(paged, relation, view, true, start);
            }
        }
        String shuffled = isTable(relation) ? " ORDER BY random() LIMIT " : " LIMIT ";
        return result(read(from + shuffled + size, arguments, size, call), relation, view, isTable(relation), start);
    }

    private static boolean isTable(Relation relation) {
        return switch (relation.kind()) {
            case TABLE, PARTITIONED_TABLE, MATERIALIZED_VIEW -> true;
            default -> false;
        };
    }

    private PagedReads.Paged read(String sql, Arguments arguments, long size, Call call) {
        Review review = call.guard().review(sql, call.cancellation());
        review.requireAllowed();
        return reads.first(review, List.of(), arguments, size, call);
    }

    private static ToolResult result(
            PagedReads.Paged paged, Relation relation, SchemaView view, boolean random, long start) throws IOException {
        Json json = new Json().field("table", view.name(relation)).field("random", random);
        return RowsResult.of(paged, "", json, start);
    }
}
