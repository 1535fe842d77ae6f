package dev.howdah.cli.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The commands by name. Reading one command's options by reflection costs milliseconds, so a run that names its command
 * builds only that one; help and completions build them all.
 */
public final class Commands {
    private static final Map<String, Function<Context, Object>> BY_NAME = byName();

    private static final Set<String> TAKING_SQL = Set.of("sql", "impact", "explain", "policy");
    private static final Pattern COMMENT = Pattern.compile("--(?:[^a-z]|[^=\\s]*\\s)");

    private Commands() {}

    private static Map<String, Function<Context, Object>> byName() {
        Map<String, Function<Context, Object>> commands = new LinkedHashMap<>();
        commands.put("ask", AskCommand::new);
        commands.put("sql", SqlCommand::new);
        commands.put("undo", UndoCommand::new);
        commands.put("impact", ImpactCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("schema", SchemaCommand::new);
        commands.put("history", HistoryCommand::new);
        commands.put("sessions", SessionsCommand::new);
        commands.put("save", SaveCommand::new);
        commands.put("stats", StatsCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("mcp", McpCommand::new);
        commands.put("approve", ApproveCommand::new);
        commands.put("ticket", TicketCommand::new);
        commands.put("profiles", ProfilesCommand::new);
        commands.put("models", ModelsCommand::new);
        commands.put("config", ConfigCommand::new);
        commands.put("audit", AuditCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("policy", PolicyCommand::new);
        commands.put("redact", RedactCommand::new);
        commands.put("version", VersionCommand::new);
        commands.put("completions", CompletionsCommand::new);
        commands.put("man", ManCommand::new);
        return commands;
    }

    /** The command line for these arguments: only the named command, or all of them. */
    public static CommandLine line(Context context, String... arguments) {
        Function<Context, Object> named = arguments.length == 0 ? null : BY_NAME.get(arguments[0]);
        if (named == null) {
            return opensScreen(arguments) ? new CommandLine(new Root(context)) : all(context);
        }
        CommandLine root = new CommandLine(new Root(context));
        add(root, arguments[0], named.apply(context));
        return root;
    }

    /** Whether only options follow, none of which is about the commands: then the others need not be built. */
    private static boolean opensScreen(String... arguments) {
        return arguments.length == 0
                || (arguments[0].startsWith("-")
                        && !Arrays.asList(arguments).contains("--help")
                        && !Arrays.asList(arguments).contains("-?"));
    }

    /**
     * The arguments with a line break before SQL that begins with a comment, which would be taken for an option: two dashes,
     * and then what no option has.
     */
    public static String[] withoutComments(String... arguments) {
        String[] told = arguments.clone();
        for (int i = 1; i < told.length; i++) {
            if (TAKING_SQL.contains(arguments[0]) && COMMENT.matcher(told[i]).lookingAt()) {
                told[i] = "\n" + told[i];
            }
        }
        return told;
    }

    /** The command line with every command. */
    static CommandLine all(Context context) {
        CommandLine root = new CommandLine(new Root(context));
        BY_NAME.forEach((name, command) -> add(root, name, command.apply(context)));
        return root;
    }

    private static void add(CommandLine root, String name, Object command) {
        CommandLine line = new CommandLine(command);
        // "howdah ask show latest orders": words after the first are the question's, options may come anywhere.
        root.addSubcommand(name, line);
    }

    /** `howdah` itself. */
    @Command(
            name = "howdah",
            description = {
                "Talk to PostgreSQL in your own words.",
                "Without a command: a screen to stay in, with a database that is named by -d or the settings.",
            },
            mixinStandardHelpOptions = false,
            sortOptions = false,
            synopsisSubcommandLabel = "COMMAND",
            footerHeading = "%nExamples:%n",
            footer = {
                "  howdah -d demo                                      a screen to stay in, on the sample shop",
                "  howdah demo \"total revenue last month by region\"   try it: starts a sample database",
                "  howdah ask -d postgresql://me@localhost/shop \"show latest 20 orders\"",
                "  howdah sql -d shop \"select count(*) from orders\"",
                "  howdah doctor -d shop                              what is configured, what the server allows",
                "",
                "Exit codes: 0 answered, 1 failed, 2 usage, 3 declined or needs clarification, 4 refused by policy,",
                "5 needs consent, 6 no connection, 130 interrupted.",
            })
    static final class Root implements Runnable {
        @CommandLine.Option(
                names = {"-V", "--version"},
                description = "Show the version.")
        private boolean version;

        @CommandLine.Option(
                names = {"-?", "--help"},
                usageHelp = true,
                description = "Show this help.")
        private boolean help;

        @CommandLine.Option(
                names = "--plain",
                description = "Without a command: no full screen, line by line; for screen readers, and for pipes.")
        private boolean plain;

        @CommandLine.Mixin
        private ConnectionOptions connection = new ConnectionOptions();

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

        private final Context context;

        Root(Context context) {
            this.context = context;
        }

        @Override
        public void run() {
            if (version) {
                context.console().println("howdah " + dev.howdah.cli.Version.text());
                return;
            }
            if (help) {
                return;
            }
            if (!Interactive.run(context, connection, plain)) {
                // Only now is it known that the commands are of interest.
                CommandLine every = all(context);
                every.setColorScheme(spec.commandLine().getColorScheme());
                every.setUsageHelpWidth(spec.commandLine().getUsageHelpWidth());
                every.usage(spec.commandLine().getOut());
            }
        }
    }
}
