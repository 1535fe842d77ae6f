package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.guard.Guard;
import dev.howdah.guard.change.Act;
import dev.howdah.guard.change.ChangeLimits;
import dev.howdah.guard.change.ChangeOutcome;
import dev.howdah.guard.change.Proposal;
import dev.howdah.guard.change.TableImpact;
import dev.howdah.guard.consent.Consent;
import dev.howdah.guard.consent.ConsentRequest;
import dev.howdah.guard.consent.Keyboard;
import dev.howdah.guard.journal.Choice;
import dev.howdah.guard.journal.Entry;
import dev.howdah.guard.review.ConsentKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `howdah undo`: puts back what a write changed, after a look at what that would do. */
@Command(
        name = "undo",
        description = "Put back the rows that a write changed: the newest one, or the one of a number.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah undo -d shop --list                      what can be undone",
            "  howdah undo -d shop                             undo the newest write",
            "  howdah undo -d shop 12                          undo write 12; undoing an undo does it again",
            "  howdah undo -d shop 12 --on-conflict skip       leave rows that were changed since as they are",
            "  howdah undo setup -d shop                       the SQL that lets this role keep a journal",
            "  howdah undo purge -d shop 3 4                   forget writes 3 and 4",
        })
final class UndoCommand implements Callable<Integer> {
    @CommandLine.Parameters(paramLabel = "ID", arity = "0..1", description = "The number of the write.")
    private @Nullable Long id;

    @Option(names = "--list", description = "Show what is kept, the newest first; change nothing.")
    private boolean list;

    @Option(
            names = "--on-conflict",
            paramLabel = "CHOICE",
            description = "Rows that were changed since: stop (default), skip or overwrite.")
    private Choice choice = Choice.STOP;

    @Option(
            names = {"-y", "--yes"},
            description = "Say yes beforehand, where a yes is all that is asked for.")
    private boolean yes;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    UndoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open(context, connection, new OutputOptions())) {
            if (list) {
                List<Entry> entries = session.howdah().undos().list(context.cancellation());
                session.progress().erase();
                entries.forEach(entry -> context.console().println(words(entry)));
                if (entries.isEmpty()) {
                    context.console().err().println("howdah: nothing is kept.");
                }
                return 0;
            }
            session.progress().doing("looking at what this would put back");
            return decide(
                    session,
                    session.howdah().undos().undo(Optional.ofNullable(id), choice, context.cancellation()),
                    yes);
        }
    }

    @Command(
            name = "setup",
            description = "Print the SQL with which a database administrator lets this role keep a journal.")
    int setup(@Mixin ConnectionOptions options, @Mixin HelpOption helpOption) {
        try (Session session = Session.open(context, options, new OutputOptions())) {
            String sql = session.howdah().undos().setup(context.cancellation());
            session.progress().erase();
            context.console().print(sql);
            return 0;
        }
    }

    @Command(
            name = "purge",
            description = "Forget writes: their rows as they were are deleted, and they cannot be undone.")
    int purge(
            @CommandLine.Parameters(paramLabel = "ID", arity = "1..*", description = "Their numbers.") List<Long> ids,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Say yes beforehand.")
                    boolean agreed,
            @Mixin ConnectionOptions options,
            @Mixin HelpOption helpOption)
            throws IOException {
        try (Session session = Session.open(context, options, new OutputOptions())) {
            return decide(session, session.howdah().undos().forget(ids, context.cancellation()), agreed);
        }
    }

    private int decide(Session session, Act act, boolean agreed) throws IOException {
        Guard guard = session.howdah().guard();
        Proposal proposal = guard.propose(act, ChangeLimits.standard(), context.cancellation());
        session.progress().erase();
        show(proposal);
        Optional<Consent> consent = consent(guard.ask(proposal), agreed);
        if (consent.isEmpty()) {
            context.console().err().println("howdah: nothing was changed.");
            return ErrorCode.CONSENT_NEEDED.exitCode();
        }
        return switch (guard.execute(proposal, consent.get(), Act.Returning.nowhere(), context.cancellation())) {
            case ChangeOutcome.Committed committed -> {
                committed.changed().forEach(table -> context.console().println(words(table)));
                committed
                        .notes()
                        .forEach(note -> context.console().err().println("howdah: " + PlainText.oneLine(note)));
                committed
                        .journal()
                        .ifPresent(kept -> context.console()
                                .err()
                                .println("howdah: done; take it back with: howdah undo " + kept));
                yield 0;
            }
            case ChangeOutcome.RolledBack back -> {
                back.differences()
                        .forEach(difference -> context.console()
                                .err()
                                .println("howdah: " + PlainText.oneLine(difference.table()) + ": " + difference.found()
                                        + " rows, " + difference.reviewed() + " were reviewed; nothing was changed."));
                yield ErrorCode.SERVER.exitCode();
            }
            case ChangeOutcome.Unknown unknown -> {
                context.console()
                        .err()
                        .println("howdah: the connection broke while it was committed; SELECT pg_xact_status('"
                                + unknown.transaction() + "') tells what became of it.");
                yield ErrorCode.NO_CONNECTION.exitCode();
            }
        };
    }

    private void show(Proposal proposal) {
        var err = context.console().err();
        proposal.act().texts().forEach(text -> err.println(PlainText.oneLine(text)));
        proposal.impact().tables().forEach(table -> err.println("  " + words(table)));
        proposal.impact().warnings().forEach(warning -> err.println("  note: " + PlainText.oneLine(warning)));
        proposal.impact()
                .irreversible()
                .forEach(reason -> err.println("  cannot be taken back: " + PlainText.oneLine(reason)));
    }

    /** What a person makes of it, at the keyboard or beforehand; empty if they would rather not. */
    private Optional<Consent> consent(ConsentRequest request, boolean agreed) throws IOException {
        if (request.kind().isEmpty()) {
            return given(request.unasked());
        }
        ConsentKind kind = request.kind().get();
        if (agreed) {
            return given(request.typed(Keyboard.flag("cli --yes"), "yes"));
        }
        if (!context.console().inIsTerminal()) {
            throw new HowdahException(
                    ErrorCode.CONSENT_NEEDED,
                    "This has to be agreed to by a person at a terminal.",
                    "Run it in a terminal, or add --yes where a yes is enough.");
        }
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(context.console().in(), StandardCharsets.UTF_8));
        while (true) {
            context.console()
                    .err()
                    .print(
                            kind instanceof ConsentKind.Type type
                                    ? "Type " + type.what() + " to do it: "
                                    : "Do it? [y/N] ");
            context.console().err().flush();
            String line = lines.readLine();
            ConsentRequest.Answer answer = request.typed(Keyboard.of("cli"), line == null ? "" : line);
            if (line == null || !(answer instanceof ConsentRequest.Answer.NotThat(String why))) {
                return given(answer);
            }
            context.console().err().println("howdah: " + why + ".");
        }
    }

    private static Optional<Consent> given(ConsentRequest.Answer answer) {
        return switch (answer) {
            case ConsentRequest.Answer.Given(Consent consent) -> Optional.of(consent);
            case ConsentRequest.Answer.NotThat(String why) ->
                throw new HowdahException(ErrorCode.CONSENT_NEEDED, "Not done: " + why + ".", null);
            case ConsentRequest.Answer.Declined _, ConsentRequest.Answer.TooLate _, ConsentRequest.Answer.Expired _ ->
                Optional.empty();
        };
    }

    private static String words(TableImpact table) {
        return String.format(
                Locale.ROOT,
                "%s: %,d inserted, %,d updated, %,d deleted",
                PlainText.oneLine(table.name()),
                table.inserted(),
                table.updated(),
                table.deleted());
    }

    private static String words(Entry entry) {
        return String.format(
                Locale.ROOT,
                "%d  %s  %s  %s  (%s)%s",
                entry.id(),
                entry.at(),
                PlainText.oneLine(entry.role()),
                PlainText.oneLine(String.join("; ", entry.texts())),
                PlainText.oneLine(String.join(", ", entry.tables())),
                entry.undoneBy().map(by -> "  undone by " + by).orElse(""));
    }
}
