package dev.howdah.cli.command;

import dev.howdah.agent.Agent;
import dev.howdah.agent.Alternative;
import dev.howdah.agent.Answer;
import dev.howdah.agent.By;
import dev.howdah.agent.Comparison;
import dev.howdah.agent.Piece;
import dev.howdah.agent.tools.ToolUse;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.Event;
import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.guard.review.Review;
import dev.howdah.library.Chat;
import dev.howdah.library.memory.VerifiedQueries;
import dev.howdah.library.memory.VerifiedQuery;
import dev.howdah.library.settings.Keys;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.Interpretation;
import dev.howdah.question.Reading;
import java.io.PrintStream;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks one question and shows the reading and the SQL on standard error, the rows on standard output. */
final class Asking implements Agent.Listener {
    private final Context context;
    private final Session session;
    private final Results results;
    private final OutputOptions output;
    private final Wish wish;
    private final boolean streaming;
    private boolean writing;
    private @Nullable Review understood;

    /**
     * What is wanted of a question.
     *
     * @param dryRun the SQL only
     * @param why what speaks for the reading, too
     * @param alternatives several statements, compared
     */
    record Wish(boolean dryRun, boolean why, boolean alternatives) {}

    private Asking(Context context, Session session, Results results, OutputOptions output, Wish wish) {
        this.streaming =
                session.settings().value(Keys.STREAMING) && context.console().errIsTerminal();
        this.context = context;
        this.session = session;
        this.results = results;
        this.output = output;
        this.wish = wish;
    }

    /** Asks a question that begins a conversation. Returns the exit code. */
    static int ask(
            Context context,
            Session session,
            ConnectionOptions connection,
            OutputOptions output,
            String question,
            Wish wish) {
        session.howdah().memory().prepare();
        return ask(
                context,
                session,
                connection,
                output,
                question,
                wish,
                session.howdah().createSession(),
                false);
    }

    /**
     * Asks the next question of a conversation. Returns the exit code.
     *
     * @param save whether to keep it as a verified query if it is answered
     */
    static int ask(
            Context context,
            Session session,
            ConnectionOptions connection,
            OutputOptions output,
            String question,
            Wish wish,
            Chat chat,
            boolean save) {
        try {
            Answer answer = answer(context, session, connection, output, question, wish, chat);
            if (save) {
                save(context, session, question, answer);
            }
            return exitCode(answer);
        } finally {
            session.howdah()
                    .memory()
                    .takeWarnings()
                    .forEach(warning -> context.console().err().println("howdah: " + PlainText.oneLine(warning)));
        }
    }

    private static void save(Context context, Session session, String question, Answer answer) {
        if (answer instanceof Answer.Rows || answer instanceof Answer.Shown) {
            Reading reading = answer instanceof Answer.Rows rows ? rows.reading() : ((Answer.Shown) answer).reading();
            VerifiedQueries verified = session.howdah().verified();
            String database = session.howdah().database().profile().database();
            verified.add(new VerifiedQuery(question, reading.sql(), "", database));
            context.console().err().println("Saved to " + verified.file() + ".");
        }
    }

    private static int exitCode(Answer answer) {
        return switch (answer) {
            case Answer.Rows _, Answer.Shown _, Answer.Told _ -> 0;
            case Answer.Asked _ -> ErrorCode.CLARIFICATION.exitCode();
            case Answer.NotUnderstood(Interpretation.Ambiguous _) -> ErrorCode.CLARIFICATION.exitCode();
            case Answer.NotUnderstood _ -> ErrorCode.DECLINED.exitCode();
        };
    }

    private static Answer answer(
            Context context,
            Session session,
            ConnectionOptions connection,
            OutputOptions output,
            String question,
            Wish wish,
            Chat chat) {
        Runnable erase = session.progress()::erase;
        try (Results results = Results.open(context, session.settings(), output, erase)) {
            Asking asking = new Asking(context, session, results, output, wish);
            Agent.Request request =
                    new Agent.Request(session.limits(results, connection, output), !wish.dryRun(), results.isExport());
            Answer answer = wish.alternatives()
                    ? asking.compared(question, request)
                    : chat.ask(question, request, asking, context.cancellation());
            switch (answer) {
                case Answer.Rows rows -> {
                    results.complete();
                    rows.confirmed()
                            .ifPresent(reader -> context.console()
                                    .err()
                                    .println("Confirmed by: " + PlainText.oneLine(reader)
                                            + ", who came to the same rows"));
                }
                case Answer.Shown shown -> {
                    context.console().println(shown.reading().sql());
                }
                case Answer.Told told -> {
                    session.progress().erase();
                    context.console().println(PlainText.lines(told.text()));
                    context.console().err().println("Answered by: " + cost(told.by()));
                }
                case Answer.Asked asked -> {
                    session.progress().erase();
                    PrintStream err = context.console().err();
                    err.println(PlainText.oneLine(asked.by().name()) + " asks: " + PlainText.lines(asked.ask()));
                    list(err, asked.choices());
                    err.println("  Ask again with the answer in the question.");
                }
                case Answer.NotUnderstood not -> {
                    session.progress().erase();
                    asking.explain(not.interpretation());
                }
            }
            return answer;
        }
    }

    private Answer compared(String question, Agent.Request request) {
        Comparison comparison = session.howdah().agent().compare(question, request, this, context.cancellation());
        PrintStream err = context.console().err();
        err.println("Alternatives:");
        for (Alternative one : comparison.alternatives()) {
            err.println("  - " + PlainText.oneLine(one.approach()) + " (" + PlainText.oneLine(one.by()) + "): "
                    + PlainText.oneLine(result(one, comparison.alternatives().getFirst())));
            err.println("    " + PlainText.oneLine(one.sql()));
        }
        return comparison.answer();
    }

    private static String result(Alternative one, Alternative best) {
        if (one.failure().isPresent()) {
            return "does not run: " + one.failure().get();
        }
        String rows = one.equals(best) ? "shown" : one.sameAsFirst() ? "the same rows" : "other rows";
        String cost = one.cost().isPresent()
                ? String.format(Locale.ROOT, ", planned cost %,.0f", one.cost().getAsDouble())
                : "";
        return rows + " (" + one.rows() + ")" + cost;
    }

    @Override
    public void event(Event event) {
        endWriting();
        session.progress().doing(event.detail());
    }

    @Override
    public void writes(Piece piece) {
        if (!streaming) {
            return;
        }
        if (!writing) {
            session.progress().erase();
            writing = true;
        }
        context.console().err().print(PlainText.lines(piece.text()));
        context.console().err().flush();
    }

    @Override
    public void writesAgain() {
        endWriting();
    }

    private void endWriting() {
        if (writing) {
            context.console().err().println();
            writing = false;
        }
    }

    @Override
    public void tool(ToolUse use) {
        use.outcome().ifPresent(outcome -> {
            session.progress().erase();
            context.console()
                    .err()
                    .println("Looked: " + PlainText.oneLine(use.tool()) + ": " + PlainText.oneLine(outcome.words()));
        });
    }

    @Override
    public void understood(Reading reading, Review review, By by) {
        understood = review;
        session.progress().erase();
        PrintStream err = context.console().err();
        boolean colour = output.messagesColoured(context, session.settings());
        String dim = colour ? "\u001b[2m" : "";
        String plain = colour ? "\u001b[0m" : "";
        if (!reading.inWords().isBlank()) {
            err.println("Read as: " + PlainText.lines(reading.inWords()));
        }
        if (by.isModel()) {
            err.println("Read by: " + cost(by));
        }
        for (String assumption : reading.assumptions()) {
            err.println("Assumed: " + PlainText.lines(assumption));
        }
        if (wish.why() && !reading.evidence().isEmpty()) {
            why(err, reading);
        }
        if (!wish.dryRun()) {
            err.println(dim + PlainText.lines(reading.sql()) + plain);
        }
        err.println();
        err.flush();
    }

    private static void why(PrintStream err, Reading reading) {
        err.println(String.format(Locale.ROOT, "Certain to: %.0f %%", 100 * reading.confidence()));
        List<String> evidence = new ArrayList<>();
        reading.evidence().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> evidence.add(String.format(Locale.ROOT, "%s %.2f", one.getKey(), one.getValue())));
        err.println("Evidence: " + String.join(", ", evidence));
    }

    @Override
    public void repairing(HowdahException failure) {
        session.progress().erase();
        PrintStream err = context.console().err();
        err.println("That does not run: " + PlainText.lines(String.valueOf(failure.getMessage())));
        err.println("The model is told and tries again.");
        err.println();
    }

    @Override
    public RowSink rows() {
        if (understood == null) {
            throw new IllegalStateException("rows before the question was understood");
        }
        return session.sink(results, understood, context.cancellation());
    }

    private void explain(Interpretation interpretation) {
        PrintStream err = context.console().err();
        switch (interpretation) {
            case Interpretation.Understood understood ->
                throw new IllegalStateException("understood and yet not answered: "
                        + understood.reading().sql());
            case Interpretation.Declined declined -> {
                err.println("howdah: Not answered: " + PlainText.lines(declined.reason()));
                if (!declined.notUnderstood().isEmpty()) {
                    err.println("  Not understood: " + PlainText.oneLine(String.join(", ", declined.notUnderstood())));
                }
                list(err, declined.suggestions());
                err.println("  `howdah schema` shows what there is to ask about; `howdah sql` takes SQL.");
            }
            case Interpretation.Ambiguous ambiguous -> {
                err.println("howdah: " + PlainText.lines(ambiguous.ask()));
                list(
                        err,
                        ambiguous.choices().stream()
                                .map(Interpretation.Choice::words)
                                .toList());
            }
        }
    }

    private static String cost(By by) {
        return String.format(
                Locale.ROOT,
                "%s (%d %s; %,d tokens in, of them %,d cached, %,d out%s)",
                PlainText.oneLine(by.name()),
                by.calls(),
                by.calls() == 1 ? "call" : "calls",
                by.usage().input(),
                by.usage().cached(),
                by.usage().output(),
                by.cost()
                        .map(cost -> "; cost "
                                + cost.setScale(4, RoundingMode.HALF_UP).toPlainString())
                        .orElse(""));
    }

    private static void list(PrintStream err, List<String> lines) {
        for (String line : lines) {
            err.println("  - " + PlainText.lines(line));
        }
    }
}
