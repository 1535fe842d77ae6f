package dev.howdah.mcp.operations;

import dev.howdah.mcp.rows.PagedReads;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.ToolResult;
import dev.howdah.render.Counts;
import java.io.IOException;

/** How rows are handed over: what they are, whether there are more, and how to go on. */
final class RowsResult {
    private RowsResult() {}

    /** Ends the object that was begun with whatever a tool adds. */
    static ToolResult of(PagedReads.Paged paged, String before, Json json, long start) throws IOException {
        paged.page().into(json);
        json.field("truncated", paged.cursor().isPresent())
                .field("next_cursor", paged.cursor())
                .field("elapsed_ms", (System.nanoTime() - start) / 1_000_000.0);
        StringBuilder text = new StringBuilder(before);
        String rows = paged.page().text();
        if (rows.isEmpty()) {
            text.append("The rows are in the structured result.\n");
        } else {
            text.append(rows);
        }
        text.append(summary(paged));
        return ToolResult.of(text.toString(), json);
    }

    private static String summary(PagedReads.Paged paged) {
        String rows = "(" + Counts.rows(paged.page().rows());
        String cut = paged.page().cut() > 0 ? "; " + paged.page().cut() + " very long values were cut, marked …" : "";
        return paged.cursor().isEmpty()
                ? rows + cut + ")"
                : rows + cut + "; there are more: call execute_read_query with cursor \""
                        + paged.cursor().get() + "\" within " + PagedReads.PATIENCE.toSeconds()
                        + " seconds, or ask more narrowly)";
    }
}
