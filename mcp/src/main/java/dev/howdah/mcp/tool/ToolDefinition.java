package dev.howdah.mcp.tool;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What clients and their models are told of a tool. Two resources beside the tool's class hold it: {@code name.md}, the
 * description as a model reads it, and {@code name.json} with title, annotations and the schemas of input and output.
 *
 * @param name the tool's name
 * @param title for people
 * @param description for models
 * @param annotations hints to the client: {@code readOnlyHint} and its kin
 * @param input the JSON Schema of the arguments
 * @param output the JSON Schema of the structured result
 */
public record ToolDefinition(
        String name,
        String title,
        String description,
        Map<String, Object> annotations,
        Map<String, Object> input,
        Map<String, Object> output) {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    /** Reads a tool's resources. */
    public static ToolDefinition of(Tool tool, ObjectMapper mapper) {
        try (InputStream json = open(tool, ".json");
                InputStream description = open(tool, ".md")) {
            Map<String, Object> members = mapper.readValue(json, MAP);
            return new ToolDefinition(
                    tool.name(),
                    String.valueOf(members.get("title")),
                    new String(description.readAllBytes(), StandardCharsets.UTF_8).strip(),
                    object(members, "annotations"),
                    object(members, "input"),
                    object(members, "output"));
        } catch (IOException e) {
            throw new UncheckedIOException("the definition of " + tool.name() + " cannot be read", e);
        }
    }

    private static InputStream open(Tool tool, String extension) {
        InputStream stream = tool.getClass().getResourceAsStream(tool.name() + extension);
        if (stream == null) {
            throw new IllegalStateException("there is no " + tool.name() + extension + " beside its class");
        }
        return stream;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<String, Object> members, String name) {
        return members.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
