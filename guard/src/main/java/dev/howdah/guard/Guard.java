package dev.howdah.guard;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.audit.Audit;
import dev.howdah.guard.audit.AuditEvent;
import dev.howdah.guard.audit.Occasion;
import dev.howdah.guard.audit.Recorder;
import dev.howdah.guard.change.Act;
import dev.howdah.guard.change.Assessment;
import dev.howdah.guard.change.ChangeLimits;
import dev.howdah.guard.change.ChangeOptions;
import dev.howdah.guard.change.ChangeOutcome;
import dev.howdah.guard.change.Changes;
import dev.howdah.guard.change.Impact;
import dev.howdah.guard.change.Proposal;
import dev.howdah.guard.consent.Consent;
import dev.howdah.guard.consent.ConsentRequest;
import dev.howdah.guard.probe.Probe;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.read.Reader;
import dev.howdah.guard.redaction.Redactor;
import dev.howdah.guard.redaction.ServerErrors;
import dev.howdah.guard.review.AccessLists;
import dev.howdah.guard.review.Judge;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Reviewer;
import dev.howdah.guard.review.Verdict;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.RolePower;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.postgres.wire.PremiseException;
import dev.howdah.postgres.wire.Wire;
import dev.howdah.sql.Effect;
import dev.howdah.sql.Effects;
import dev.howdah.sql.Sql;
import dev.howdah.sql.Statement;
import dev.howdah.sql.tree.Part.ExplainOption;
import dev.howdah.sql.tree.SyntaxTree;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gate: text becomes a {@link Review}, and only a review that says yes can be run. Thread-safe.
 */
public final class Guard implements AutoCloseable {
    private final int maximumLength;
    private final Wire wire;
    private final Reviewer reviewer;
    private final CatalogSnapshot catalog;
    private final AccessLists access;
    private final Reader reader;
    private final Recorder recorder;
    private final Redactor errors;
    private final Database database;
    private final Optional<Changes> changes;

    /** A gate that leaves no record, for programs that keep one of their own. */
    public Guard(Database database, CatalogSnapshot catalog, Policy policy, int maximumLength) {
        this(database, catalog, policy, AccessLists.none(), maximumLength, Audit.off());
    }

    /** A gate to one database that says nothing of single objects. */
    public Guard(Database database, CatalogSnapshot catalog, Policy policy, int maximumLength, Audit audit) {
        this(database, catalog, policy, AccessLists.none(), maximumLength, audit);
    }

    /**
     * A gate to one database.
     *
     * @param database where statements run; stays open when the guard is closed
     * @param catalog what names mean there
     * @param policy what each effect needs
     * @param access which tables and columns may be read, and what is trusted
     * @param maximumLength the longest text that is read, in characters
     * @param audit where everything is recorded that is judged and run; stays open when the guard is closed
     */
    public Guard(
            Database database,
            CatalogSnapshot catalog,
            Policy policy,
            AccessLists access,
            int maximumLength,
            Audit audit) {
        this.maximumLength = maximumLength;
        this.catalog = catalog;
        this.access = access;
        this.wire = new Wire(database);
        this.reviewer = new Reviewer(catalog, policy, access);
        this.reader = new Reader(wire);
        this.recorder = new Recorder(audit, database.profile(), Occasion.NONE);
        this.errors = Redactor.masking();
        this.database = database;
        this.changes = Optional.empty();
    }

    private Guard(Guard other, Recorder recorder, Redactor errors, Optional<Changes> changes) {
        this.database = other.database;
        this.changes = changes;
        this.maximumLength = other.maximumLength;
        this.catalog = other.catalog;
        this.access = other.access;
        this.wire = other.wire;
        this.reviewer = other.reviewer;
        this.reader = other.reader;
        this.recorder = recorder;
        this.errors = errors;
    }

    /** The same gate for statements that come from there, which their records will say. Only the first is to be closed. */
    public Guard on(Occasion occasion) {
        return new Guard(this, recorder.on(occasion), errors, changes);
    }

    /**
     * The same gate with another treatment of the rows that the server's errors quote, which are masked by default. Only
     * the first is to be closed.
     */
    public Guard withErrors(Redactor redactor) {
        return new Guard(this, recorder, redactor, changes);
    }

    /**
     * The same gate, open for what changes something, as far as the policy lets it and a person consents. Without this a gate
     * takes reads only. Only the first is to be closed.
     */
    public Guard takingChanges(ChangeOptions options) {
        return new Guard(this, recorder, errors, Optional.of(new Changes(database, wire, catalog, reviewer, options)));
    }

    /** Records what happens at this gate. */
    public Recorder recorder() {
        return recorder;
    }

    /**
     * Reviews text that must be one statement, as models and other programs send it.
     *
     * @throws HowdahException of code SYNTAX if it is not exactly one statement that the parser knows
     */
    public Review review(String text, Cancellation cancellation) {
        return recorder.reviewed(text, () -> {
            requireLength(text);
            return reviewer.reviewToRun(Sql.parseOne(text), cancellation);
        });
    }

    /**
     * The statements of a script, each to be given to {@link #review(Statement, Cancellation)} when its turn comes, because an earlier
     * one may change what a later one means.
     *
     * @throws HowdahException of code SYNTAX if any of it is not a statement
     */
    public List<Statement> split(String script) {
        try {
            requireLength(script);
            return Sql.parse(script);
        } catch (HowdahException e) {
            recorder.refused(script, e);
            throw e;
        }
    }

    /** Reviews one statement of a script. */
    public Review review(Statement statement, Cancellation cancellation) {
        return recorder.reviewed(statement.text(), () -> reviewer.reviewToRun(statement, cancellation));
    }

    /** Judges texts by a policy, which need not be the guard's own, with names resolved here; runs none of them. */
    public Judge judge(Policy policy) {
        return Judge.resolving(new Reviewer(catalog, policy, access), maximumLength);
    }

    /**
     * Runs a reviewed read through a cursor: limits hold, memory does not grow with the result.
     *
     * @param parameters values of {@code $1} and on, null for NULL
     */
    public Outcome read(
            Review review, List<@Nullable String> parameters, Limits limits, RowSink sink, Cancellation cancellation) {
        return run(
                AuditEvent.EXECUTION,
                "cursor",
                review,
                parameters.size(),
                current -> reader.read(current, parameters, limits, sink, cancellation),
                cancellation);
    }

    /** Runs a reviewed query to its end, with the plan for the whole result, parallel workers included. */
    public Outcome readAll(
            Review review, List<@Nullable String> parameters, Limits limits, RowSink sink, Cancellation cancellation) {
        return run(
                AuditEvent.EXPORT,
                "copy",
                review,
                parameters.size(),
                current -> reader.readAll(current, parameters, limits, sink, cancellation),
                cancellation);
    }

    /** Writes a reviewed query's result as the server's own CSV, byte for byte. */
    public Outcome exportCsv(
            Review review, boolean header, Limits limits, OutputStream stream, Cancellation cancellation) {
        return run(
                AuditEvent.EXPORT,
                "csv",
                review,
                0,
                current -> reader.exportCsv(current, header, limits, stream, cancellation),
                cancellation);
    }

    private Outcome run(
            AuditEvent event,
            String form,
            Review review,
            int parameters,
            Function<Review, Outcome> work,
            Cancellation cancellation) {
        return recorder.run(
                event,
                form,
                review,
                parameters,
                () -> withoutRows(review, () -> whileItHolds(review, work, cancellation)),
                Optional::of);
    }

    /**
     * Runs it; if something that the review rests on has changed meanwhile, reviews and runs it once more. What a view shows
     * may have become something else, for which the caller's sink was not made: then it is for the caller to ask again.
     */
    private <T> T whileItHolds(Review review, Function<Review, T> work, Cancellation cancellation) {
        try {
            return work.apply(review);
        } catch (PremiseException e) {
            Review anew = recorder.reviewed(
                    review.statement().text(), () -> reviewer.reviewAnew(review.statement(), cancellation));
            anew.requireAllowed();
            if (!anew.footprint().equals(review.footprint()) || showsViews(anew, cancellation)) {
                throw e;
            }
            return work.apply(anew);
        }
    }

    private boolean showsViews(Review review, Cancellation cancellation) {
        Set<String> touched = Set.copyOf(review.footprint().relations());
        return catalog.current(cancellation).relations().stream()
                .filter(relation ->
                        relation.kind() == Relation.Kind.VIEW || relation.kind() == Relation.Kind.MATERIALIZED_VIEW)
                .anyMatch(view -> touched.contains(view.toString()));
    }

    /** Runs it; what the server says if it fails quotes no rows. */
    private <T> T withoutRows(Review review, Supplier<T> work) {
        try {
            return work.get();
        } catch (PostgresException e) {
            throw ServerErrors.redacted(e, review.statement().text(), errors);
        }
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
        return recorder.run(
                AuditEvent.EXECUTION,
                "explain",
                review,
                parameters.size(),
                () -> withoutRows(
                        review,
                        () -> whileItHolds(
                                review,
                                current -> plan(current, analyze, parameters, limits, cancellation),
                                cancellation)),
                _ -> Optional.empty());
    }

    private String plan(
            Review review,
            boolean analyze,
            List<@Nullable String> parameters,
            Limits limits,
            Cancellation cancellation) {
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
            return run(
                    AuditEvent.EXECUTION,
                    "show",
                    review,
                    0,
                    current -> reader.show(current, show.setting(), sink, cancellation),
                    cancellation);
        }
        throw new IllegalArgumentException("no SHOW: " + review.statement().kind());
    }

    /**
     * Finds out what a reviewed write would do, how risky that is and what the policy asks before it runs. Nothing is changed;
     * where the limits and the policy let it, the statement is run and rolled back to find out.
     *
     * @param parameters values of {@code $1} and on, null for NULL
     * @throws HowdahException of code REFUSED if it must not run, and whatever the server says if it would fail
     */
    public Proposal propose(
            Review review, List<@Nullable String> parameters, ChangeLimits limits, Cancellation cancellation) {
        return propose(List.of(review), List.of(parameters), limits, cancellation);
    }

    /**
     * The same for several statements that run in one transaction, are consented to and undone as one.
     *
     * @param parameters the values that travel with each
     */
    public Proposal propose(
            List<Review> reviews,
            List<List<@Nullable String>> parameters,
            ChangeLimits limits,
            Cancellation cancellation) {
        return propose(Changes.statements(reviews, parameters), limits, cancellation);
    }

    /** The same for a change of the guard's own. */
    public Proposal propose(Act act, ChangeLimits limits, Cancellation cancellation) {
        return withoutRows(act, () -> changes().propose(act, limits, recorder, cancellation));
    }

    /**
     * What a text that must be one statement would do, whether or not the policy lets it run. It is run and rolled back to
     * find out only where the policy would let it run after consent.
     *
     * @throws HowdahException if it is no statement that changes something, or not fully understood
     */
    public Assessment assess(
            String text, List<@Nullable String> parameters, ChangeLimits limits, Cancellation cancellation) {
        Review review = recorder.reviewed(text, () -> {
            requireLength(text);
            return reviewer.reviewWhole(Sql.parseOne(text), cancellation);
        });
        if (review.verdict() instanceof Verdict.Refused refused && !refused.byRule()) {
            review.requireProposable();
        }
        if (review.effect() == Effect.READ) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "A " + review.statement().kind() + " changes nothing.",
                    "`howdah explain` shows how a query is run.");
        }
        return changes().assess(review, parameters, limits, recorder, cancellation);
    }

    /** What one statement would do: see {@link #assess}. */
    public Impact impact(String text, ChangeLimits limits, Cancellation cancellation) {
        return assess(text, List.of(), limits, cancellation).impact();
    }

    /** Asks whether a proposal may run. The question may be shown at several places; the first answer counts. */
    public ConsentRequest ask(Proposal proposal) {
        ConsentRequest request = changes().ask(proposal);
        request.resolution().thenAccept(answer -> {
            switch (answer) {
                case ConsentRequest.Answer.Given(Consent consent) ->
                    recorder.consent(proposal.act().texts(), consent.digest(), true, consent.way());
                case ConsentRequest.Answer.Declined(String by) ->
                    recorder.consent(proposal.act().texts(), proposal.terms().digest(), false, "declined at " + by);
                case ConsentRequest.Answer.NotThat _,
                        ConsentRequest.Answer.TooLate _,
                        ConsentRequest.Answer.Expired _ -> {}
            }
        });
        return request;
    }

    /**
     * Executes a proposal that was consented to: in one transaction that is rolled back if more rows change than were
     * reviewed, or a table that was not.
     *
     * @param returning where rows of RETURNING go
     * @throws HowdahException of code CONSENT_NEEDED if the consent is not for this, used up or expired, and whatever the
     *     server says if it fails; in either case nothing is changed
     */
    public ChangeOutcome execute(
            Proposal proposal, Consent consent, Act.Returning returning, Cancellation cancellation) {
        return withoutRows(
                proposal.act(), () -> changes().execute(proposal, consent, returning, recorder, cancellation));
    }

    private Changes changes() {
        return changes.orElseThrow(() -> new HowdahException(
                ErrorCode.REFUSED, "This gate takes no changes.", "It was opened for reads only. Nothing was run."));
    }

    private <T> T withoutRows(Act act, Supplier<T> work) {
        try {
            return work.get();
        } catch (PostgresException e) {
            throw ServerErrors.redacted(e, String.join(";\n", act.texts()), errors);
        }
    }

    /** Tries to get past this gate, and past what stands behind it, with Howdah's own list of attempts. */
    public Probe probe(Set<RolePower.Kind> powers) {
        return new Probe(this::review, wire, powers);
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
