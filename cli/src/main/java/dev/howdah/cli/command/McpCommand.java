package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.cli.Version;
import dev.howdah.guard.review.Client;
import dev.howdah.library.Howdah;
import dev.howdah.library.redaction.Redaction;
import dev.howdah.library.settings.Settings;
import dev.howdah.library.settings.Target;
import dev.howdah.library.settings.TargetFlags;
import dev.howdah.mcp.HowdahMcp;
import dev.howdah.mcp.Selection;
import dev.howdah.mcp.Toolset;
import dev.howdah.mcp.clients.ClientConfiguration;
import dev.howdah.sample.DemoDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `howdah mcp`. */
@Command(
        name = "mcp",
        description =
                "Serve other agents over the Model Context Protocol: the same gate as for people, a stricter policy.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah mcp -d shop                                 over standard input and output, a few tools",
            "  howdah mcp -d shop --server postgresql-ops         all tools of one server",
            "  howdah mcp -d shop --tools ask,list_tables         just these",
            "  howdah mcp config --client claude-code -d shop     what the client has to be told; --write puts it there",
        })
final class McpCommand implements Callable<Integer> {
    @CommandLine.Parameters(
            paramLabel = "config",
            arity = "0..1",
            description = "Print what a client has to be told, instead of serving.")
    private @Nullable String verb;

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            description = "With config: claude-desktop, claude-code, cursor, windsurf or vscode.")
    private @Nullable String client;

    @Option(names = "--write", description = "With config: write it into the client's file; the old one is kept.")
    private boolean write;

    @Option(
            names = "--server",
            paramLabel = "ID",
            description = "List all tools of this server: postgresql-ops, impact-analysis, approval-workflow,"
                    + " execution-monitor, or all. Without it, the few that most need.")
    private List<String> servers = List.of();

    @Option(names = "--tools", paramLabel = "NAMES", split = ",", description = "List exactly these tools.")
    private List<String> tools = List.of();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    McpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (verb != null) {
            return configure(verb);
        }
        Settings settings = Session.settings(context, connection, new OutputOptions());
        Redaction redaction = Session.log(context, settings);
        Selection selection = selection();
        Supplier<Howdah> opening = opening(settings, redaction);
        try (HowdahMcp mcp = new HowdahMcp(
                opening,
                selection,
                context.environment().dataDirectory().resolve("exports"),
                Version.text(),
                System.getProperty("user.name", "?"),
                () -> UUID.randomUUID().toString())) {
            mcp.serve(context.console().in(), context.console().out());
        }
        return 0;
    }

    private int configure(String wanted) throws IOException {
        if (!wanted.equals("config")) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "`howdah mcp` knows no " + wanted + ".",
                    "`howdah mcp config` prints, alone it serves.");
        }
        if (client == null) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "For which client?",
                    "--client claude-desktop, claude-code, cursor, windsurf or vscode.");
        }
        ClientConfiguration configuration = ClientConfiguration.of(client);
        // What is wrong with the choice is said now, not by the client later.
        selection();
        List<String> command = command();
        if (!write) {
            context.console().println(configuration.text(command));
            context.console()
                    .err()
                    .println("For " + configuration.file(context.environment()) + "; --write puts it there.");
            return 0;
        }
        Optional<Path> backup = configuration.write(
                context.environment(), command, Clock.systemUTC().instant());
        context.console().println("Wrote " + configuration.file(context.environment()) + ".");
        backup.ifPresent(kept -> context.console().err().println("What was there is in " + kept + "."));
        return 0;
    }

    /** The same choice as a command line; passwords stay where they are: profiles are named, never copied. */
    private List<String> command() {
        List<String> command = new ArrayList<>(List.of("howdah", "mcp"));
        connection.target().database().ifPresent(name -> {
            if (name.contains("://")
                    && name.replaceFirst("@.*", "").replaceFirst(".*://", "").contains(":")) {
                throw new HowdahException(
                        ErrorCode.USAGE,
                        "The URL holds a password, which would lie in the client's file.",
                        "Give the database a profile (`howdah config path`) and name that.");
            }
            command.addAll(List.of("-d", name));
        });
        servers.forEach(id -> command.addAll(List.of("--server", id)));
        if (!tools.isEmpty()) {
            command.addAll(List.of("--tools", String.join(",", tools)));
        }
        return command;
    }

    private Selection selection() {
        if (!servers.isEmpty() && !tools.isEmpty()) {
            throw new HowdahException(ErrorCode.USAGE, "Give either --server or --tools.", null);
        }
        Set<Toolset> sets = EnumSet.noneOf(Toolset.class);
        servers.forEach(id -> sets.addAll(Toolset.of(id)));
        return new Selection(sets, tools);
    }

    /** Which database is found out now, so that a mistake ends the program; it is connected to when a client needs it. */
    private Supplier<Howdah> opening(Settings settings, Redaction redaction) {
        if (Session.isDemo(settings, connection.target())) {
            return () -> {
                String url = Demo.start(context).url(DemoDatabase.DATABASE);
                return open(Session.target(context, settings, TargetFlags.database(url), redaction));
            };
        }
        Target target = Session.target(context, settings, connection.target(), redaction);
        return () -> open(target);
    }

    private static Howdah open(Target target) {
        return Howdah.pooled(target.profile(), target.settings(), Clock.systemUTC(), Client.MCP);
    }
}
