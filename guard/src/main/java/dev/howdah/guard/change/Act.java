package dev.howdah.guard.change;

import dev.howdah.guard.review.Review;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.postgres.wire.WriteTransaction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that changes a database in one transaction: reviewed statements, or a change of the guard's own such as an undo.
 * It is rehearsed, consented to and executed as a whole. Running it twice must do the same twice. Only the guard makes one.
 */
public interface Act {
    /** What a person consents to, exactly, one text a step. */
    List<String> texts();

    /** The values that travel with each of the texts. */
    List<List<@Nullable String>> parameters();

    /** What was reviewed; empty for a change of the guard's own. */
    List<Review> reviews();

    /** The relations that it touches, {@code schema.name}; a change of their definition makes a consent void. */
    List<String> relations();

    /** The schemas along which names were resolved. */
    Optional<List<String>> searchPath();

    /** The schema of Howdah's own that it writes, whose rows nobody asks about; empty for reviewed statements. */
    default Optional<String> ownSchema() {
        return Optional.empty();
    }

    /**
     * Does it, within a transaction that somebody else began and ends.
     *
     * @param returning gets the rows of RETURNING
     */
    void run(WriteTransaction transaction, Returning returning);

    /** Where rows of RETURNING go. */
    interface Returning {
        /** Where those of this step go. */
        RowSink sink(int step);

        /** The most rows of a step to give. */
        long most();

        /** Nowhere. */
        static Returning nowhere() {
            return new Returning() {
                @Override
                public RowSink sink(int step) {
                    return Nowhere.SINK;
                }

                @Override
                public long most() {
                    return 0;
                }
            };
        }

        /** The rows of a single statement go there. */
        static Returning to(RowSink sink, long most) {
            return new Returning() {
                @Override
                public RowSink sink(int step) {
                    return sink;
                }

                @Override
                public long most() {
                    return most;
                }
            };
        }
    }
}
