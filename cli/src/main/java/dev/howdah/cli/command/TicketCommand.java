package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.consent.ticket.Ticket;
import dev.howdah.guard.consent.ticket.Tickets;
import dev.howdah.library.TicketDesk;
import dev.howdah.library.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `howdah ticket`. */
@Command(
        name = "ticket",
        description = "Look at tickets, escalate, cancel, revoke or comment; `howdah approve` decides.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah ticket list                          open ones first said, all with --all",
            "  howdah ticket show K7M2QX9P",
            "  howdah ticket revoke K7M2QX9P --comment \"wrong table\"",
            "  howdah ticket escalate K7M2QX9P --comment \"nobody answers\"",
        })
final class TicketCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "VERB", description = "list, show, escalate, cancel, revoke or comment.")
    private String verb = "";

    @Parameters(index = "1", paramLabel = "TICKET", arity = "0..1", description = "The ticket.")
    private @Nullable String ticket;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why.")
    private String comment = "";

    @Option(names = "--all", description = "List those that are over, too.")
    private boolean all;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    TicketCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = Settings.load(context.environment(), options.flags());
        String by = System.getProperty("user.name", "?");
        try (TicketDesk desk = TicketDesk.open(settings, Clock.systemUTC())) {
            Tickets tickets = desk.tickets();
            switch (verb) {
                case "list" -> list(tickets.all());
                case "show" -> show(tickets.get(id()));
                case "escalate" -> show(tickets.escalate(id(), by, comment));
                case "cancel" -> show(tickets.cancel(id(), by, comment));
                case "revoke" -> show(tickets.revoke(id(), by, comment));
                case "comment" -> show(tickets.comment(id(), by, comment));
                default ->
                    throw new HowdahException(
                            ErrorCode.USAGE,
                            "`howdah ticket` knows no " + verb + ".",
                            "It knows list, show, escalate, cancel, revoke and comment; `howdah approve` decides.");
            }
        }
        return 0;
    }

    private String id() {
        if (ticket == null) {
            throw new HowdahException(ErrorCode.USAGE, "No ticket is named.", "`howdah ticket list` lists them.");
        }
        return ticket;
    }

    private void list(List<Ticket> tickets) {
        List<Ticket> shown = tickets.stream()
                .filter(one -> all || !one.state().next().isEmpty())
                .toList();
        shown.forEach(one -> context.console().println(TicketText.line(one)));
        if (shown.isEmpty()) {
            context.console().err().println("There are no " + (all ? "" : "open ") + "tickets.");
        }
    }

    private void show(Ticket shown) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        TicketText.show(shown, new PrintStream(text, true, StandardCharsets.UTF_8));
        context.console().print(text.toString(StandardCharsets.UTF_8));
    }
}
