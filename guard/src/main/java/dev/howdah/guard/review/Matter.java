package dev.howdah.guard.review;

import dev.howdah.sql.Effect;
import dev.howdah.sql.Statement;
import dev.howdah.sql.StatementKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a policy has a rule for: the effects, and the two cases that are treated apart, a write that is known to be small
 * and what removes objects with all that is in them. From the harmless to the unknown.
 */
public enum Matter {
    /** Reading. */
    READ("reading"),
    /** Changing at most {@link Policy#BOUNDED_ROWS} rows, measured, in a way that can be undone. */
    BOUNDED_WRITE("changing at most " + Policy.BOUNDED_ROWS + " rows, measured, in a way that can be undone"),
    /** Changing rows otherwise. */
    WRITE("changing rows"),
    /** Creating and changing objects. */
    DEFINE("creating and changing objects"),
    /** DROP and TRUNCATE. */
    DROP("DROP and TRUNCATE"),
    /** Changing the server, the session or who may do what. */
    ADMINISTER("changing the server, the session, or who may do what"),
    /** What was not understood. */
    UNKNOWN("what cannot be told beforehand");

    private final String noun;

    Matter(String noun) {
        this.noun = noun;
    }

    /** The word for it in settings: {@code read}, {@code bounded_write}, … */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is, in the middle of a sentence: {@code changing rows}. */
    public String noun() {
        return noun;
    }

    /**
     * What a policy is asked about a statement. The strictest of its answers holds.
     *
     * @param effect what the statement does
     * @param reach how many rows it changes, if that was measured
     */
    static List<Matter> of(Effect effect, Statement statement, Optional<Reach> reach) {
        return switch (effect) {
            case READ -> List.of(READ);
            case WRITE -> List.of(reach.filter(Reach::isBounded).isPresent() ? BOUNDED_WRITE : WRITE);
            case DEFINE -> removes(statement.kind()) ? List.of(DEFINE, DROP) : List.of(DEFINE);
            case ADMINISTER -> removes(statement.kind()) ? List.of(ADMINISTER, DROP) : List.of(ADMINISTER);
            case UNKNOWN -> List.of(UNKNOWN);
        };
    }

    private static boolean removes(StatementKind kind) {
        return kind == StatementKind.TRUNCATE || kind.name().startsWith("DROP_");
    }
}
