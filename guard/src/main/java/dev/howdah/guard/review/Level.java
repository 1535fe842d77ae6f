package dev.howdah.guard.review;

import static dev.howdah.guard.review.Demand.ALLOW;
import static dev.howdah.guard.review.Demand.CONFIRM;
import static dev.howdah.guard.review.Demand.REFUSE;
import static dev.howdah.guard.review.Demand.TYPE;

import java.util.List;
import java.util.Optional;

/** The table of policies: a level is a row, a {@link Matter} a column. From the strictest to the most trusting. */
public enum Level {
    //                        read   bounded  write    define   drop    administer  a copy of what is dropped
    /** Reads run, and nothing else. */
    READ_ONLY("readOnly", ALLOW, REFUSE, REFUSE, REFUSE, REFUSE, REFUSE, true),
    /** Changes are asked about. */
    BALANCED("balanced", ALLOW, CONFIRM, CONFIRM, TYPE, TYPE, REFUSE, true),
    /** Small changes run, others are asked about. */
    PERMISSIVE("permissive", ALLOW, ALLOW, CONFIRM, CONFIRM, TYPE, TYPE, false);

    private final String word;
    private final Demand read;
    private final Demand boundedWrite;
    private final Demand write;
    private final Demand define;
    private final Demand drop;
    private final Demand administer;
    private final boolean keepsCopies;

    Level(
            String word,
            Demand read,
            Demand boundedWrite,
            Demand write,
            Demand define,
            Demand drop,
            Demand administer,
            boolean keepsCopies) {
        this.word = word;
        this.read = read;
        this.boundedWrite = boundedWrite;
        this.write = write;
        this.define = define;
        this.drop = drop;
        this.administer = administer;
        this.keepsCopies = keepsCopies;
    }

    /** The word for it in settings: {@code readOnly}, {@code balanced}, {@code permissive}. */
    public String word() {
        return word;
    }

    /** The level of that word, whose case does not matter. */
    public static Optional<Level> of(String word) {
        return List.of(values()).stream()
                .filter(level -> level.word.equalsIgnoreCase(word))
                .findFirst();
    }

    /** What is asked before such a statement runs. */
    public Demand demand(Matter matter) {
        return switch (matter) {
            case READ -> read;
            case BOUNDED_WRITE -> boundedWrite;
            case WRITE -> write;
            case DEFINE -> define;
            case DROP -> drop;
            case ADMINISTER -> administer;
            case UNKNOWN -> REFUSE;
        };
    }

    /** Whether what DROP and TRUNCATE remove is kept as a copy. */
    public boolean keepsCopies() {
        return keepsCopies;
    }
}
