package dev.howdah.guard.read;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Footprint;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.postgres.wire.CopyFormat;
import dev.howdah.postgres.wire.CopyOutcome;
import dev.howdah.postgres.wire.CopyRequest;
import dev.howdah.postgres.wire.ExplainRequest;
import dev.howdah.postgres.wire.Pins;
import dev.howdah.postgres.wire.ReadOutcome;
import dev.howdah.postgres.wire.ReadRequest;
import dev.howdah.postgres.wire.Wire;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs what was reviewed as a read, in the form that only takes a query: the text as it was reviewed, in a pinned
 * read-only transaction that is rolled back. Thread-safe.
 */
public final class Reader {
    private final Wire wire;

    /** Reads through this door, which it does not close. */
    public Reader(Wire wire) {
        this.wire = wire;
    }

    /** Through a cursor: limits hold, memory does not grow with the result, the first rows come first. */
    public Outcome read(
            Review review, List<@Nullable String> parameters, Limits limits, RowSink sink, Cancellation cancellation) {
        review.requireAllowed();
        return outcome(wire.read(request(review, parameters, limits), sink, cancellation));
    }

    /** Through COPY, planned for the whole result; a query with parameters goes through the cursor all the same. */
    public Outcome readAll(
            Review review, List<@Nullable String> parameters, Limits limits, RowSink sink, Cancellation cancellation) {
        review.requireAllowed();
        return outcome(wire.copyRows(request(review, parameters, limits).toTheEnd(), sink, cancellation));
    }

    /** The server's own CSV, byte for byte, without a limit of rows. */
    public Outcome exportCsv(
            Review review, boolean header, Limits limits, OutputStream stream, Cancellation cancellation) {
        review.requireAllowed();
        requireQuery(review);
        CopyFormat format = new CopyFormat(CopyFormat.Style.CSV, header, ',');
        CopyRequest request = new CopyRequest(review.statement().text(), format, limits.total(), pins(review, limits));
        CopyOutcome outcome = wire.copyOut(request, stream, cancellation);
        return new Outcome(outcome.rows(), false, outcome.total(), outcome.total());
    }

    /** The plan of a reviewed query, as PostgreSQL's JSON. Howdah builds the command around the query's text. */
    public String explain(
            Review review,
            String query,
            boolean analyze,
            List<@Nullable String> parameters,
            Limits limits,
            Cancellation cancellation) {
        review.requireAllowed();
        ExplainRequest request =
                ExplainRequest.of(query).withParameters(parameters).withPins(pins(review, limits));
        if (analyze) {
            request = request.analyzed();
        }
        if (limits.firstRow().isPresent()) {
            request = request.withFinishWithin(limits.firstRow().get());
        }
        return wire.explain(request, cancellation);
    }

    /** A setting that a reviewed SHOW names. */
    public Outcome show(Review review, String setting, RowSink sink, Cancellation cancellation) {
        review.requireAllowed();
        long start = System.nanoTime();
        long rows = wire.show(setting, sink, cancellation);
        Duration total = Duration.ofNanos(System.nanoTime() - start);
        return new Outcome(rows, false, total, total);
    }

    private static ReadRequest request(Review review, List<@Nullable String> parameters, Limits limits) {
        requireQuery(review);
        ReadRequest request = ReadRequest.of(review.statement().text())
                .withParameters(parameters)
                .withPins(pins(review, limits));
        if (limits.rows().isPresent()) {
            request = request.withMaxRows(limits.rows().get());
        }
        if (limits.bytes().isPresent()) {
            request = request.withMaxBytes(limits.bytes().get());
        }
        if (limits.firstRow().isPresent()) {
            request = request.withFirstRowWithin(limits.firstRow().get());
        }
        return limits.total().isPresent()
                ? request.withFinishWithin(limits.total().get())
                : request;
    }

    /** The names must mean when it runs what they meant when it was reviewed. */
    private static Pins pins(Review review, Limits limits) {
        Footprint footprint = review.footprint();
        boolean onlyBuiltIns = footprint.operators().isEmpty()
                && footprint.functions().stream().allMatch(Reader::isBuiltIn);
        return new Pins(review.searchPath(), limits.session(), !onlyBuiltIns, review.premise());
    }

    private static boolean isBuiltIn(String function) {
        return function.startsWith("pg_catalog.");
    }

    private static void requireQuery(Review review) {
        if (!review.isQuery()) {
            throw new HowdahException(
                    ErrorCode.INTERNAL, "A " + review.statement().kind() + " was given to be read as a query.");
        }
    }

    private static Outcome outcome(ReadOutcome outcome) {
        return new Outcome(outcome.rows(), outcome.truncated(), outcome.firstRow(), outcome.total());
    }
}
