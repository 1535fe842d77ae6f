package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.change.Assessment;
import dev.howdah.guard.change.ChangeLimits;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `howdah impact`. */
@Command(
        name = "impact",
        description = "Show what a statement would change, without changing anything.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah impact -d dev \"delete from customers where customer_id = 17\"",
            "  howdah impact -d dev --estimate \"update orders set status = 'paid'\"    without running it to measure",
            "  howdah impact -d dev --ndjson < statements.jsonl                        {id, sql} a line",
        })
final class ImpactCommand implements Callable<Integer> {
    @CommandLine.Parameters(paramLabel = "SQL", arity = "0..*", description = "The statement.")
    private List<String> words = List.of();

    @Option(
            names = "--ndjson",
            description = "Read statements from standard input, a JSON object on each line with id and sql; write what"
                    + " each would do.")
    private boolean ndjson;

    @Option(names = "--estimate", description = "Do not run the statement to measure it, even where that is permitted.")
    private boolean estimate;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A value for :NAME, or for $1 when NAME is 1.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    ImpactCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        String text = String.join(" ", words);
        if (text.isBlank() != ndjson) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    ndjson ? "With --ndjson statements come from standard input." : "There is no statement.",
                    "Try: howdah impact \"delete from orders where order_id = 1\"");
        }
        try (Session session = Session.open(context, connection, output)) {
            Guard guard = session.howdah().guard();
            ChangeLimits limits = session.howdah().changeLimits();
            if (estimate) {
                limits = limits.withoutRehearsal();
            }
            if (ndjson) {
                session.progress().erase();
                return new BulkImpact(context, guard, limits, session.howdah().catalog(context.cancellation())).run();
            }
            Parameters bound = Parameters.bind(text, parameters);
            session.progress().doing("finding out what it would do");
            Assessment assessment;
            try {
                assessment = guard.assess(bound.sql(), bound.values(), limits, context.cancellation());
            } catch (HowdahException e) {
                throw PointedFailure.parsing(e, bound.sql());
            }
            session.progress().erase();
            ImpactText.lines(assessment.impact()).forEach(context.console()::println);
            ImpactText.lines(assessment.risk()).forEach(context.console()::println);
            return 0;
        }
    }
}
