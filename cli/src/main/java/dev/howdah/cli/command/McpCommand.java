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
import dev.howdah.sample.DemoDatabase;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
        })
final class McpCommand implements Callable<Integer> {
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
