package dev.howdah.cli.command;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.redaction.Destination;
import dev.howdah.guard.review.Review;
import dev.howdah.render.Format;
import dev.howdah.render.PlanText;
import dev.howdah.sql.Effect;
import dev.howdah.sql.Statement;
import dev.howdah.sql.tree.SyntaxTree;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `howdah sql`. */
@Command(
        name = "sql",
        description = "Run SQL through the gate. Scripts are run statement by statement and stop at the first error.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah sql -d shop \"select count(*) from orders\"",
            "  howdah sql -d shop \"select * from orders where status = :status\" --param status=paid",
            "  howdah sql -d shop -f report.sql -o csv > report.csv",
            "  echo \"table regions\" | howdah sql -d shop",
            "  howdah sql -d dev \"update products set price = 9 where product_id = 1\"     shown, asked, done",
        })
final class SqlCommand implements Callable<Integer> {
    @CommandLine.Parameters(
            paramLabel = "SQL",
            arity = "0..1",
            description = "The statements; without any, standard input.")
    private @Nullable String argument;

    @Option(
            names = {"-c", "--command"},
            paramLabel = "SQL",
            description = "The statements, like psql -c.")
    private @Nullable String command;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Read the statements from FILE (- is standard input).")
    private @Nullable Path file;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A value for :NAME, or for $1 when NAME is 1. Sent apart from the SQL, never pasted in.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Review the statements; run nothing.")
    private boolean dryRun;

    @Option(
            names = "--yes",
            description =
                    "Say yes beforehand to what asks for a yes. What has to be typed or approved asks all the same.")
    private boolean yes;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    SqlCommand(Context context) {
        this.context = context;
    }

    /** For a session that is open already. */
    SqlCommand(Context context, ConnectionOptions connection, OutputOptions output) {
        this(context);
        this.connection = connection;
        this.output = output;
    }

    @Override
    public Integer call() throws IOException {
        String script = text();
        try (Session session = Session.open(context, connection, output);
                Results results = Results.open(context, session.settings(), output, session.progress()::erase)) {
            return run(session, results, script);
        }
    }

    /** Runs the statements of a script one after the other, up to the first that fails; the exit code. */
    int run(Session session, Results results, String script) throws IOException {
        Parameters bound = Parameters.bind(script, parameters);
        Guard guard = session.howdah().guard();
        List<Statement> statements = split(guard, bound.sql());
        if (statements.isEmpty()) {
            throw new HowdahException(ErrorCode.USAGE, "There is no SQL to run.", "Try: howdah sql \"select now()\"");
        }
        Writing writing = new Writing(context, session, output, results, yes, dryRun);
        for (Iterator<Statement> rest = statements.iterator(); rest.hasNext(); ) {
            Statement statement = rest.next();
            int code;
            if (Plan.begins(statement)) {
                code = writing.write(Plan.of(rest, step -> review(guard, step, bound.sql())), bound, statement);
                if (code != 0) {
                    return code;
                }
                continue;
            }
            Review review = review(guard, statement, bound.sql());
            if (review.effect() != Effect.READ) {
                code = writing.write(List.of(review), bound, statement);
                if (code != 0) {
                    return code;
                }
                continue;
            }
            review.requireAllowed();
            if (dryRun) {
                context.console().println(statement.text() + ";");
            } else {
                session.progress().doing("running the query");
                runPointing(session, results, review, bound);
            }
        }
        if (!dryRun) {
            results.complete();
        }
        return 0;
    }

    private static List<Statement> split(Guard guard, String script) {
        try {
            return guard.split(script);
        } catch (HowdahException e) {
            throw PointedFailure.parsing(e, script);
        }
    }

    private Review review(Guard guard, Statement statement, String script) {
        try {
            return guard.review(statement, context.cancellation());
        } catch (HowdahException e) {
            throw PointedFailure.parsing(e, script);
        }
    }

    private void runPointing(Session session, Results results, Review review, Parameters bound) {
        try {
            run(session, results, review, bound);
        } catch (HowdahException e) {
            throw PointedFailure.running(e, bound.sql(), start(review.statement()));
        }
    }

    /** Where the text begins that the server is given: an EXPLAIN is built anew around its query. */
    static int start(Statement statement) {
        return statement.tree() instanceof SyntaxTree.Explain explain
                ? explain.statement().span().start()
                : statement.start();
    }

    private void run(Session session, Results results, Review review, Parameters bound) {
        Limits limits = session.limits(results, connection, output);
        Guard guard = session.howdah().guard();
        Cancellation cancellation = context.cancellation();
        switch (review.statement().kind()) {
            case EXPLAIN -> {
                String plan = guard.explain(review, false, bound.values(), limits, cancellation);
                results.text(PlanText.tree(plan, Optional.empty(), output.render(context, session.settings())));
                return;
            }
            case SHOW -> {
                guard.show(review, results.sink(), cancellation);
                return;
            }
            default -> {}
        }
        boolean plainCsv = results.format() == Format.CSV
                && bound.values().isEmpty()
                && limits.rows().isEmpty()
                && limits.firstRow().isEmpty()
                && review.isQuery()
                && output.plainCsv(session.settings())
                && session.howdah().redaction().isOff(Destination.EXPORT);
        if (plainCsv) {
            // The server's own CSV goes through untouched, which is as fast as it gets.
            Outcome outcome = guard.exportCsv(review, output.header(), limits, results.stream(), cancellation);
            results.wrote(outcome.rows());
        } else if (results.isExport()) {
            guard.readAll(review, bound.values(), limits, session.sink(results, review, cancellation), cancellation);
        } else {
            guard.read(review, bound.values(), limits, session.sink(results, review, cancellation), cancellation);
        }
    }

    private String text() throws IOException {
        int sources = (argument == null ? 0 : 1) + (command == null ? 0 : 1) + (file == null ? 0 : 1);
        if (sources > 1) {
            throw new HowdahException(ErrorCode.USAGE, "Give the SQL once: as an argument, with -c, or with -f.", null);
        }
        if (argument != null) {
            return argument;
        }
        if (command != null) {
            return command;
        }
        if (file != null && !file.toString().equals("-")) {
            return read(file);
        }
        if (file == null && context.console().inIsTerminal()) {
            throw new HowdahException(ErrorCode.USAGE, "There is no SQL to run.", "Try: howdah sql \"select now()\"");
        }
        return new String(context.console().in().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw unreadable(file, "permission denied", e);
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8 text", e);
        } catch (IOException e) {
            throw unreadable(file, Files.isDirectory(file) ? "it is a directory" : String.valueOf(e.getMessage()), e);
        }
    }

    private static HowdahException unreadable(Path file, String why, IOException cause) {
        return new HowdahException(
                ErrorCode.FILE, "Cannot read " + file + ": " + why + ".", "Name another with -f.", cause);
    }
}
