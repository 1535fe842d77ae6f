package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.store.state.Conversation;
import dev.howdah.store.state.Conversations;
import dev.howdah.store.state.Exchange;
import dev.howdah.store.state.Pin;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `howdah sessions`. */
@Command(
        name = "sessions",
        aliases = "session",
        description = "List conversations, look at one, rename, clear, delete or export it, pin what it should know.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah sessions",
            "  howdah sessions show k7m2p9qx             an id, its beginning, or a name",
            "  howdah sessions rename k7m2 sales",
            "  howdah sessions export sales > sales.md   --ndjson for programs",
            "  howdah sessions pin sales --note \"prices are in cents\"",
            "  howdah sessions pin sales --table orders",
            "  howdah sessions unpin sales --table orders",
            "  howdah sessions clear sales               forgets the questions",
            "  howdah sessions delete sales              forgets it altogether",
            "  howdah ask -d shop --session sales \"only the paid ones\"",
        })
final class SessionsCommand implements Callable<Integer> {
    private static final int ALL = Integer.MAX_VALUE;

    @Parameters(
            paramLabel = "ACTION",
            arity = "0..1",
            index = "0",
            description = "list (default), show, rename, clear, delete, export, pin or unpin.")
    private String action = "list";

    @Parameters(paramLabel = "SESSION", arity = "0..1", index = "1", description = "Its id, its beginning, or a name.")
    private @Nullable String wanted;

    @Parameters(paramLabel = "NAME", arity = "0..1", index = "2", description = "The new name.")
    private @Nullable String newName;

    @Option(names = "-n", paramLabel = "COUNT", description = "How many to list (default 50).")
    private int most = 50;

    @Option(names = "--table", paramLabel = "NAME", description = "A table to pin or unpin.")
    private List<String> tables = List.of();

    @Option(names = "--note", paramLabel = "TEXT", description = "A note to pin or unpin.")
    private List<String> notes = List.of();

    @Option(names = "--result", paramLabel = "NUMBER", description = "The number of a question to pin or unpin.")
    private List<Long> results = List.of();

    @Option(names = "--ndjson", description = "Export as JSON lines instead of Markdown.")
    private boolean ndjson;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    SessionsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Remembered remembered = new Remembered(context.console(), options.load(context.environment()))) {
            Conversations all = remembered.memory().store().conversations();
            switch (action) {
                case "list" -> list(all);
                case "show" -> show(all, find(all));
                case "rename" -> rename(all, find(all));
                case "clear" -> all.clear(find(all).id());
                case "delete" -> all.delete(find(all).id());
                case "export" -> export(all, find(all));
                case "pin" -> pins(find(all), all::pin);
                case "unpin" -> pins(find(all), all::unpin);
                default ->
                    throw new HowdahException(
                            ErrorCode.USAGE,
                            "`howdah sessions` knows no action " + action + ".",
                            "list, show, rename, clear, delete, export, pin and unpin are.");
            }
            return 0;
        }
    }

    private Conversation find(Conversations all) {
        if (wanted == null) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "Which session?",
                    "Try: howdah sessions " + action + " ID; `howdah sessions` lists them.");
        }
        return all.find(wanted)
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.USAGE,
                        "There is no session " + wanted + ".",
                        "`howdah sessions` lists what there is."));
    }

    private void list(Conversations all) {
        List<Conversation> newest = all.list(Math.max(1, most));
        if (newest.isEmpty()) {
            context.console().err().println("There are no sessions yet.");
        }
        for (Conversation one : newest) {
            context.console()
                    .println(one.id() + "  " + Remembered.time(one.used()) + "  " + one.size()
                            + (one.size() == 1 ? " question   " : " questions  ") + PlainText.oneLine(one.title())
                            + "  [" + PlainText.oneLine(one.database()) + "]");
        }
    }

    private void show(Conversations all, Conversation one) {
        context.console().println(one.id() + "  " + PlainText.oneLine(one.title()));
        context.console()
                .println("begun " + Remembered.time(one.created()) + ", about " + PlainText.oneLine(one.database()));
        for (Pin pin : all.pins(one.id())) {
            context.console()
                    .println("pinned " + pin.kind().name().toLowerCase(Locale.ROOT) + ": "
                            + PlainText.oneLine(pin.text()));
        }
        for (Exchange exchange : all.exchanges(one.id(), ALL)) {
            context.console().println("");
            context.console()
                    .println(exchange.number() + "  " + Remembered.time(exchange.asked()) + "  "
                            + Remembered.line(exchange));
            exchange.sql()
                    .ifPresent(text -> PlainText.lines(text)
                            .lines()
                            .forEach(line -> context.console().println("    " + line)));
        }
    }

    private void rename(Conversations all, Conversation one) {
        if (newName == null) {
            throw new HowdahException(
                    ErrorCode.USAGE, "What is its new name?", "Try: howdah sessions rename " + one.id() + " sales");
        }
        all.rename(one.id(), newName);
    }

    private void export(Conversations all, Conversation one) {
        if (ndjson) {
            all.exchanges(one.id(), ALL).forEach(exchange -> context.console().print(Remembered.json(one, exchange)));
            return;
        }
        StringBuilder page = new StringBuilder("# ")
                .append(PlainText.oneLine(one.title()))
                .append("\n\n")
                .append(PlainText.oneLine(one.database()))
                .append(", begun ")
                .append(Remembered.time(one.created()))
                .append('\n');
        for (Exchange exchange : all.exchanges(one.id(), ALL)) {
            page.append("\n## ").append(PlainText.oneLine(exchange.question())).append("\n\n");
            String said = exchange.reading().isEmpty() ? exchange.result().detail() : exchange.reading();
            if (!said.isEmpty()) {
                page.append(PlainText.lines(said)).append("\n\n");
            }
            exchange.sql()
                    .ifPresent(sql ->
                            page.append("```sql\n").append(PlainText.lines(sql)).append("\n```\n\n"));
            page.append(Remembered.line(exchange)
                            .substring(PlainText.oneLine(exchange.question()).length() + 2))
                    .append('\n');
        }
        context.console().print(page.toString());
    }

    private void pins(Conversation one, BiConsumer<String, Pin> what) {
        if (tables.isEmpty() && notes.isEmpty() && results.isEmpty()) {
            throw new HowdahException(
                    ErrorCode.USAGE, "What is to be pinned?", "Give --table NAME, --note TEXT or --result NUMBER.");
        }
        tables.forEach(table -> what.accept(one.id(), new Pin(Pin.Kind.TABLE, table)));
        notes.forEach(note -> what.accept(one.id(), new Pin(Pin.Kind.NOTE, note)));
        results.forEach(number -> what.accept(one.id(), new Pin(Pin.Kind.RESULT, Long.toString(number))));
    }
}
