package dev.howdah.guard;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.read.Reader;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Reviewer;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.postgres.wire.Wire;
import dev.howdah.sql.Effects;
import dev.howdah.sql.Sql;
import dev.howdah.sql.Statement;
import dev.howdah.sql.tree.Part.ExplainOption;
import dev.howdah.sql.tree.SyntaxTree;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The gate: text becomes a {@link Review}, and only a review that says yes can be run. Thread-safe.
 */
public final class Guard implements AutoCloseable {
    private final int maximumLength;
    private final Wire wire;
    private final Reviewer reviewer;
    private final Reader reader;

    /**
     * A gate to one database.
     *
     * @param database where statements run; stays open when the guard is closed
     * @param catalog what names mean there
     * @param policy what each effect needs
     * @param maximumLength the longest text that is read, in characters
     */
    public Guard(Database database, CatalogSnapshot catalog, Policy policy, int maximumLength) {
        this.maximumLength = maximumLength;
        this.wire = new Wire(database);
        this.reviewer = new Reviewer(catalog, policy);
        this.reader = new Reader(wire);
    }

    /**
     * Reviews text that must be one statement, as models and other programs send it.
     *
     * @throws HowdahException of code SYNTAX if it is not exactly one statement that the parser knows
     */
    public Review review(String text, Cancellation cancellation) {
        requireLength(text);
        return reviewer.review(Sql.parseOne(text), cancellation);
    }

    /**
     * The statements of a script, each to be given to {@link #review(Statement, Cancellation)} when its turn comes, because an earlier
     * one may change what a later one means.
     *
     * @throws HowdahException of code SYNTAX if any of it is not a statement
     */
    public List<Statement> split(String script) {
        requireLength(script);
        return Sql.parse(script);
    }

    /** Reviews one statement of a script. */
    public Review review(Statement statement, Cancellation cancellation) {
        return reviewer.review(statement, cancellation);
    }

    /**
     * Runs a reviewed read through a cursor: limits hold, memory does not grow with the result.
     *
     * @param parameters values of {@code $1} and on, null for NULL
     */
    public Outcome read(
            Review review, List<@Nullable String> parameters, Limits limits, RowSink sink, Cancellation cancellation) {
        return reader.read(review, parameters, limits, sink, cancellation);
    }

    /** Runs a reviewed query to its end, with the plan for the whole result, parallel workers included. */
    public Outcome readAll(
            Review review, List<@Nullable String> parameters, Limits limits, RowSink sink, Cancellation cancellation) {
        return reader.readAll(review, parameters, limits, sink, cancellation);
    }

    /** Writes a reviewed query's result as the server's own CSV, byte for byte. */
    public Outcome exportCsv(
            Review review, boolean header, Limits limits, OutputStream stream, Cancellation cancellation) {
        return reader.exportCsv(review, header, limits, stream, cancellation);
    }

    /**
     * The plan of a reviewed query, or of the query inside a reviewed EXPLAIN, as PostgreSQL's JSON.
     *
     * @param analyze whether the query is run to measure it; an EXPLAIN says so itself
     * @throws HowdahException of code USAGE if an EXPLAIN has options that are not supported
     */
    public String explain(
            Review review,
            boolean analyze,
            List<@Nullable String> parameters,
            Limits limits,
            Cancellation cancellation) {
        review.requireAllowed();
        if (review.statement().tree() instanceof SyntaxTree.Explain explain) {
            requireKnown(explain.options());
            String query = review.statement().text(explain.statement().span());
            return reader.explain(review, query, Effects.analyzes(explain), parameters, limits, cancellation);
        }
        return reader.explain(review, review.statement().text(), analyze, parameters, limits, cancellation);
    }

    private static void requireKnown(List<ExplainOption> options) {
        for (ExplainOption option : options) {
            switch (option.name()) {
                case "analyze", "format", "costs" -> {}
                default ->
                    throw new HowdahException(
                            ErrorCode.USAGE,
                            "EXPLAIN's option " + option.name().toUpperCase(Locale.ROOT) + " is not supported.",
                            "ANALYZE is; the plan is always shown with costs.");
            }
        }
    }

    /** Shows the setting that a reviewed SHOW names. */
    public Outcome show(Review review, RowSink sink, Cancellation cancellation) {
        if (review.statement().tree() instanceof SyntaxTree.Show show) {
            return reader.show(review, show.setting(), sink, cancellation);
        }
        throw new IllegalArgumentException("no SHOW: " + review.statement().kind());
    }

    private void requireLength(String text) {
        if (text.length() > maximumLength) {
            throw new HowdahException(
                    ErrorCode.LIMIT,
                    String.format(
                            "The text is %,d characters long; at most %,d are read.", text.length(), maximumLength),
                    "Raise limits.sql_length if it is meant to be that long.");
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
