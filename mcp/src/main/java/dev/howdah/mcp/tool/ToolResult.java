package dev.howdah.mcp.tool;

import com.fasterxml.jackson.databind.util.RawValue;

/**
 * What a tool gives back.
 *
 * @param text a short text for clients that hand their model only that
 * @param structured one JSON object that the definition's output schema describes, already written
 */
public record ToolResult(String text, RawValue structured) {
    /** A text, and the object that was written. */
    public static ToolResult of(String text, Json json) {
        return new ToolResult(text, new RawValue(json.text()));
    }
}
