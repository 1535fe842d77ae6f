package dev.howdah.bench;

import dev.howdah.agent.context.Background;
import dev.howdah.agent.context.Knowledge;
import dev.howdah.agent.context.SchemaContext;
import dev.howdah.agent.context.Values;
import dev.howdah.agent.model.Completion;
import dev.howdah.agent.model.Message;
import dev.howdah.agent.model.Model;
import dev.howdah.agent.model.ModelSettings;
import dev.howdah.agent.model.Prompt;
import dev.howdah.agent.model.RemoteModel;
import dev.howdah.agent.model.ScriptedModel;
import dev.howdah.agent.model.ToolCall;
import dev.howdah.agent.spending.Spending;
import dev.howdah.agent.tools.Toolbox;
import dev.howdah.agent.writing.Draft;
import dev.howdah.agent.writing.Hearing;
import dev.howdah.agent.writing.LoopLimits;
import dev.howdah.agent.writing.SqlWriter;
import dev.howdah.agent.writing.Written;
import dev.howdah.base.Cancellation;
import dev.howdah.base.HowdahException;
import dev.howdah.library.Howdah;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import dev.howdah.sample.model.FakeModelServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a model's question costs besides the model: the prompt, a tool, the stream. The server is a fake on this machine that
 * answers at once, so that what is measured is ours.
 */
final class Models implements Benchmark {
    private static final String[] THINGS = {
        "order", "customer", "invoice", "shipment", "product", "supplier", "payment", "ticket", "employee", "store"
    };
    private static final String QUESTION = "total amount of the invoices of each customer this year";
    private static final int SESSIONS = 200;

    @Override
    public String name() {
        return "model";
    }

    @Override
    public String about() {
        return "what a model's question costs besides the model, cancelling, many streams (--rounds 31)";
    }

    @Override
    public void run(Bench bench) throws IOException, SQLException, InterruptedException {
        int rounds = bench.number("rounds", 31);
        overhead(bench, 50, rounds, 15);
        overhead(bench, 60, rounds, 15);
        overhead(bench, 1_000, rounds, 40);
        codec(bench, rounds);
        firstToken(bench, rounds);
        cancelling(bench, rounds);
        sessions(bench);
    }

    /** Tables with ten columns, comments and keys in chains. */
    private static String schema(int tables) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < tables; i++) {
            String name = THINGS[i % THINGS.length] + "_" + i;
            sql.append("CREATE TABLE ")
                    .append(name)
                    .append(" (id bigint PRIMARY KEY, name text NOT NULL, status text,")
                    .append(" amount numeric(12,2) NOT NULL, quantity integer, created_at timestamptz NOT NULL,")
                    .append(" city text, country text, active boolean NOT NULL DEFAULT true");
            if (i > 0) {
                String parent = THINGS[(i - 1) % THINGS.length] + "_" + (i - 1);
                sql.append(", parent_id bigint REFERENCES ").append(parent);
            }
            sql.append(");\n");
            if (i % 3 == 0) {
                sql.append("COMMENT ON TABLE ").append(name).append(" IS 'One row for each, kept for ten years';\n");
            }
        }
        return sql.toString();
    }

    private static void overhead(Bench bench, int tables, int rounds, double goal)
            throws IOException, SQLException, InterruptedException {
        try (TestDatabase database = TestPostgres.open().empty()) {
            database.execute(schema(tables));
            try (Howdah howdah = Databases.open(database, Clock.systemUTC())) {
                AtomicLong characters = new AtomicLong();
                // Once, outside the measurement: the catalog and the engine, which every question shares.
                draft(howdah, characters);
                double milliseconds = Pairs.median(rounds, () -> {
                    long start = System.nanoTime();
                    draft(howdah, characters);
                    return (System.nanoTime() - start) / 1e6 / 2;
                });
                bench.figure(
                        "prompt and one tool round at %,d tables, per call".formatted(tables),
                        milliseconds,
                        "ms",
                        goal);
                bench.figure(
                        "the whole prompt at %,d tables, tools included".formatted(tables),
                        characters.get() / (double) SchemaContext.CHARACTERS_A_TOKEN,
                        "tokens",
                        4_000);
            }
        }
    }

    /** A question with one tool round: two calls. Notes how long the first prompt is, tools included. */
    private static void draft(Howdah howdah, AtomicLong characters) {
        List<Completion> answers = List.of(
                new Completion(
                        "",
                        List.of(new ToolCall("1", "search_schema", "{\"query\": \"invoices of customers\"}")),
                        Completion.Finish.TOOLS,
                        Completion.Usage.NONE),
                new Completion("{\"sql\": \"SELECT 1\"}", List.of(), Completion.Finish.DONE, Completion.Usage.NONE));
        Model script = new ScriptedModel("script", answers);
        Model counting = new Model() {
            @Override
            public String name() {
                return "script";
            }

            @Override
            public Completion complete(Prompt prompt, TextListener text, Cancellation cancellation) {
                characters.compareAndSet(0, length(prompt));
                return script.complete(prompt, text, cancellation);
            }
        };
        Knowledge knowledge = howdah.knowledge();
        SqlWriter writer = new SqlWriter(
                counting,
                Optional.empty(),
                knowledge,
                Optional.of(Toolbox.of(howdah.tools())),
                LoopLimits.STANDARD,
                Clock.systemUTC(),
                ZoneOffset.UTC);
        Draft draft = writer.begin(
                QUESTION,
                Background.NONE,
                howdah.guard(),
                Spending.unlimited().open(),
                Hearing.none(),
                new Cancellation());
        if (!(draft.next(new Cancellation()) instanceof Written.Sql) || knowledge.values() == Values.NONE) {
            throw new IllegalStateException("no answer");
        }
    }

    private static long length(Prompt prompt) {
        long length = 0;
        for (Message message : prompt.messages()) {
            length += switch (message) {
                case Message.Instructions(String text) -> text.length();
                case Message.FromPerson(String text) -> text.length();
                case Message.FromModel(String text, List<ToolCall> _) -> text.length();
                case Message.FromTool(ToolCall _, String result) -> result.length();
            };
        }
        for (var tool : prompt.tools()) {
            length += tool.name().length()
                    + tool.description().length()
                    + tool.parameters().length();
        }
        return length;
    }

    private static RemoteModel remote(FakeModelServer server) {
        return new RemoteModel(
                new ModelSettings(
                        ModelSettings.Provider.OPENAI,
                        server.url(),
                        Optional.empty(),
                        "fake",
                        OptionalDouble.of(0),
                        1_000,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Map.of(),
                        Optional.empty()),
                Clock.systemUTC());
    }

    private static final Prompt HELLO = Prompt.of(new Message.FromPerson("hello"));

    /** A whole HTTP call with a stream of 60 pieces, on loopback, connection included. */
    private static void codec(Bench bench, int rounds) throws IOException, SQLException, InterruptedException {
        String[] events = new String[62];
        for (int i = 0; i < 60; i++) {
            events[i] = FakeModelServer.piece("some words ");
        }
        events[60] = FakeModelServer.finish("stop");
        events[61] = "[DONE]";
        try (FakeModelServer server = new FakeModelServer(connection -> connection.events(events));
                RemoteModel model = remote(server)) {
            for (int i = 0; i < 20; i++) {
                model.complete(HELLO, Model.TextListener.none(), new Cancellation());
            }
            double milliseconds = Pairs.median(rounds, () -> {
                long start = System.nanoTime();
                model.complete(HELLO, Model.TextListener.none(), new Cancellation());
                return (System.nanoTime() - start) / 1e6;
            });
            bench.figure("a request and a stream of 60 pieces over HTTP, server included", milliseconds, "ms");
        }
    }

    private static void firstToken(Bench bench, int rounds) throws IOException, SQLException, InterruptedException {
        AtomicLong sent = new AtomicLong();
        AtomicLong heard = new AtomicLong();
        FakeModelServer.Reply reply = connection -> {
            connection.head(200, "Content-Type: text/event-stream");
            TimeUnit.MILLISECONDS.sleep(20);
            sent.set(System.nanoTime());
            connection.send("data: " + FakeModelServer.piece("first") + "\n\n");
            connection.send("data: " + FakeModelServer.finish("stop") + "\n\ndata: [DONE]\n\n");
        };
        Model.TextListener listener = new Model.TextListener() {
            @Override
            public void text(String piece) {
                heard.set(System.nanoTime());
            }

            @Override
            public void again() {
                throw new IllegalStateException("the call failed");
            }
        };
        try (FakeModelServer server = new FakeModelServer(reply);
                RemoteModel model = remote(server)) {
            double milliseconds = Pairs.median(rounds, () -> {
                model.complete(HELLO, listener, new Cancellation());
                return (heard.get() - sent.get()) / 1e6;
            });
            bench.figure("from the first piece sent to the listener", milliseconds, "ms", 5);
        }
    }

    private static void cancelling(Bench bench, int rounds) throws IOException, SQLException, InterruptedException {
        double milliseconds = Pairs.median(rounds, () -> {
            CountDownLatch stalled = new CountDownLatch(1);
            try (FakeModelServer server = new FakeModelServer(connection -> {
                        connection.events(FakeModelServer.piece("{\"sql\": \"SEL"));
                        stalled.countDown();
                        connection.stall();
                    });
                    RemoteModel model = remote(server)) {
                Cancellation cancellation = new Cancellation();
                Thread asking = Thread.ofVirtual().start(() -> {
                    try {
                        model.complete(HELLO, Model.TextListener.none(), cancellation);
                    } catch (HowdahException cancelled) {
                        // What is measured.
                    }
                });
                stalled.await();
                long start = System.nanoTime();
                cancellation.cancel();
                server.gone().await();
                long closed = System.nanoTime();
                asking.join();
                return (closed - start) / 1e6;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        bench.figure("from cancelling in mid-stream to the socket closed at the server", milliseconds, "ms", 100);
    }

    /** Many streams that are all open at once: how many platform threads that takes. */
    private static void sessions(Bench bench) throws IOException, InterruptedException {
        CountDownLatch open = new CountDownLatch(SESSIONS);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(SESSIONS);
        FakeModelServer.Reply reply = connection -> {
            connection.head(200, "Content-Type: text/event-stream");
            connection.send("data: " + FakeModelServer.piece("first") + "\n\n");
            open.countDown();
            end.await();
            connection.send("data: " + FakeModelServer.finish("stop") + "\n\ndata: [DONE]\n\n");
        };
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        try (FakeModelServer server = new FakeModelServer(reply);
                RemoteModel model = remote(server);
                ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            for (int i = 0; i < SESSIONS; i++) {
                var _ = sessions.submit(() -> {
                    model.complete(HELLO, Model.TextListener.none(), new Cancellation());
                    done.countDown();
                });
            }
            var _ = open.await(60, TimeUnit.SECONDS);
            int during = ManagementFactory.getThreadMXBean().getThreadCount();
            bench.figure("streams open at once", SESSIONS - (double) open.getCount(), "streams");
            bench.figure("platform threads more than before, with all of them open", during - before, "threads");
            end.countDown();
            boolean answered = done.await(60, TimeUnit.SECONDS);
            bench.figure("all answered after", answered ? (System.nanoTime() - start) / 1e6 : Double.NaN, "ms");
        }
    }
}
