package dev.howdah.guard.redaction;

/**
 * Text that may be given to a language model. Only {@link PromptWriter} makes one, so whoever holds it knows that everything in
 * it that came from elsewhere was redacted, made visible, and fenced and labelled as data. Immutable.
 */
public final class PromptText {
    private final String text;

    PromptText(String text) {
        this.text = text;
    }

    /** The text, for the transport to a model and nothing else. */
    public String text() {
        return text;
    }
}
