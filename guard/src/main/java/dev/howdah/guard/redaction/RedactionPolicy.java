package dev.howdah.guard.redaction;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of sensitive values on their way to each destination, and which columns hold them. Immutable and
 * thread-safe.
 */
public final class RedactionPolicy {
    private final Map<Destination, Redactor> redactors = new EnumMap<>(Destination.class);
    private final ColumnKinds columns;

    private RedactionPolicy(Map<Destination, Mode> modes, Optional<Pseudonyms> pseudonyms, ColumnKinds columns) {
        for (Destination destination : Destination.values()) {
            Mode mode = modes.getOrDefault(destination, standard(destination));
            redactors.put(destination, Redactor.of(mode, pseudonyms));
        }
        this.columns = columns;
    }

    /** Persons see their own data; models, logs, the audit and errors get masks. */
    public static RedactionPolicy standard() {
        return of(Map.of(), Optional.empty(), ColumnKinds.standard());
    }

    /**
     * A policy of one's own.
     *
     * @param modes by destination; those left out are as in {@link #standard()}
     * @param pseudonyms needed if a mode is {@link Mode#HASH}
     * @param columns which columns hold what
     */
    public static RedactionPolicy of(
            Map<Destination, Mode> modes, Optional<Pseudonyms> pseudonyms, ColumnKinds columns) {
        return new RedactionPolicy(modes, pseudonyms, columns);
    }

    /** What becomes of values that go there where nobody says otherwise. */
    public static Mode standard(Destination destination) {
        return switch (destination) {
            case MODEL, AUDIT, LOG, ERRORS -> Mode.MASK;
            case SCREEN, EXPORT -> Mode.OFF;
        };
    }

    /** What redacts texts that go there. */
    public Redactor redactor(Destination destination) {
        return java.util.Objects.requireNonNull(redactors.get(destination));
    }

    /** Whether values go there as they are. */
    public boolean isOff(Destination destination) {
        return redactor(destination).mode() == Mode.OFF;
    }

    /** Which columns hold what. */
    public ColumnKinds columns() {
        return columns;
    }
}
