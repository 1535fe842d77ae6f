package dev.howdah.library.redaction;

import dev.howdah.guard.redaction.Detector.Context;
import dev.howdah.guard.redaction.Redactor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes secrets out of text before it is written anywhere: the ones it was told about, whatever they look like, and what
 * the guard's detector takes for one (passwords in URLs and assignments, keys, tokens). What identifies a person is taken
 * out as the settings say. Thread-safe.
 */
public final class Redaction {
    /** What stands in a secret's place. */
    public static final String MASK = "********";

    /** Takes out what looks like a secret, knows no particular one and leaves everything else. */
    public static final Redaction PATTERNS = new Redaction(Set.of(), Redactor.off());

    // A shorter secret would turn half of the log into masks and is no secret anyway.
    private static final int SHORTEST = 4;

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final Redactor personal;

    /** A redaction that also takes out these secrets, and masks what identifies a person. */
    public Redaction(Set<String> secrets) {
        this(secrets, Redactor.masking());
    }

    /**
     * A redaction of one's own choice.
     *
     * @param secrets what it takes out besides what looks like a secret
     * @param personal what becomes of values that identify a person
     */
    public Redaction(Set<String> secrets, Redactor personal) {
        this.personal = personal;
        secrets.forEach(this::hide);
    }

    /** From now on takes out this secret too. Secrets of fewer than four characters are left to the patterns. */
    public void hide(String secret) {
        if (this != PATTERNS && secret.length() >= SHORTEST) {
            secrets.add(secret);
        }
    }

    /** The text without secrets, in time that grows with its length only. */
    public String apply(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, MASK);
        }
        return Redactor.replace(
                        clean, Context.NONE, (kind, value) -> kind.isSecret() ? MASK : personal.stand(kind, value))
                .text();
    }
}
