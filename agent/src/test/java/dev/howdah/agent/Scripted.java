package dev.howdah.agent;

import dev.howdah.agent.context.Knowledge;
import dev.howdah.agent.context.Values;
import dev.howdah.agent.model.Completion;
import dev.howdah.agent.model.Completion.Finish;
import dev.howdah.agent.model.Completion.Usage;
import dev.howdah.agent.model.Message;
import dev.howdah.agent.model.Model;
import dev.howdah.agent.model.Prompt;
import dev.howdah.agent.model.ScriptedModel;
import dev.howdah.agent.model.ToolCall;
import dev.howdah.agent.spending.Spending;
import dev.howdah.agent.tools.Toolbox;
import dev.howdah.agent.tools.Workbench;
import dev.howdah.agent.writing.LoopLimits;
import dev.howdah.agent.writing.SqlWriter;
import dev.howdah.base.Cancellation;
import dev.howdah.base.Event;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.redaction.RedactionPolicy;
import dev.howdah.guard.redaction.ResultRedaction;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.QuestionEngine;
import dev.howdah.question.Reading;
import dev.howdah.question.ValueIndex;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sample shop with agents whose models say what they are told to say. */
final class Scripted implements AutoCloseable {
    final TestDatabase server = TestPostgres.open().shop();
    private final Database database = Database.pooled(
            Profile.of(server.host(), server.port(), server.database(), server.user(), server.password()));
    private final CatalogReader reader = new CatalogReader(database, Clock.systemUTC());
    private final CatalogSnapshot catalog = new CatalogSnapshot(reader);
    private final Guard guard;
    final Heard heard = new Heard();
    final List<Prompt> prompts = new ArrayList<>();

    Scripted(Policy policy) {
        guard = new Guard(database, catalog, policy, 100_000);
    }

    static Completion says(String text) {
        return new Completion(text, List.of(), Finish.DONE, new Usage(100, 0, 10));
    }

    static Completion sql(String sql) {
        return says("{\"sql\": \"" + sql.replace("\\", "\\\\").replace("\"", "\\\"") + "\", \"reading\": \"it\"}");
    }

    static Completion calls(String tool, String arguments) {
        return new Completion("", List.of(new ToolCall("1", tool, arguments)), Finish.TOOLS, new Usage(100, 0, 10));
    }

    SqlWriter writer(String name, Values values, Completion... answers) {
        Model script = new ScriptedModel(name, List.of(answers));
        Model heeded = new Model() {
            @Override
            public String name() {
                return script.name();
            }

            @Override
            public Completion complete(Prompt prompt, TextListener text, Cancellation cancellation) {
                prompts.add(prompt);
                return script.complete(prompt, text, cancellation);
            }
        };
        Knowledge knowledge =
                new Knowledge(Knowledge.Source.of(catalog::current), values, 2_400, 20, RedactionPolicy.standard());
        Toolbox toolbox = Toolbox.of(new Workbench(
                knowledge,
                new ResultRedaction(RedactionPolicy.standard(), catalog),
                Limits.none(),
                1_500,
                Optional.empty()));
        return new SqlWriter(
                heeded,
                Optional.empty(),
                knowledge,
                Optional.of(toolbox),
                LoopLimits.STANDARD,
                Clock.systemUTC(),
                ZoneOffset.UTC);
    }

    Agent agent(boolean engine, Models models, Strategy strategy, Spending spending) {
        return new Agent(
                engine ? Optional.of(this::engine) : Optional.empty(),
                Optional.of(models),
                strategy,
                spending,
                guard,
                4000);
    }

    Answer ask(Agent agent, String question) {
        return agent.ask(question, request(), heard, new Cancellation());
    }

    static Agent.Request request() {
        return new Agent.Request(Limits.none(), true, false);
    }

    private QuestionEngine engine(Cancellation cancellation) {
        return QuestionEngine.of(
                catalog.current(cancellation),
                ValueIndex.of(Map.of()),
                relation -> relation.foreignKeys(),
                Clock.systemUTC(),
                ZoneOffset.UTC);
    }

    /** Everything that models were told. */
    String told() {
        StringBuilder told = new StringBuilder();
        for (Prompt prompt : prompts) {
            for (Message message : prompt.messages()) {
                told.append(message).append('\n');
            }
        }
        return told.toString();
    }

    @Override
    public void close() {
        guard.close();
        reader.close();
        database.close();
        server.close();
    }

    /** Counts. */
    static final class Heard implements Agent.Listener, RowSink {
        long rows;
        int repairs;

        @Override
        public void event(Event event) {}

        @Override
        public void understood(Reading reading, Review review, By by) {}

        @Override
        public void repairing(HowdahException failure) {
            repairs++;
        }

        @Override
        public RowSink rows() {
            return this;
        }

        @Override
        public void columns(List<ResultColumn> columns) {}

        @Override
        public void row(Row row) {
            rows++;
        }

        @Override
        public void end(long count, boolean truncated) {}
    }
}
