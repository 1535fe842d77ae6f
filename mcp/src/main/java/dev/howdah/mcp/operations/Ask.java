package dev.howdah.mcp.operations;

import dev.howdah.mcp.rows.PagedReads;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import java.io.IOException;
import java.util.List;

/** A question in words: how it was read, the SQL, the rows. */
final class Ask implements Tool {
    private static final long ROWS = 100;

    private final Reads reads;

    Ask(Reads reads) {
        this.reads = reads;
    }

    @Override
    public String name() {
        return "ask";
    }

    @Override
    public ToolResult call(Arguments arguments, Call call) throws IOException {
        long start = System.nanoTime();
        return switch (Asking.read(arguments.required("question"), call, true)) {
            case Asking.Written.Not not -> not.result();
            case Asking.Written.Sql sql -> {
                Json json = new Json().field("status", "answered");
                SqlResult.write(sql, json);
                PagedReads.Paged paged = reads.first(
                        sql.review(), List.of(), arguments, Reads.rows(arguments, call.howdah(), ROWS), call);
                yield RowsResult.of(paged, SqlResult.words(sql) + "\n", json, start);
            }
        };
    }
}
