package dev.howdah.agent.model;

import dev.howdah.base.Cancellation;
import java.nio.file.Path;

/** Writes down what is said to a model and what it answers, as {@link Recording} says. Thread-safe. */
public final class RecordingModel implements Model {
    private final Model model;
    private final Path file;
    private boolean begun;

    /** @param file made by the first answer; must not be there yet */
    public RecordingModel(Model model, Path file) {
        this.model = model;
        this.file = file;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Completion complete(Prompt prompt, TextListener text, Cancellation cancellation) {
        begin();
        Completion completion = model.complete(prompt, text, cancellation);
        append(prompt, completion);
        return completion;
    }

    /** Before the call, so that a file that is there already costs nothing. */
    private synchronized void begin() {
        if (!begun) {
            Recording.begin(file);
            begun = true;
        }
    }

    private synchronized void append(Prompt prompt, Completion completion) {
        Recording.append(file, prompt, completion);
    }
}
