package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.library.Chat;
import dev.howdah.library.Howdah;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `howdah ask`. */
@Command(
        name = "ask",
        description = "Ask the database a question in plain English.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah ask -d shop \"total revenue last month by region\"",
            "  howdah ask -d shop show latest 20 orders",
            "  howdah ask -d shop --dry-run \"customers without orders\"      the SQL only",
            "  howdah ask -d shop \"orders in 2025\" --out orders.csv         all rows, as a file",
            "  howdah ask -d shop --continue \"only paid ones\"                goes on with the question before",
            "  howdah ask -d shop --strategy cross-check \"revenue by region\"   two readers, who must agree",
            "  howdah ask -d shop --alternatives \"customers without orders\"   several ways, compared",
            "  howdah ask -d shop --ndjson < questions.jsonl                readings in bulk; nothing is run",
        })
final class AskCommand implements Callable<Integer> {
    /** More than any question; the limit for questions proper is a setting. */
    private static final int MOST_BYTES = 1 << 20;

    @Parameters(paramLabel = "QUESTION", arity = "0..*", description = "The question; without one, standard input.")
    private List<String> words = List.of();

    @Option(names = "--dry-run", description = "Show the reading and the SQL; run nothing.")
    private boolean dryRun;

    @Option(names = "--why", description = "Show how certain the reading is, and what speaks for and against it.")
    private boolean why;

    @Option(
            names = "--ndjson",
            description = "Read questions from standard input, a JSON object on each line with id, question, context"
                    + " (the questions before it) and now; write how each is read. Runs nothing.")
    private boolean ndjson;

    @Option(
            names = "--continue",
            description = "Go on with the last conversation about this database: \"only the paid ones\".")
    private boolean goOn;

    @Option(
            names = "--session",
            paramLabel = "ID",
            description = "Go on with this conversation; `howdah sessions` lists them.")
    private @Nullable String sessionId;

    @Option(names = "--save", description = "Keep the question and its SQL as a verified query.")
    private boolean save;

    @Option(
            names = "--alternatives",
            description = "Have a model write up to three statements, compare their results and costs, answer with the"
                    + " best.")
    private boolean alternatives;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    AskCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (ndjson) {
            try (Session session = Session.open(context, connection, output)) {
                session.progress().erase();
                ZoneId zone = session.howdah().database().profile().timeZone().orElseGet(ZoneId::systemDefault);
                new BulkQuestions(session.howdah().agent(), zone, context.cancellation()).run(context.console());
                return 0;
            }
        }
        String question = question(words, context);
        try (Session session = Session.open(context, connection, output, models.flags())) {
            Howdah howdah = session.howdah();
            howdah.memory().prepare();
            Chat chat = sessionId != null
                    ? howdah.session(sessionId)
                    : goOn ? howdah.lastSession() : howdah.createSession();
            return Asking.ask(
                    context,
                    session,
                    connection,
                    output,
                    question,
                    new Asking.Wish(dryRun, why, alternatives),
                    chat,
                    save);
        }
    }

    /** The words as one question, or what standard input holds. */
    static String question(List<String> words, Context context) {
        String question = String.join(" ", words);
        if (words.isEmpty() && !context.console().inIsTerminal()) {
            try {
                question = new String(context.console().in().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new HowdahException(
                        ErrorCode.FILE,
                        "Cannot read standard input: " + e.getMessage() + ".",
                        "Give the question as an argument.",
                        e);
            }
        }
        if (question.isBlank()) {
            throw new HowdahException(
                    ErrorCode.USAGE, "There is no question.", "Try: howdah ask \"how many customers are there\"");
        }
        return question.strip();
    }
}
