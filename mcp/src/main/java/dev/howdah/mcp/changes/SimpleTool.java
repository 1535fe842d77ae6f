package dev.howdah.mcp.changes;

import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import java.io.IOException;

/**
 * A tool that is a few lines of work, kept beside those it belongs to.
 *
 * @param name the tool's name
 * @param work what it does
 */
record SimpleTool(String name, Work work) implements Tool {
    /** What a tool does. */
    @FunctionalInterface
    interface Work {
        ToolResult call(Arguments arguments, Call call) throws IOException;
    }

    @Override
    public ToolResult call(Arguments arguments, Call call) throws IOException {
        return work.call(arguments, call);
    }
}
