package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.guard.review.Client;
import dev.howdah.guard.review.Judge;
import dev.howdah.guard.review.Judgement;
import dev.howdah.guard.review.Matter;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Rule;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.library.settings.Keys;
import dev.howdah.library.settings.Policies;
import dev.howdah.library.settings.Settings;
import dev.howdah.library.settings.Target;
import dev.howdah.library.settings.TargetFlags;
import dev.howdah.sql.Sql;
import dev.howdah.sql.Statement;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `howdah policy`: what is asked before statements run, and why. Runs no statement that it is given. */
@Command(
        name = "policy",
        description = "Say what the policy asks before statements run, and why. Nothing is run.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah policy explain                                     the table in force",
            "  howdah policy explain -d shop \"delete from orders\"        which rule decides, and why",
            "  howdah policy check --ndjson < statements.ndjson          judge in bulk, for a team's CI",
        })
final class PolicyCommand {
    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    PolicyCommand(Context context) {
        this.context = context;
    }

    /** Whose statements are judged, and with what. */
    static final class JudgingOptions {
        @Option(
                names = "--client",
                paramLabel = "CLIENT",
                description = "Judge for a person (default) or an mcp client, who is asked for one step more.")
        private String client = "person";

        @Option(names = "--offline", description = "Take the policy of -d, and do not connect: names are not resolved.")
        private boolean offline;

        @Mixin
        private ConnectionOptions connection = new ConnectionOptions();

        Client client() {
            return switch (client.toLowerCase(Locale.ROOT)) {
                case "person" -> Client.PERSON;
                case "mcp" -> Client.MCP;
                default ->
                    throw new HowdahException(
                            ErrorCode.USAGE, "There is no such client.", "The clients are person and mcp.");
            };
        }

        boolean resolves() {
            return !offline && !connection.target().equals(TargetFlags.NONE);
        }
    }

    @Command(
            name = "explain",
            description = "Print the rule that decides about a statement, and why; without SQL, the table in force.",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  howdah policy explain",
                "  howdah policy explain -d shop",
                "  howdah policy explain -d shop \"truncate orders\"",
                "  howdah policy explain --level permissive --client mcp \"create table t (a int)\"",
                "",
                "With -d and SQL the names in it are looked up in that database. Without -d, or with --offline, no"
                        + " server",
                "is asked, and what tables and functions stand for is not known.",
            })
    int explain(
            @CommandLine.Parameters(paramLabel = "SQL", arity = "0..1", description = "The statements.") @Nullable
                    String sql,
            @Mixin JudgingOptions options,
            @Mixin HelpOption helpOption) {
        Client client = options.client();
        if (sql == null) {
            Settings settings = settings(options);
            return table(settings, Policies.of(settings, client));
        }
        List<Statement> statements = statements(sql);
        return judging(options, judging -> {
            for (Statement statement : statements) {
                explain(statement, judging);
            }
            return 0;
        });
    }

    private static List<Statement> statements(String sql) {
        List<Statement> statements;
        try {
            statements = Sql.parse(sql);
        } catch (HowdahException e) {
            throw PointedFailure.parsing(e, sql);
        }
        if (statements.isEmpty()) {
            throw new HowdahException(ErrorCode.USAGE, "There is no SQL to explain.", null);
        }
        return statements;
    }

    private int table(Settings settings, Policy policy) {
        context.console()
                .println("Policy for "
                        + (policy.client() == Client.MCP ? "MCP clients" : "people")
                        + settings.profile()
                                .map(profile -> " in profile " + profile.name())
                                .orElse("")
                        + ", level " + policy.level().word() + ":");
        for (Matter matter : Matter.values()) {
            Rule rule = policy.rule(matter);
            context.console().println("");
            context.console().println(pad(matter.word(), 15) + pad(rule.words(), 25) + matter.noun());
            rule.because().forEach(step -> context.console().println(" ".repeat(15) + PlainText.oneLine(step)));
        }
        return 0;
    }

    private void explain(Statement statement, Judging judging) {
        Judgement judgement = judging.judge().judge(statement.text(), context.cancellation());
        Rule rule = judging.policy().rule(judgement.effect(), statement, Optional.empty());
        boolean overruled = judgement.verdict() != rule.demand();
        context.console().println(PlainText.oneLine(brief(statement.text())));
        line("effect", judgement.effect().name() + (judgement.readOnly() ? ", read-only" : ""));
        line("verdict", overruled ? judgement.verdict().word() : rule.words());
        line(
                "rule",
                rule.matter().word() + ": " + rule.words()
                        + (overruled ? ", and refused whatever the rule says, for what was found" : ""));
        rule.because().forEach(step -> line("", step));
        for (Reason reason : judgement.reasons()) {
            line("reason", reason.text());
            reason.advice().ifPresent(advice -> line("", advice));
        }
        listed("relations", judgement.relations());
        listed("functions", judgement.functions());
        line("client", judging.policy().client() == Client.MCP ? "mcp" : "person");
        line("names", judging.resolved() ? "resolved in the database" : "not resolved: no server was asked");
    }

    private void listed(String label, List<String> names) {
        if (!names.isEmpty()) {
            line(label, String.join(", ", names));
        }
    }

    private void line(String label, String text) {
        context.console().println("  " + pad(label, 11) + PlainText.oneLine(text));
    }

    private static String pad(String label, int width) {
        return label + " ".repeat(Math.max(1, width - label.length()));
    }

    private static String brief(String sql) {
        String line = sql.replaceAll("\\s+", " ");
        return line.length() > 100 ? line.substring(0, line.offsetByCodePoints(0, 90)) + "…" : line;
    }

    @Command(
            name = "check",
            description = "Judge statements in bulk from standard input. Nothing is run.",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  howdah policy check --ndjson < statements.ndjson",
                "  howdah policy check --ndjson -d shop --strict < statements.ndjson",
                "  echo '{\"id\": 1, \"sql\": \"delete from orders\"}' | howdah policy check --ndjson --level balanced",
                "",
                "A line in:  {\"id\": …, \"sql\": \"…\"}. A line out: {id, statements, effect, verdict, readOnly,"
                        + " reasons,",
                "relations, functions, resolved}. effect is READ, WRITE, DEFINE, ADMINISTER or UNKNOWN; verdict is"
                        + " allow,",
                "confirm, type, approval or refuse. A line that cannot be read gives {\"id\" or \"line\": …,"
                        + " \"error\": …}.",
                "",
                "With -d names are looked up in that database. Without it, or with --offline, no server is asked: what",
                "tables and functions stand for is not known, and \"resolved\" is false.",
                "",
                "Exit codes: 0 every line was judged; 1 some line could not be read; 2 usage; 4 with --strict,"
                        + " something",
                "would not simply run; 6 no connection.",
            })
    int check(
            @Option(names = "--ndjson", required = true, description = "A JSON object a line, in and out.")
                    boolean ndjson,
            @Option(names = "--strict", description = "Exit with 4 if any verdict is not allow.") boolean strict,
            @Mixin JudgingOptions options,
            @Mixin HelpOption helpOption) {
        return judging(options, judging -> {
            if (!judging.resolved()) {
                context.console().err().println("howdah: names are not resolved: no server is asked.");
            }
            try {
                return new BulkCheck(context, judging.judge(), judging.resolved()).run(strict);
            } catch (IOException e) {
                throw Results.notWritten(e);
            }
        });
    }

    /** What statements are judged with. */
    private record Judging(Policy policy, Judge judge, boolean resolved) {}

    private int judging(JudgingOptions options, Function<Judging, Integer> work) {
        Client client = options.client();
        if (options.resolves()) {
            try (Session session = Session.open(context, options.connection, new OutputOptions())) {
                Policy policy = Policies.of(session.settings(), client);
                session.howdah().database().connect(context.cancellation());
                session.progress().erase();
                return work.apply(new Judging(policy, session.howdah().guard().judge(policy), true));
            }
        }
        Settings settings = settings(options);
        Policy policy = Policies.of(settings, client);
        Judge judge = Judge.withoutServer(policy, Math.toIntExact(settings.value(Keys.LIMIT_SQL_LENGTH)));
        return work.apply(new Judging(policy, judge, false));
    }

    /** The settings that hold for what the options name, or for the profile that is used when they name nothing. */
    private Settings settings(JudgingOptions options) {
        Settings settings = Settings.load(context.environment(), options.connection.flags());
        TargetFlags flags = options.connection.target();
        if (!flags.equals(TargetFlags.NONE)) {
            return Session.isDemo(settings, flags)
                    ? settings
                    : Session.targets(context, settings)
                            .choose(flags)
                            .map(Target::settings)
                            .orElse(settings);
        }
        return settings.value(Keys.DEFAULT_PROFILE)
                .map(name -> settings.forProfile(settings.profile(name)))
                .orElse(settings);
    }
}
