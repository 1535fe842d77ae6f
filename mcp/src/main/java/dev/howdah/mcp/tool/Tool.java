package dev.howdah.mcp.tool;

import java.io.IOException;

/** One tool. Thread-safe: clients have many calls in flight. */
public interface Tool {
    /** Its name, after which the resources of its definition are called too. */
    String name();

    /**
     * Answers one call.
     *
     * @param arguments checked against the definition's input schema already
     * @throws dev.howdah.base.HowdahException which the caller is told, with what to do next
     */
    ToolResult call(Arguments arguments, Call call) throws IOException;
}
