package dev.howdah.cli.command;

import dev.howdah.agent.Agent;
import dev.howdah.agent.Answer;
import dev.howdah.agent.By;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.Event;
import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.guard.review.Review;
import dev.howdah.library.Chat;
import dev.howdah.library.memory.VerifiedQueries;
import dev.howdah.library.memory.VerifiedQuery;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.Interpretation;
import dev.howdah.question.Reading;
import java.io.PrintStream;
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
    private final boolean dryRun;
    private final boolean why;
    private @Nullable Review understood;

    private Asking(
            Context context, Session session, Results results, OutputOptions output, boolean dryRun, boolean why) {
        this.why = why;
        this.context = context;
        this.session = session;
        this.results = results;
        this.output = output;
        this.dryRun = dryRun;
    }

    /** Asks a question that begins a conversation. Returns the exit code. */
    static int ask(
            Context context,
            Session session,
            ConnectionOptions connection,
            OutputOptions output,
            String question,
            boolean dryRun,
            boolean why) {
        session.howdah().memory().prepare();
        return ask(
                context,
                session,
                connection,
                output,
                question,
                dryRun,
                why,
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
            boolean dryRun,
            boolean why,
            Chat chat,
            boolean save) {
        try {
            Answer answer = answer(context, session, connection, output, question, dryRun, why, chat);
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
            boolean dryRun,
            boolean why,
            Chat chat) {
        Runnable erase = session.progress()::erase;
        try (Results results = Results.open(context, session.settings(), output, erase)) {
            Asking asking = new Asking(context, session, results, output, dryRun, why);
            Agent.Request request =
                    new Agent.Request(session.limits(results, connection, output), !dryRun, results.isExport());
            Answer answer = chat.ask(question, request, asking, context.cancellation());
            switch (answer) {
                case Answer.Rows _ -> results.complete();
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

    @Override
    public void event(Event event) {
        session.progress().doing(event.detail());
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
        if (why && !reading.evidence().isEmpty()) {
            why(err, reading);
        }
        if (!dryRun) {
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
                "%s (%d %s; %,d tokens in, of them %,d cached, %,d out)",
                PlainText.oneLine(by.name()),
                by.calls(),
                by.calls() == 1 ? "call" : "calls",
                by.usage().input(),
                by.usage().cached(),
                by.usage().output());
    }

    private static void list(PrintStream err, List<String> lines) {
        for (String line : lines) {
            err.println("  - " + PlainText.lines(line));
        }
    }
}
