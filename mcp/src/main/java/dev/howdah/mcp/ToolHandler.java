package dev.howdah.mcp;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolDefinition;
import dev.howdah.mcp.tool.ToolResult;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the protocol and a tool: checks arguments, and turns whatever fails into an answer that says what to do next.
 * Exceptions must not get past it, because the SDK hands their texts to the client (seen in 2.1.0). Thread-safe.
 */
final class ToolHandler implements BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> {
    private static final Logger LOG = LoggerFactory.getLogger(ToolHandler.class);

    private final Tool tool;
    private final ToolDefinition definition;
    private final Door door;

    ToolHandler(Tool tool, ToolDefinition definition, Door door) {
        this.tool = tool;
        this.definition = definition;
        this.door = door;
    }

    @Override
    public CallToolResult apply(McpSyncServerExchange exchange, CallToolRequest request) {
        try (ClientCall call = new ClientCall(exchange, request, door)) {
            Map<String, Object> values = request.arguments() == null ? Map.of() : request.arguments();
            Arguments arguments = Arguments.of(values, definition.input());
            ToolResult result = tool.call(arguments, call);
            return CallToolResult.builder()
                    .addTextContent(result.text())
                    .structuredContent(result.structured())
                    .isError(false)
                    .build();
        } catch (HowdahException e) {
            LOG.debug("{} failed", tool.name(), e);
            return failure(e);
        } catch (IOException e) {
            LOG.warn("{} failed", tool.name(), e);
            return failure(new HowdahException(
                    ErrorCode.FILE, "A file could not be read or written.", "The server's log says which."));
        } catch (OutOfMemoryError e) {
            LOG.error("out of memory", e);
            return failure(new HowdahException(
                    ErrorCode.LIMIT, "There is not enough memory for this.", "Ask for fewer rows or columns."));
        } catch (RuntimeException e) {
            LOG.error("defect in {}", tool.name(), e);
            return failure(new HowdahException(
                    ErrorCode.INTERNAL, "A defect in Howdah.", "The server's log has the details; do not retry."));
        }
    }

    private static CallToolResult failure(HowdahException failure) {
        String hint = failure.hint().map(text -> "\n" + PlainText.lines(text)).orElse("");
        return CallToolResult.builder()
                .content(List.of())
                .addTextContent(failure.code() + ": " + PlainText.lines(String.valueOf(failure.getMessage())) + hint)
                .isError(true)
                .meta(Map.of("dev.howdah/code", failure.code().name()))
                .build();
    }
}
