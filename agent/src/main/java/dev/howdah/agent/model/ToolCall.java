package dev.howdah.agent.model;

/**
 * A model's wish to have a tool run. Data like everything a model says: name and arguments are checked before anything
 * happens.
 *
 * @param id the model server's name for this call
 * @param tool the tool's name as the model wrote it
 * @param arguments JSON as the model wrote it, possibly malformed
 */
public record ToolCall(String id, String tool, String arguments) {}
