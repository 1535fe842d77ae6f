package dev.howdah.cli.command;

import dev.howdah.base.PlainText;
import dev.howdah.store.state.Conversations;
import dev.howdah.store.state.Exchange;
import dev.howdah.store.state.Past;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `howdah history`. */
@Command(
        name = "history",
        description = "The last questions, newest first, or those with these words in question, reading or SQL.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah history                    the last 50",
            "  howdah history revenue region     with both words, or words that begin so",
            "  howdah history --sql -n 5",
            "  howdah history --ndjson > history.jsonl",
        })
final class HistoryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "WORD", arity = "0..*", description = "What to look for.")
    private List<String> words = List.of();

    @Option(names = "-n", paramLabel = "COUNT", description = "How many (default 50).")
    private int most = 50;

    @Option(names = "--sql", description = "Show the SQL, too.")
    private boolean sql;

    @Option(names = "--ndjson", description = "A JSON object on each line.")
    private boolean ndjson;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    HistoryCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Remembered remembered = new Remembered(context.console(), options.load(context.environment()))) {
            Conversations conversations = remembered.memory().store().conversations();
            List<Past> found = words.isEmpty()
                    ? conversations.recent(Math.max(1, most))
                    : conversations.search(String.join(" ", words), Math.max(1, most));
            if (found.isEmpty() && !ndjson) {
                context.console()
                        .err()
                        .println(words.isEmpty() ? "Nothing was asked yet." : "Nothing with these words was asked.");
            }
            found.forEach(this::print);
            return 0;
        }
    }

    private void print(Past past) {
        Exchange exchange = past.exchange();
        if (ndjson) {
            context.console().print(Remembered.json(past.conversation(), exchange));
            return;
        }
        context.console()
                .println(Remembered.time(exchange.asked()) + "  "
                        + past.conversation().id() + "  " + Remembered.line(exchange));
        if (sql) {
            exchange.sql()
                    .ifPresent(text -> PlainText.lines(text)
                            .lines()
                            .forEach(line -> context.console().println("    " + line)));
        }
    }
}
