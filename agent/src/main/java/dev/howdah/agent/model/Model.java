package dev.howdah.agent.model;

import dev.howdah.base.Cancellation;

/** A language model. Implementations are thread-safe; each call blocks its own thread. */
public interface Model {
    /** Which model this is, to show and to log: {@code provider/model}. */
    String name();

    /**
     * Asks the model once.
     *
     * @param prompt what it is told
     * @param text takes the answer's text as it arrives
     * @return the whole answer, never a part of one
     * @throws ModelException if there is no whole answer, whatever the server said or left out
     * @throws dev.howdah.base.HowdahException of code CANCELLED if cancelled; the connection is closed by then
     */
    Completion complete(Prompt prompt, TextListener text, Cancellation cancellation);

    /** Hears an answer grow; called on the thread that asked, must return at once. */
    interface TextListener {
        /** The next piece. */
        void text(String piece);

        /** What was heard so far is void: the call failed midway and is made again. */
        void again();

        /** Hears nothing. */
        static TextListener none() {
            return new TextListener() {
                @Override
                public void text(String piece) {}

                @Override
                public void again() {}
            };
        }
    }
}
