package dev.howdah.agent.tools;

import dev.howdah.agent.context.Values;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.redaction.Destination;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.catalog.Relation;
import java.util.List;
import java.util.Optional;

/** What tools that read have in common: through the gate, within limits, redacted for a model. Thread-safe. */
final class Reads {
    private final Workbench bench;

    Reads(Workbench bench) {
        this.bench = bench;
    }

    /** The rows of a query, cut to what a model may be given. */
    CutRows rows(String sql, int most, Guard guard, Cancellation cancellation) {
        Review review = query(sql, guard, cancellation);
        CutRows rows = new CutRows(bench.resultTokens());
        Limits limits = bench.limits().withRows(Optional.of((long) most));
        guard.read(
                review,
                List.of(),
                limits,
                bench.redaction().to(Destination.MODEL, review, rows, cancellation),
                cancellation);
        return rows;
    }

    /** A reviewed query that may run. */
    Review query(String sql, Guard guard, Cancellation cancellation) {
        Review review = guard.review(sql, cancellation);
        review.requireAllowed();
        if (!review.isQuery()) {
            throw new HowdahException(
                    ErrorCode.USAGE, "A " + review.statement().kind() + " is no query.", "Give a SELECT.");
        }
        return review;
    }

    /** Whether rows may be told at all. */
    boolean mayTellRows() {
        return bench.knowledge().values() == Values.ROWS;
    }

    /** The relation of this name. */
    Relation relation(String name, Cancellation cancellation) {
        var schema = bench.knowledge().schema(cancellation);
        return schema.named(name).orElseThrow(() -> {
            List<Relation> near = schema.index().search(name, List.of(), List.of(), 3);
            return new HowdahException(
                    ErrorCode.UNRESOLVED,
                    "There is no table " + name + ".",
                    near.isEmpty()
                            ? null
                            : "The most similar ones: "
                                    + String.join(
                                            ", ",
                                            near.stream()
                                                    .map(Relation::toString)
                                                    .toList())
                                    + ".");
        });
    }
}
