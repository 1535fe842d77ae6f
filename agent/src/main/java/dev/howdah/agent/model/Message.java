package dev.howdah.agent.model;

import java.util.List;

/** One message of a conversation with a model. */
public sealed interface Message {
    /** Instructions of Howdah's own. */
    record Instructions(String text) implements Message {}

    /** What a person, or Howdah on their behalf, says. */
    record FromPerson(String text) implements Message {}

    /** What the model said, and the tools it asked for. */
    record FromModel(String text, List<ToolCall> calls) implements Message {
        /** Copies the list. */
        public FromModel {
            calls = List.copyOf(calls);
        }
    }

    /** What came of a tool call. */
    record FromTool(ToolCall call, String result) implements Message {}
}
