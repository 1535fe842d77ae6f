package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.Kind;
import java.util.List;

/**
 * A text that may travel.
 *
 * @param text the text with something else in the place of what was found
 * @param kinds what was found, each kind once, in the order of the text
 */
public record Redacted(String text, List<Kind> kinds) {
    public Redacted {
        kinds = List.copyOf(kinds);
    }
}
