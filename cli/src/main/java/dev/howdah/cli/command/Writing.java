package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.cli.Console;
import dev.howdah.guard.Guard;
import dev.howdah.guard.change.Act;
import dev.howdah.guard.change.ChangeOutcome;
import dev.howdah.guard.change.Proposal;
import dev.howdah.guard.change.TableImpact;
import dev.howdah.guard.consent.Consent;
import dev.howdah.guard.consent.ConsentRequest;
import dev.howdah.guard.consent.ConsentRequest.Answer;
import dev.howdah.guard.consent.Keyboard;
import dev.howdah.guard.review.ConsentKind;
import dev.howdah.guard.review.Review;
import dev.howdah.sql.Statement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows what a change would do, asks, runs it and says what came of it; all of that on standard error. One run, one thread. */
final class Writing {
    private final Context context;
    private final Session session;
    private final OutputOptions output;
    private final Results results;
    private final boolean yes;
    private final boolean dryRun;

    Writing(Context context, Session session, OutputOptions output, Results results, boolean yes, boolean dryRun) {
        this.context = context;
        this.session = session;
        this.output = output;
        this.results = results;
        this.yes = yes;
        this.dryRun = dryRun;
    }

    /**
     * Changes that are one; the exit code.
     *
     * @param first where the text of all of them begins, for pointing at an error
     */
    int write(List<Review> reviews, Parameters bound, Statement first) {
        if (reviews.size() > 1 && !bound.values().isEmpty()) {
            throw new HowdahException(ErrorCode.USAGE, "A plan of several changes takes no parameters.", null);
        }
        Guard guard = session.howdah().guard();
        session.progress().doing("finding out what it would do");
        Proposal proposal;
        try {
            List<List<@Nullable String>> values = new ArrayList<>();
            reviews.forEach(review -> values.add(bound.values()));
            proposal = guard.propose(reviews, values, session.howdah().changeLimits(), context.cancellation());
        } catch (HowdahException e) {
            throw reviews.size() > 1 ? e : PointedFailure.running(e, bound.sql(), first.start());
        }
        session.progress().erase();
        PrintStream err = context.console().err();
        boolean colour = output.messagesColoured(context, session.settings());
        ImpactText.lines(proposal, colour).forEach(err::println);
        err.flush();
        if (dryRun) {
            return 0;
        }
        Consent consent = ask(guard.ask(proposal));
        if (consent == null) {
            return ErrorCode.CONSENT_NEEDED.exitCode();
        }
        session.progress().doing("running it");
        Act.Returning returning = Act.Returning.to(
                session.sink(results, reviews.getFirst(), context.cancellation()),
                session.howdah().changeLimits().returning());
        ChangeOutcome outcome = guard.execute(
                proposal, consent, reviews.size() == 1 ? returning : Act.Returning.nowhere(), context.cancellation());
        session.progress().erase();
        return report(outcome);
    }

    private @Nullable Consent ask(ConsentRequest request) {
        if (request.kind().isEmpty()) {
            return request.unasked() instanceof Answer.Given(Consent consent) ? consent : null;
        }
        ConsentKind kind = request.kind().get();
        Console console = context.console();
        PrintStream err = console.err();
        if (yes && request.typed(Keyboard.flag("cli --yes"), "yes") instanceof Answer.Given(Consent consent)) {
            err.println("Said yes beforehand (--yes).");
            return consent;
        }
        if (!console.inIsTerminal()) {
            throw new HowdahException(
                    ErrorCode.CONSENT_NEEDED,
                    "Nothing was run: " + needed(kind) + (yes ? "; --yes answers only what asks for a yes." : "."),
                    kind instanceof ConsentKind.Confirm
                            ? "Run it at a terminal, or say yes beforehand with --yes."
                            : "Run it at a terminal.");
        }
        if (kind instanceof ConsentKind.Approval) {
            throw new HowdahException(
                    ErrorCode.CONSENT_NEEDED, "Nothing was run: " + needed(kind) + ".", "Ask for a ticket.");
        }
        while (true) {
            err.print(
                    kind instanceof ConsentKind.Type(String what)
                            ? "Type " + what + " to run it, or Enter to leave it: "
                            : "Run it? [y/N] ");
            err.flush();
            switch (request.typed(Keyboard.of("cli"), line())) {
                case Answer.Given(Consent consent) -> {
                    return consent;
                }
                case Answer.NotThat(String why) -> err.println("Not run: " + why + ".");
                case Answer.Declined _ -> {
                    err.println("Left as it is. Nothing was run.");
                    return null;
                }
                case Answer.TooLate _, Answer.Expired _ -> {
                    err.println("The question has grown old. Nothing was run; ask again.");
                    return null;
                }
            }
        }
    }

    private static String needed(ConsentKind kind) {
        return switch (kind) {
            case ConsentKind.Confirm _ -> "a person has to say yes to it";
            case ConsentKind.Type(String what) -> "a person has to type \"" + what + "\"";
            case ConsentKind.Approval _ -> "somebody else has to approve it";
        };
    }

    /** The end of input is an empty line, which declines. */
    private String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = context.console().in().read();
                    next >= 0 && next != '\n';
                    next = context.console().in().read()) {
                line.write(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private int report(ChangeOutcome outcome) {
        PrintStream err = context.console().err();
        switch (outcome) {
            case ChangeOutcome.Committed committed -> {
                err.println("Done in " + millis(outcome) + ": "
                        + (committed.changed().isEmpty() ? "no row changed" : rows(committed.changed())) + ".");
                committed.notes().forEach(note -> err.println("  " + PlainText.oneLine(note)));
                committed
                        .journal()
                        .ifPresent(id -> err.println("  Undo it with: howdah undo " + PlainText.oneLine(id)));
                return 0;
            }
            case ChangeOutcome.RolledBack back -> {
                err.println("howdah: Rolled back, nothing is changed: it went further than what you were shown.");
                for (ChangeOutcome.Difference difference : back.differences()) {
                    err.println(String.format(
                            Locale.ROOT,
                            "  %s: %,d rows instead of %,d",
                            difference.table(),
                            difference.found(),
                            difference.reviewed()));
                }
                err.println("  The data has changed since; run it again to see what it would do now.");
                return ErrorCode.SERVER.exitCode();
            }
            case ChangeOutcome.Unknown unknown -> {
                err.println("howdah: The connection broke while it was committed; whether it was is not known.");
                err.println("  Ask the server: select pg_xact_status('" + unknown.transaction() + "')");
                return ErrorCode.NO_CONNECTION.exitCode();
            }
        }
    }

    private static String rows(List<TableImpact> tables) {
        List<String> parts = new ArrayList<>();
        for (TableImpact table : tables) {
            parts.add(PlainText.oneLine(table.name()) + " " + ImpactText.counts(table));
        }
        return String.join("; ", parts);
    }

    private static String millis(ChangeOutcome outcome) {
        return outcome.duration().toMillis() + " ms";
    }
}
