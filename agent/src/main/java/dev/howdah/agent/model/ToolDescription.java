package dev.howdah.agent.model;

/**
 * A tool as a model sees it.
 *
 * @param name lower case with underscores
 * @param description what it does, when to use it
 * @param parameters a JSON Schema of type object
 */
public record ToolDescription(String name, String description, String parameters) {}
