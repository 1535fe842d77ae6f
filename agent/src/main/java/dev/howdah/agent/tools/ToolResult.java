package dev.howdah.agent.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of a tool. What Howdah says and what the database said are kept apart, so that whoever passes it on can fence
 * the latter.
 *
 * @param parts in the order in which they are read
 * @param words what came of it, in a few words without row values, to show a person
 * @param failed whether it did not do what it was asked to
 * @param ask a question to the person, if that is what the tool was called for
 */
public record ToolResult(List<Part> parts, String words, boolean failed, Optional<Question> ask) {
    /** Copies the list. */
    public ToolResult {
        parts = List.copyOf(parts);
    }

    /** A piece of a result. */
    public sealed interface Part {
        /** Howdah's own words. */
        record Own(String text) implements Part {}

        /**
         * Text from the database or somebody else.
         *
         * @param label what it is
         */
        record Data(String label, String text) implements Part {}
    }

    /** A question to the person, with what to choose from. */
    public record Question(String ask, List<String> choices) {
        /** Copies the list. */
        public Question {
            choices = List.copyOf(choices);
        }
    }

    /** A result of data, with what is to be said about it, if anything. */
    static ToolResult data(String words, String label, String data, String... notes) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Data(label, data));
        for (String note : notes) {
            if (!note.isEmpty()) {
                parts.add(new Part.Own(note));
            }
        }
        return new ToolResult(parts, words, false, Optional.empty());
    }

    /** Howdah's own words only. */
    static ToolResult own(String words, String text) {
        return new ToolResult(List.of(new Part.Own(text)), words, false, Optional.empty());
    }

    /** It did not do what it was asked to. */
    static ToolResult failure(String words, String why, String foreign) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Own(why));
        if (!foreign.isEmpty()) {
            parts.add(new Part.Data("the reason", foreign));
        }
        return new ToolResult(parts, words, true, Optional.empty());
    }
}
