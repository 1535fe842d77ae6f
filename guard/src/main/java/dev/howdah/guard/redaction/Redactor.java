package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.Kind;
import dev.howdah.guard.redaction.Detector.Context;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Puts something else in the place of sensitive values, in one mode. Immutable and thread-safe. */
public final class Redactor {
    private final Mode mode;
    private final Optional<Pseudonyms> pseudonyms;

    private Redactor(Mode mode, Optional<Pseudonyms> pseudonyms) {
        this.mode = mode;
        this.pseudonyms = pseudonyms;
    }

    /** One that leaves everything as it is. */
    public static Redactor off() {
        return new Redactor(Mode.OFF, Optional.empty());
    }

    /** One that masks. */
    public static Redactor masking() {
        return new Redactor(Mode.MASK, Optional.empty());
    }

    /**
     * One of this mode.
     *
     * @param pseudonyms needed for {@link Mode#HASH}, otherwise not used
     */
    public static Redactor of(Mode mode, Optional<Pseudonyms> pseudonyms) {
        if (mode == Mode.HASH && pseudonyms.isEmpty()) {
            throw new IllegalArgumentException("hashing needs a key");
        }
        return new Redactor(mode, pseudonyms);
    }

    /** What it does. */
    public Mode mode() {
        return mode;
    }

    /** A text from anywhere: what looks sensitive is replaced. */
    public Redacted text(String text) {
        return text(text, Context.NONE);
    }

    /** The value of a column of this name: as a whole if the name says what it is, else what looks sensitive in it. */
    public Redacted value(String column, String value) {
        Context context = Context.ofColumn(column);
        return context.kind().isPresent() ? whole(context.kind().get(), value, context) : text(value, context);
    }

    /** A text of which something is known. */
    public Redacted text(String text, Context context) {
        return mode == Mode.OFF ? new Redacted(text, List.of()) : replace(text, context, this::stand);
    }

    /**
     * The text with what {@code stand} gives for each finding in its place.
     *
     * @param stand from the kind and the value found to what is written instead
     */
    public static Redacted replace(String text, Context context, BiFunction<Kind, String, String> stand) {
        List<Finding> findings = Detector.find(text, context);
        if (findings.isEmpty()) {
            return new Redacted(text, List.of());
        }
        StringBuilder clean = new StringBuilder(text.length());
        Set<Kind> kinds = new LinkedHashSet<>();
        int at = 0;
        for (Finding finding : findings) {
            clean.append(text, at, finding.start());
            clean.append(stand.apply(finding.kind(), text.substring(finding.start(), finding.end())));
            kinds.add(finding.kind());
            at = finding.end();
        }
        return new Redacted(clean.append(text, at, text.length()).toString(), List.copyOf(kinds));
    }

    /** A value that is sensitive as a whole, whatever it looks like; blank stays blank. */
    Redacted whole(Kind kind, String value, Context context) {
        if (mode == Mode.OFF || value.isBlank()) {
            return new Redacted(value, List.of());
        }
        // What it looks like is more exact than what its column is called, and the same wherever it comes from.
        Kind exact = Detector.find(value, context).stream()
                .filter(finding -> finding.start() == 0 && finding.end() == value.length())
                .map(Finding::kind)
                .findFirst()
                .orElse(kind);
        return new Redacted(stand(exact, value), List.of(exact));
    }

    /** What stands in the place of a value. */
    public String stand(Kind kind, String value) {
        return switch (mode) {
            case OFF -> value;
            case MASK -> "[" + kind.word() + "]";
            case HASH -> "[" + kind.word() + ":" + pseudonyms.orElseThrow().of(value) + "]";
            case DROP -> "";
        };
    }
}
