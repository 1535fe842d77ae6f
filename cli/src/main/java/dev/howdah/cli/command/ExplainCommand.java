package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Review;
import dev.howdah.library.settings.Keys;
import dev.howdah.render.Format;
import dev.howdah.render.PlanText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `howdah explain`. */
@Command(
        name = "explain",
        description = "Show how PostgreSQL would run a query.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah explain -d shop \"select * from orders where total > 1000\"",
            "  howdah explain -d shop --analyze \"select count(*) from orders\"    runs it and measures",
        })
final class ExplainCommand implements Callable<Integer> {
    @CommandLine.Parameters(paramLabel = "SQL", arity = "1..*", description = "The query.")
    private List<String> words = List.of();

    @Option(names = "--analyze", description = "Run the query and show what really happened.")
    private boolean analyze;

    @Option(names = "--json", description = "Print PostgreSQL's own JSON.")
    private boolean json;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A value for :NAME, or for $1 when NAME is 1.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    ExplainCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String text = String.join(" ", words);
        if (text.isBlank()) {
            throw new HowdahException(ErrorCode.USAGE, "There is no query to explain.", null);
        }
        try (Session session = Session.open(context, connection, output);
                Results results = Results.open(context, session.settings(), output, session.progress()::erase)) {
            Parameters bound = Parameters.bind(text, parameters);
            Guard guard = session.howdah().guard();
            Review review = review(guard, bound.sql());
            review.requireAllowed();
            Limits limits = new Limits(
                    Optional.empty(),
                    Optional.empty(),
                    session.settings().value(Keys.LIMIT_FIRST_ROW_TIMEOUT),
                    Optional.empty(),
                    session.sessionLimits());
            session.progress().doing(analyze ? "running the query" : "planning the query");
            String plan = plan(guard, review, bound, limits);
            boolean raw = json || results.format() == Format.JSON;
            results.text(
                    raw
                            ? plan + "\n"
                            : PlanText.tree(plan, Optional.empty(), output.render(context, session.settings())));
            results.complete();
            return 0;
        }
    }

    private Review review(Guard guard, String sql) {
        try {
            return guard.review(sql, context.cancellation());
        } catch (HowdahException e) {
            throw PointedFailure.parsing(e, sql);
        }
    }

    private String plan(Guard guard, Review review, Parameters bound, Limits limits) {
        try {
            return guard.explain(review, analyze, bound.values(), limits, context.cancellation());
        } catch (HowdahException e) {
            throw PointedFailure.running(e, bound.sql(), SqlCommand.start(review.statement()));
        }
    }
}
