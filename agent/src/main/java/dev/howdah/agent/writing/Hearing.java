package dev.howdah.agent.writing;

import dev.howdah.agent.tools.ToolUse;

/** Hears a model work; called on the thread that asked, must return at once. */
public interface Hearing {
    /** What a model writes. */
    enum Part {
        THOUGHT,
        READING,
        SQL,
        ANSWER
    }

    /** The model is asked, for the first time or again. */
    void asks();

    /** It goes on writing. */
    void writes(Part part, String text);

    /** What it has written since it was asked last is void. */
    void writesAgain();

    /** A tool begins or is done. */
    void tool(ToolUse use);

    /** Hears nothing. */
    static Hearing none() {
        return new Hearing() {
            @Override
            public void asks() {}

            @Override
            public void writes(Part part, String text) {}

            @Override
            public void writesAgain() {}

            @Override
            public void tool(ToolUse use) {}
        };
    }
}
