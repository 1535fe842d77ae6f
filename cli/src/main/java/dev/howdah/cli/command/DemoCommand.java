package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.library.settings.Settings;
import dev.howdah.sample.DemoDatabase;
import dev.howdah.sample.Server;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `howdah demo`: the sample shop, and questions to it. */
@Command(
        name = "demo",
        description = {
            "Ask the sample shop a question; an embedded PostgreSQL is started for it.",
            "One of the words start, stop, reset, status and url alone manages that server.",
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah demo \"total revenue last month by region\"",
            "  howdah demo show latest 20 orders",
            "  howdah demo status              is it running, and where is it kept",
            "  psql \"$(howdah demo url)\"       use it with anything else",
            "  howdah demo stop",
        })
final class DemoCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "QUESTION|start|stop|reset|status|url",
            arity = "0..*",
            description = "A question, or what to do with the server.")
    private List<String> words = List.of();

    @Option(names = "--dry-run", description = "Show the reading and the SQL; run nothing.")
    private boolean dryRun;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    DemoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        DemoDatabase demo = Demo.of(context);
        if (words.size() == 1) {
            switch (words.getFirst()) {
                case "start" -> {
                    return started(Demo.start(context));
                }
                case "stop" -> {
                    demo.stop();
                    context.console().println("The demo database is stopped; its data stays.");
                    return 0;
                }
                case "reset" -> {
                    return started(Demo.reset(context));
                }
                case "status" -> {
                    return status(demo.status());
                }
                case "url" -> {
                    return url(demo);
                }
                default -> {}
            }
        }
        String question = AskCommand.question(words, context);
        Settings settings = Session.settings(context, connection, output);
        try (Session session = Session.openDemo(context, settings)) {
            return Asking.ask(context, session, connection, output, question, new Asking.Wish(dryRun, false, false));
        }
    }

    private int started(Server server) {
        context.console()
                .println("The demo database runs on " + server.host() + " port " + server.port()
                        + ". Try: howdah demo \"show latest 20 orders\"");
        return 0;
    }

    private int status(DemoDatabase.Status status) {
        context.console()
                .println(
                        status.running()
                                ? "running    on 127.0.0.1 port "
                                        + status.port().orElse(0)
                                : "running    no (`howdah demo start`, or just ask it something)");
        context.console().println("version    PostgreSQL " + status.version());
        context.console()
                .println("data up to " + status.dataAsOf().map(Object::toString).orElse("not loaded yet"));
        context.console().println("kept in    " + status.directory() + " (" + status.bytes() / (1 << 20) + " MB)");
        return 0;
    }

    private int url(DemoDatabase demo) {
        Optional<String> url = demo.url();
        if (url.isEmpty()) {
            throw new HowdahException(
                    ErrorCode.NO_CONNECTION, "The demo database is not running.", "Start it: howdah demo start");
        }
        context.console().println(url.get());
        return 0;
    }
}
