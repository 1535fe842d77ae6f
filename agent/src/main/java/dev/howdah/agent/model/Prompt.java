package dev.howdah.agent.model;

import java.util.List;

/**
 * What a model is told.
 *
 * @param messages the conversation so far, oldest first; what stays the same from question to question comes first, so
 *     that servers can cache it
 * @param tools what it may call
 */
public record Prompt(List<Message> messages, List<ToolDescription> tools) {
    /** Copies the lists. */
    public Prompt {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** A prompt without tools. */
    public static Prompt of(Message... messages) {
        return new Prompt(List.of(messages), List.of());
    }
}
