package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.guard.consent.ticket.ApproverKey;
import dev.howdah.guard.consent.ticket.Decision;
import dev.howdah.guard.consent.ticket.Ticket;
import dev.howdah.library.TicketDesk;
import dev.howdah.library.settings.Settings;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `howdah approve`. */
@Command(
        name = "approve",
        description = "Decide about a ticket with your own key, whose passphrase is on no disk.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah approve --make-key ann               once: make your key; prints what approval.approvers needs",
            "  howdah approve K7M2QX9P                     shows the ticket, asks for your passphrase, approves",
            "  howdah approve K7M2QX9P --deny --comment \"not before month end\"",
            "  howdah approve K7M2QX9P --print             prints the signed decision, to be recorded elsewhere",
        })
final class ApproveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TICKET", arity = "0..1", description = "The ticket.")
    private @Nullable String ticket;

    @Option(names = "--deny", description = "Say no.")
    private boolean deny;

    @Option(names = "--emergency", description = "Approve as one of two seniors, whatever the level.")
    private boolean emergency;

    @Option(names = "--comment", paramLabel = "TEXT", description = "What you say to it.")
    private String comment = "";

    @Option(names = "--print", description = "Print the signed decision as JSON instead of recording it.")
    private boolean print;

    @Option(names = "--key", paramLabel = "FILE", description = "Your key; approver.key beside the configuration.")
    private @Nullable Path key;

    @Option(names = "--make-key", paramLabel = "NAME", description = "Make a key for the approver NAME.")
    private @Nullable String makeKey;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    ApproveCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (makeKey != null) {
            return makeKey(makeKey);
        }
        if (ticket == null) {
            throw new HowdahException(ErrorCode.USAGE, "No ticket is named.", "`howdah ticket list` lists them.");
        }
        Settings settings = Settings.load(context.environment(), options.flags());
        ApproverKey mine = read();
        Clock clock = Clock.systemUTC();
        try (TicketDesk desk = TicketDesk.open(settings, clock)) {
            Ticket asked = desk.tickets().get(ticket);
            TicketText.show(asked, context.console().err());
            char[] passphrase =
                    passphrase("Passphrase of " + mine.name() + " to " + (deny ? "deny" : "approve") + ": ");
            Decision decision = Decision.signed(
                    asked,
                    !deny,
                    emergency,
                    mine.name(),
                    comment,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    mine.unlocked(passphrase));
            Arrays.fill(passphrase, ' ');
            if (print) {
                context.console().print(TicketText.json(decision));
            } else {
                context.console()
                        .println(asked.id() + " is "
                                + desk.tickets().decide(decision).state() + ".");
            }
        }
        return 0;
    }

    private Path file() {
        return key != null
                ? key
                : context.environment().configurationDirectory().resolve("approver.key");
    }

    private ApproverKey read() throws IOException {
        try {
            return ApproverKey.parse(Files.readString(file()));
        } catch (NoSuchFileException e) {
            throw new HowdahException(
                    ErrorCode.FILE,
                    "There is no key " + file() + ".",
                    "`howdah approve --make-key NAME` makes one; --key names another.",
                    e);
        }
    }

    private int makeKey(String name) throws IOException {
        if (!name.matches("[A-Za-z0-9._-]{1,60}")) {
            throw new HowdahException(
                    ErrorCode.USAGE, "An approver's name has letters, digits, dots, dashes and underscores.", null);
        }
        ApproverKey made = ApproverKey.make(name, passphrase("New passphrase: "), new SecureRandom());
        Path directory = file().toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try {
            Files.writeString(file(), made.text(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new HowdahException(ErrorCode.FILE, file() + " is there already.", "--key names another.", e);
        }
        if (file().getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        }
        PrintStream err = context.console().err();
        err.println("Made " + file() + ". Whoever runs the servers writes into their configuration:");
        context.console().println("approval:\n  approvers: " + name + "=1:" + made.publicKey());
        err.println("1 is the level; give your own.");
        return 0;
    }

    /** Typed without being shown; a line of standard input where nobody types. */
    private char[] passphrase(String prompt) throws IOException {
        Console console = context.console().inIsTerminal() ? System.console() : null;
        char[] typed;
        if (console != null) {
            typed = console.readPassword("%s", prompt);
        } else {
            StringBuilder line = new StringBuilder();
            for (int c = context.console().in().read();
                    c >= 0 && c != '\n';
                    c = context.console().in().read()) {
                line.append((char) c);
            }
            typed = line.toString().strip().toCharArray();
        }
        if (typed == null || typed.length == 0) {
            throw new HowdahException(ErrorCode.USAGE, "There is no passphrase.", PlainText.oneLine(prompt));
        }
        return typed;
    }
}
