package dev.howdah.terminal.app;

import dev.howdah.agent.Agent;
import dev.howdah.agent.Answer;
import dev.howdah.agent.By;
import dev.howdah.agent.Piece;
import dev.howdah.agent.context.Background;
import dev.howdah.agent.tools.ToolUse;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.Event;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.change.Act;
import dev.howdah.guard.change.ChangeLimits;
import dev.howdah.guard.change.ChangeOutcome;
import dev.howdah.guard.change.Proposal;
import dev.howdah.guard.consent.Consent;
import dev.howdah.guard.consent.ConsentRequest;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.redaction.Destination;
import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Verdict;
import dev.howdah.library.Howdah;
import dev.howdah.library.settings.Keys;
import dev.howdah.postgres.Server;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.Interpretation;
import dev.howdah.question.Reading;
import dev.howdah.render.Format;
import dev.howdah.render.PlanText;
import dev.howdah.render.RenderOptions;
import dev.howdah.render.RowWriters;
import dev.howdah.sql.Effect;
import dev.howdah.sql.Statement;
import dev.howdah.sql.StatementKind;
import dev.howdah.terminal.chat.Block;
import dev.howdah.terminal.chat.Block.Choice;
import dev.howdah.terminal.result.Result;
import dev.howdah.terminal.screen.Text.Line;
import dev.tamboui.style.Style;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the work is done that a person asks for: each on a thread of its own, with what comes of it brought to the drawing
 * thread as closures. Its methods are for the drawing thread.
 */
public final class Desk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    /** After this long without anyone looking further, a cursor is closed. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    /** The most that is kept of one result to scroll back to. */
    private static final long SPILL_BYTES = 1L << 30;

    /** Cursors that stay open; each takes a connection. */
    private static final int OPEN_CURSORS = 2;

    /** Results whose rows are kept; older ones are read again when they are wanted. */
    private static final int KEPT_RESULTS = 20;

    private final Howdah howdah;
    private final Consumer<Runnable> drawing;
    private final LongSupplier nanos;
    private final Consumer<ReviewDialog> decisions;
    private final Deque<Job> jobs = new ArrayDeque<>();
    private final Deque<Result> open = new ArrayDeque<>();

    /** Something that is being worked on. */
    private static final class Job {
        private final Block block;
        private final Cancellation cancellation = new Cancellation();
        private final long start;
        private final Runnable after;
        private @Nullable Result result;
        private boolean answered;
        private boolean stopped;

        Job(Block block, long start, Runnable after) {
            this.block = block;
            this.start = start;
            this.after = after;
        }
    }

    /**
     * @param howdah the database that is worked with; closed with the desk
     * @param drawing runs closures on the drawing thread, in order, and draws afterwards
     * @param nanos a clock of nanoseconds
     * @param decisions shows what a person has to decide
     */
    Desk(Howdah howdah, Consumer<Runnable> drawing, LongSupplier nanos, Consumer<ReviewDialog> decisions) {
        this.decisions = decisions;
        this.howdah = howdah;
        this.drawing = drawing;
        this.nanos = nanos;
    }

    /** The database that is worked with. */
    public Howdah howdah() {
        return howdah;
    }

    /** Learns what the connection leads to and what the database consists of. */
    public void look(Consumer<Server> server, Consumer<Catalog> catalog, Consumer<HowdahException> failed) {
        background("look", () -> {
            try {
                Server found = howdah.database().server(new Cancellation());
                drawing.accept(() -> server.accept(found));
                Catalog read = howdah.catalog(new Cancellation());
                drawing.accept(() -> catalog.accept(read));
            } catch (HowdahException e) {
                LOG.debug("the database could not be looked at", e);
                drawing.accept(() -> failed.accept(e));
            }
        });
    }

    private static void background(String name, Runnable work) {
        Thread.ofVirtual().name("howdah-" + name).start(work);
    }

    /** The block that is being worked on, if one is. */
    public Optional<Block> running() {
        return jobs.stream().filter(job -> !job.answered).map(job -> job.block).findFirst();
    }

    /** Stops what runs; the block says so when the server has stopped. */
    public boolean cancel() {
        for (Job job : jobs) {
            if (!job.answered) {
                job.stopped = true;
                job.block.doing("stopping; waiting for the server to say so");
                // Its own thread: telling the server takes a connection.
                background("cancel", job.cancellation::cancel);
                return true;
            }
        }
        return false;
    }

    private Limits limits() {
        var session = howdah.sessionLimits();
        return new Limits(
                Optional.empty(),
                Optional.empty(),
                howdah.settings().value(Keys.LIMIT_FIRST_ROW_TIMEOUT),
                Optional.empty(),
                session);
    }

    /** The server ends idle transactions, too: be there before it. */
    private Duration idle() {
        return howdah.sessionLimits()
                .idle()
                .map(most -> most.multipliedBy(9).dividedBy(10))
                .filter(most -> most.compareTo(IDLE) < 0)
                .orElse(IDLE);
    }

    private Result result(Job job) {
        AtomicBoolean pending = new AtomicBoolean();
        Result result = new Result(idle(), SPILL_BYTES, () -> {
            if (pending.compareAndSet(false, true)) {
                drawing.accept(() -> {
                    pending.set(false);
                    changed(job);
                });
            }
        });
        drawing.accept(() -> {
            job.result = result;
            job.block.rows(result);
            open.add(result);
            while (open.size() > OPEN_CURSORS) {
                open.removeFirst().closeCursor();
            }
        });
        return result;
    }

    private void changed(Job job) {
        job.block.touch();
        if (job.result != null && job.result.hasPaused()) {
            answered(job, Block.State.DONE);
        }
    }

    private void answered(Job job, Block.State state) {
        if (!job.answered) {
            job.answered = true;
            job.block.end(state, Duration.ofNanos(nanos.getAsLong() - job.start));
            job.after.run();
        }
    }

    private void over(Job job, @Nullable Throwable thrown, Optional<String> sql) {
        jobs.remove(job);
        if (job.result != null) {
            open.remove(job.result);
            if (thrown != null) {
                job.result.abandon();
            }
        }
        if (thrown == null) {
            answered(job, Block.State.DONE);
        } else if (job.answered) {
            // The answer was there; what ended later is the cursor, and the result says so.
            LOG.debug("a cursor has ended", thrown);
            job.block.touch();
        } else if (job.stopped) {
            answered(job, Block.State.STOPPED);
        } else {
            job.answered = true;
            job.block.fail(Excerpts.failure(thrown, sql), Duration.ofNanos(nanos.getAsLong() - job.start));
            job.after.run();
        }
    }

    private Job begin(Block block, Runnable after) {
        Job job = new Job(block, nanos.getAsLong(), after);
        jobs.add(job);
        block.begin(job.start);
        return job;
    }

    private void work(Job job, Runnable work) {
        background("work", () -> {
            try {
                work.run();
                drawing.accept(() -> over(job, null, Optional.empty()));
            } catch (HowdahException e) {
                drawing.accept(() -> over(job, e, Optional.of(sqlOf(job.block))));
            } catch (RuntimeException | Error e) {
                LOG.error("defect", e);
                drawing.accept(() -> over(job, e, Optional.empty()));
            }
        });
    }

    private static String sqlOf(Block block) {
        return block.kind() == Block.Kind.QUESTION ? block.sql() : block.text();
    }

    /**
     * Answers a question.
     *
     * @param after done when the answer is there, or there is none
     */
    public void ask(Block block, Background background, Runnable after) {
        Job job = begin(block, after);
        job.block.doing("reading the question");
        work(job, () -> {
            Agent.Request request = new Agent.Request(limits(), true, false, background);
            Answer answer = howdah.agent().ask(block.text(), request, new Hearing(job), job.cancellation);
            drawing.accept(() -> told(job, answer));
        });
    }

    private void told(Job job, Answer answer) {
        Block block = job.block;
        switch (answer) {
            case Answer.Rows _ -> {}
            case Answer.Shown shown ->
                block.understood(
                        shown.reading().inWords(),
                        shown.reading().assumptions(),
                        shown.reading().sql(),
                        shown.by().name());
            case Answer.Told told -> {
                block.understood("", List.of(), "", words(told.by()));
                block.say(told.text()
                        .lines()
                        .map(line -> Line.of("  " + line, Style.EMPTY))
                        .toList());
            }
            case Answer.Asked asked ->
                block.choose(
                        asked.ask(),
                        asked.choices().stream()
                                .map(choice -> new Choice(choice, Optional.empty()))
                                .toList());
            case Answer.NotUnderstood(Interpretation interpretation) -> notUnderstood(block, interpretation);
        }
    }

    private static void notUnderstood(Block block, Interpretation interpretation) {
        switch (interpretation) {
            case Interpretation.Understood _ -> {}
            case Interpretation.Declined declined -> {
                String words = declined.notUnderstood().isEmpty()
                        ? ""
                        : " Not understood: " + String.join(", ", declined.notUnderstood()) + ".";
                block.choose(
                        "Not answered: " + declined.reason() + words,
                        declined.suggestions().stream()
                                .map(suggestion -> new Choice(suggestion, Optional.empty()))
                                .toList());
            }
            case Interpretation.Ambiguous ambiguous ->
                block.choose(
                        ambiguous.ask(),
                        ambiguous.choices().stream()
                                .map(choice -> new Choice(
                                        choice.words(),
                                        Optional.of(choice.reading().sql())))
                                .toList());
        }
    }

    private static String words(By by) {
        return by.isModel()
                ? by.name() + ", " + (by.usage().input() + by.usage().output()) + " tokens"
                : by.name();
    }

    /** Hears what comes of a question, on the thread that works on it. */
    private final class Hearing implements Agent.Listener {
        private final Job job;
        private @Nullable Review review;

        Hearing(Job job) {
            this.job = job;
        }

        @Override
        public void event(Event event) {
            drawing.accept(() -> job.block.doing(event.detail()));
        }

        @Override
        public void understood(Reading reading, Review understood, By by) {
            review = understood;
            drawing.accept(
                    () -> job.block.understood(reading.inWords(), reading.assumptions(), reading.sql(), words(by)));
        }

        @Override
        public void repairing(HowdahException failure) {
            drawing.accept(() -> job.block.step("that did not run, the model tries again: " + failure.getMessage()));
        }

        @Override
        public void writes(Piece piece) {
            drawing.accept(() -> job.block.stream(piece.text()));
        }

        @Override
        public void writesAgain() {
            drawing.accept(job.block::streamAgain);
        }

        @Override
        public void tool(ToolUse use) {
            use.outcome()
                    .ifPresent(outcome -> drawing.accept(() ->
                            job.block.step((outcome.failed() ? "✗ " : "") + use.tool() + ": " + outcome.words())));
        }

        @Override
        public RowSink rows() {
            if (review == null) {
                throw new IllegalStateException("rows before the question was understood");
            }
            return howdah.redaction().to(Destination.SCREEN, review, result(job), job.cancellation);
        }
    }

    /**
     * Runs one statement, or finds out that a text is several.
     *
     * @param several given the statements if there are more than one; nothing is run then
     * @param after done when the answer is there, or there is none
     */
    public void sql(Block block, Consumer<List<String>> several, Runnable after) {
        Job job = begin(block, after);
        job.block.doing("reviewing the SQL");
        work(job, () -> {
            List<Statement> statements = howdah.guard().split(block.text());
            if (statements.isEmpty()) {
                return;
            }
            if (statements.size() > 1) {
                List<String> texts = statements.stream().map(Statement::text).toList();
                drawing.accept(() -> several.accept(texts));
                return;
            }
            Review review = howdah.guard().review(statements.getFirst(), job.cancellation);
            if (review.effect() == Effect.READ || review.verdict() instanceof Verdict.Refused) {
                review.requireAllowed();
                run(job, review);
            } else {
                change(job, review);
            }
        });
    }

    private void run(Job job, Review review) {
        drawing.accept(() -> job.block.doing("running the query"));
        if (review.statement().kind() == StatementKind.EXPLAIN) {
            explained(job, howdah.guard().explain(review, false, List.of(), limits(), job.cancellation));
            return;
        }
        RowSink sink = howdah.redaction().to(Destination.SCREEN, review, result(job), job.cancellation);
        if (review.statement().kind() == StatementKind.SHOW) {
            howdah.guard().show(review, sink, job.cancellation);
        } else {
            howdah.guard().read(review, List.of(), limits(), sink, job.cancellation);
        }
    }

    /** A write: measured, decided on by a person, then run as it was consented to. */
    private void change(Job job, Review review) {
        drawing.accept(() -> job.block.doing("finding out what it would change"));
        ChangeLimits limits = ChangeLimits.standard();
        Proposal proposal = howdah.guard().propose(review, List.of(), limits, job.cancellation);
        ConsentRequest request = howdah.guard().ask(proposal);
        ConsentRequest.Answer answer = request.kind().isEmpty() ? request.unasked() : decided(job, proposal, request);
        switch (answer) {
            case ConsentRequest.Answer.Given(Consent consent) -> {
                drawing.accept(() -> job.block.doing("running it"));
                Returned returned = new Returned(job, review);
                ChangeOutcome outcome = howdah.guard()
                        .execute(proposal, consent, Act.Returning.to(returned, limits.returning()), job.cancellation);
                drawing.accept(() -> job.block.say(Outcomes.lines(outcome)));
            }
            case ConsentRequest.Answer.Declined _ ->
                drawing.accept(() ->
                        job.block.say(List.of(Line.of("  Not run: you said no. Nothing was changed.", Style.EMPTY))));
            case ConsentRequest.Answer.TooLate _ ->
                drawing.accept(() -> job.block.say(
                        List.of(Line.of("  Not run from here: it was answered elsewhere.", Style.EMPTY))));
            case ConsentRequest.Answer.Expired _ ->
                drawing.accept(() -> job.block.say(
                        List.of(Line.of("  Not run: the question stood too long. Ask again.", Style.EMPTY))));
            case ConsentRequest.Answer.NotThat(String why) ->
                drawing.accept(() -> job.block.say(List.of(Line.of("  Not run: " + why + ".", Style.EMPTY))));
        }
    }

    /** Waits for a person; stopping is a no. */
    private ConsentRequest.Answer decided(Job job, Proposal proposal, ConsentRequest request) {
        CompletableFuture<ConsentRequest.Answer> decided = new CompletableFuture<>();
        ReviewDialog dialog = new ReviewDialog(proposal, request, decided::complete);
        drawing.accept(() -> {
            job.block.doing("waiting for you to decide");
            decisions.accept(dialog);
        });
        try (Cancellation.Registration _ = job.cancellation.onCancel(() -> drawing.accept(dialog::decline))) {
            return decided.join();
        }
    }

    /** Rows of RETURNING, if there are any. */
    private final class Returned implements RowSink {
        private final Job job;
        private final Review review;
        private @Nullable RowSink sink;

        Returned(Job job, Review review) {
            this.job = job;
            this.review = review;
        }

        @Override
        public void columns(List<ResultColumn> columns) throws IOException {
            Result rows = result(job);
            // A transaction does not wait until somebody has looked.
            rows.want(Long.MAX_VALUE);
            RowSink redacted = howdah.redaction().to(Destination.SCREEN, review, rows, job.cancellation);
            redacted.columns(columns);
            sink = redacted;
        }

        @Override
        public void row(Row row) throws IOException {
            if (sink != null) {
                sink.row(row);
            }
        }

        @Override
        public void end(long rows, boolean truncated) throws IOException {
            if (sink != null) {
                sink.end(rows, truncated);
            }
        }
    }

    /** The plan of a statement. */
    public void explain(Block block, String sql, boolean analyze, Runnable after) {
        Job job = begin(block, after);
        work(job, () -> {
            Review review = howdah.guard().review(sql, job.cancellation);
            explained(job, howdah.guard().explain(review, analyze, List.of(), limits(), job.cancellation));
        });
    }

    private void explained(Job job, String json) {
        Catalog catalog = howdah.catalog(job.cancellation);
        String tree =
                PlanText.tree(json, Optional.of(catalog), RenderOptions.plain().withWidth(120));
        List<Line> lines =
                tree.lines().map(line -> Line.of("  " + line, Style.EMPTY)).toList();
        drawing.accept(() -> job.block.say(lines));
    }

    /**
     * Writes all rows of a statement into a file; what is not whole is deleted.
     *
     * @param after done when it is over
     */
    public void export(Block block, String sql, Path file, Format format, Runnable after) {
        Job job = begin(block, after);
        job.block.doing("exporting to " + file);
        work(job, () -> {
            Review review = howdah.guard().review(sql, job.cancellation);
            review.requireAllowed();
            Outcome outcome = exported(job, review, file, format);
            drawing.accept(() -> job.block.say(List.of(Line.of(
                    "  " + dev.howdah.render.Counts.rows(outcome.rows()) + " written to " + file, Style.EMPTY))));
        });
    }

    private Outcome exported(Job job, Review review, Path file, Format format) {
        boolean created = false;
        boolean whole = false;
        try {
            try (OutputStream stream = new BufferedOutputStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                created = true;
                RowSink writer = new Counted(RowWriters.open(format, stream, RenderOptions.plain()), job);
                RowSink sink = howdah.redaction().to(Destination.EXPORT, review, writer, job.cancellation);
                Limits all = new Limits(
                        howdah.settings().value(Keys.LIMIT_EXPORT_ROWS),
                        Optional.empty(),
                        Optional.empty(),
                        howdah.settings().value(Keys.LIMIT_EXPORT_TIMEOUT),
                        howdah.sessionLimits());
                Outcome outcome = howdah.guard().readAll(review, List.of(), all, sink, job.cancellation);
                whole = true;
                return outcome;
            } finally {
                if (created && !whole) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw new HowdahException(
                    ErrorCode.FILE,
                    "There is a file " + file + " already.",
                    "Name another; files are not replaced.",
                    e);
        } catch (IOException e) {
            throw new HowdahException(
                    ErrorCode.FILE, "The file " + file + " could not be written: " + e.getMessage() + ".", null, e);
        }
    }

    /** Says from time to time how far an export is. */
    private final class Counted implements RowSink {
        private final RowSink sink;
        private final Job job;
        private long count;
        private long told;

        Counted(RowSink sink, Job job) {
            this.sink = sink;
            this.job = job;
        }

        @Override
        public void columns(List<ResultColumn> columns) throws IOException {
            sink.columns(columns);
        }

        @Override
        public void row(Row row) throws IOException {
            sink.row(row);
            count++;
            if ((count & 0xfff) == 0 && nanos.getAsLong() - told > 100_000_000) {
                told = nanos.getAsLong();
                long done = count;
                drawing.accept(() ->
                        job.block.doing("exporting: " + dev.howdah.render.Counts.rows(done) + " written; Esc stops"));
            }
        }

        @Override
        public void end(long rows, boolean truncated) throws IOException {
            sink.end(rows, truncated);
        }
    }

    /** Lets go of what old results keep, so that a long day does not fill the disk. */
    public void tidy(List<Block> blocks) {
        List<Result> results = new ArrayList<>();
        blocks.forEach(block -> block.result().ifPresent(results::add));
        for (int i = 0; i < results.size() - KEPT_RESULTS; i++) {
            release(results.get(i));
        }
    }

    private static void release(Result result) {
        try {
            result.close();
        } catch (IOException e) {
            LOG.debug("a spill file did not close", e);
        }
    }

    @Override
    public void close() {
        for (Job job : jobs) {
            job.cancellation.cancel();
            if (job.result != null) {
                release(job.result);
            }
        }
        howdah.close();
    }
}
