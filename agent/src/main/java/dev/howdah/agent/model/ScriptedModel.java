package dev.howdah.agent.model;

import dev.howdah.agent.model.ModelException.Fault;
import dev.howdah.base.Cancellation;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A model that says what it was told to say, one answer after the other, whatever it is asked: for tests, demonstrations and
 * replaying what was recorded. Needs no network. Thread-safe.
 */
public final class ScriptedModel implements Model {
    private final String name;
    private final Deque<Completion> answers;

    /** A model with these answers. */
    public ScriptedModel(String name, List<Completion> answers) {
        this.name = name;
        this.answers = new ArrayDeque<>(answers);
    }

    /**
     * A model that plays a recording.
     *
     * @throws dev.howdah.base.HowdahException of code FILE if it cannot be read or is none
     */
    public static ScriptedModel replay(Path file) {
        return new ScriptedModel("replay/" + file.getFileName(), Recording.answers(file));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Completion complete(Prompt prompt, TextListener text, Cancellation cancellation) {
        cancellation.check();
        Completion next = next();
        if (!next.text().isEmpty()) {
            text.text(next.text());
        }
        return next;
    }

    private synchronized Completion next() {
        Completion next = answers.poll();
        if (next == null) {
            throw new ModelException(
                    Fault.CUT,
                    "The recorded conversation is over, and the model is asked once more.",
                    "Record it again.");
        }
        return next;
    }
}
