package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.library.Howdah;
import dev.howdah.library.memory.VerifiedQuery;
import dev.howdah.question.Interpretation;
import dev.howdah.store.state.Conversation;
import dev.howdah.store.state.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `howdah save`. */
@Command(
        name = "save",
        description =
                "Keep a question and the SQL that answers it as a verified query: the same question is then answered"
                        + " by it, and models see it as an example.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah save -d shop                                     what was asked last",
            "  howdah save -d shop \"active customers\" --comment \"as finance counts them\"",
            "  howdah save -d shop \"orders of customer {name}\" --sql \"SELECT ... WHERE c.name = :name\"",
            "  howdah ask -d shop \"orders of customer Ada\"",
        })
final class SaveCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "QUESTION",
            arity = "0..*",
            description = "The question; {name} takes whatever stands there. Without it, the last one.")
    private List<String> words = List.of();

    @Option(names = "--sql", paramLabel = "SQL", description = "What answers it; without it, what ran last.")
    private @Nullable String sql;

    @Option(names = "--comment", paramLabel = "TEXT", description = "What there is to know about it.")
    private String comment = "";

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    SaveCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(context, connection, new OutputOptions())) {
            session.progress().erase();
            Howdah howdah = session.howdah();
            String database = howdah.database().profile().database();
            String asked = String.join(" ", words).strip();
            VerifiedQuery query;
            if (sql != null) {
                if (asked.isEmpty()) {
                    throw new HowdahException(
                            ErrorCode.USAGE, "Which question does it answer?", "`howdah save --help` has examples.");
                }
                query = new VerifiedQuery(asked, sql, comment, database);
            } else {
                query = last(howdah, asked, database);
            }
            howdah.guard().review(query.sample(), context.cancellation()).requireAllowed();
            howdah.verified().add(query);
            context.console()
                    .println("Saved “" + query.question() + "” to "
                            + howdah.verified().file() + ".");
            return 0;
        }
    }

    private VerifiedQuery last(Howdah howdah, String asked, String database) {
        Conversation conversation = howdah.memory()
                .store()
                .conversations()
                .latest(howdah.database().profile().target())
                .orElseThrow(SaveCommand::nothing);
        List<Exchange> exchanges =
                howdah.memory().store().conversations().exchanges(conversation.id(), Integer.MAX_VALUE);
        List<String> before = new ArrayList<>();
        Exchange found = null;
        for (Exchange exchange : exchanges) {
            if (found != null) {
                before.add(found.question());
            }
            if (exchange.sql().isPresent()) {
                found = exchange;
            }
        }
        if (found == null) {
            throw nothing();
        }
        String question = asked.isEmpty() ? found.question() : asked;
        return new VerifiedQuery(question, sql(howdah, found, before), comment, database);
    }

    /** The SQL as it ran: as it is stored, or as the engine, which always reads the same, reads the question again. */
    private String sql(Howdah howdah, Exchange exchange, List<String> before) {
        if (exchange.literals()) {
            return exchange.sql().orElseThrow();
        }
        if (howdah.agent().read(exchange.question(), before, Optional.empty(), context.cancellation())
                instanceof Interpretation.Understood understood) {
            return understood.reading().sql();
        }
        throw new HowdahException(
                ErrorCode.USAGE,
                "The history keeps that statement without its constants.",
                "Ask again with --save, give the SQL with --sql, or set history.literals.");
    }

    private static HowdahException nothing() {
        return new HowdahException(
                ErrorCode.USAGE, "Nothing was asked about this database yet.", "`howdah save --help` has examples.");
    }
}
