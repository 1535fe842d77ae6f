package dev.howdah.guard.review;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a policy asks before a statement runs, from nothing to never; the order is the order of strictness. */
public enum Demand {
    /** It runs. */
    ALLOW,
    /** A person says yes. */
    CONFIRM,
    /** A person types the object's name or the verb. */
    TYPE,
    /** Somebody else approves a ticket. */
    APPROVAL,
    /** It does not run. */
    REFUSE;

    /** The word for it in settings and on screens: {@code allow}, {@code confirm}, … */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The demand of that word. */
    public static Optional<Demand> of(String word) {
        return List.of(values()).stream()
                .filter(demand -> demand.word().equals(word))
                .findFirst();
    }

    /** The stricter of both. */
    public Demand atLeast(Demand other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** One step stricter; nothing is stricter than {@link #REFUSE}. */
    public Demand stricter() {
        return switch (this) {
            case ALLOW -> CONFIRM;
            case CONFIRM -> TYPE;
            case TYPE -> APPROVAL;
            case APPROVAL, REFUSE -> REFUSE;
        };
    }
}
