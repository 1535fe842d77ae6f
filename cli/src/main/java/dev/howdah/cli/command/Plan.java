package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Review;
import dev.howdah.sql.Effect;
import dev.howdah.sql.Statement;
import dev.howdah.sql.StatementKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** What stands between BEGIN and COMMIT in a script: reviewed, consented to and run as one. */
final class Plan {
    private Plan() {}

    /** Whether a plan begins with this. */
    static boolean begins(Statement statement) {
        return statement.kind() == StatementKind.BEGIN || statement.kind() == StatementKind.START_TRANSACTION;
    }

    /**
     * The changes up to COMMIT.
     *
     * @param rest the statements after BEGIN; those of the plan and its COMMIT are taken from it
     */
    static List<Review> of(Iterator<Statement> rest, Function<Statement, Review> reviewing) {
        List<Review> reviews = new ArrayList<>();
        while (rest.hasNext()) {
            Statement statement = rest.next();
            if (statement.kind() == StatementKind.COMMIT) {
                if (reviews.isEmpty()) {
                    throw new HowdahException(ErrorCode.USAGE, "There is nothing between BEGIN and COMMIT.", null);
                }
                return reviews;
            }
            Review review = reviewing.apply(statement);
            if (review.effect() == Effect.READ) {
                throw new HowdahException(
                        ErrorCode.USAGE,
                        "Between BEGIN and COMMIT stand changes only; this is a " + statement.kind() + ".",
                        "Run reads before or after; what the changes do is shown before they run.");
            }
            reviews.add(review);
        }
        throw new HowdahException(
                ErrorCode.USAGE, "There is a BEGIN without a COMMIT. Nothing of it was run.", "End it with COMMIT.");
    }
}
