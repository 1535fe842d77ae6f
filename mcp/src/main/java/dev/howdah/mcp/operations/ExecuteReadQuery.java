package dev.howdah.mcp.operations;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Review;
import dev.howdah.mcp.rows.PagedReads;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import java.io.IOException;

/** Runs a query through the gate; the next pages of one, too. */
final class ExecuteReadQuery implements Tool {
    private static final long ROWS = 1_000;

    private final Reads reads;

    ExecuteReadQuery(Reads reads) {
        this.reads = reads;
    }

    @Override
    public String name() {
        return "execute_read_query";
    }

    @Override
    public ToolResult call(Arguments arguments, Call call) throws IOException {
        long start = System.nanoTime();
        if (arguments.text("cursor").isPresent()) {
            return RowsResult.of(reads.next(arguments.required("cursor"), arguments, call), "", new Json(), start);
        }
        String sql = arguments
                .text("sql_string")
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.USAGE, "There is no query.", "Give sql_string, or the cursor of an earlier result."));
        Review review = call.guard().review(sql, call.cancellation());
        review.requireAllowed();
        if (!review.isQuery()) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "This runs SELECT, VALUES, TABLE and WITH only, not "
                            + review.statement().kind().name().replace('_', ' ') + ".",
                    "For plans there is explain_query.");
        }
        call.progress("running the query");
        PagedReads.Paged paged = reads.first(
                review,
                arguments.nullableTexts("parameters"),
                arguments,
                Reads.rows(arguments, call.howdah(), ROWS),
                call);
        return RowsResult.of(paged, "", new Json(), start);
    }
}
