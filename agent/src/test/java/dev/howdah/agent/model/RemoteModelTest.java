package dev.howdah.agent.model;

import static dev.howdah.sample.model.FakeModelServer.call;
import static dev.howdah.sample.model.FakeModelServer.finish;
import static dev.howdah.sample.model.FakeModelServer.piece;
import static dev.howdah.sample.model.FakeModelServer.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.agent.model.Completion.Finish;
import dev.howdah.agent.model.Completion.Usage;
import dev.howdah.agent.model.ModelException.Fault;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.sample.model.FakeModelServer;
import dev.howdah.sample.model.FakeModelServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class RemoteModelTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Prompt PROMPT = new Prompt(
            List.of(new Message.Instructions("You write SQL."), new Message.FromPerson("How many orders?")),
            List.of(new ToolDescription(
                    "execute_query",
                    "Runs a query.",
                    "{\"type\":\"object\",\"properties\":{\"sql\":{\"type\":\"string\"}},\"required\":[\"sql\"]}")));

    private static ModelSettings settings(ModelSettings.Provider provider, URI url, Duration idle) {
        return new ModelSettings(
                provider,
                url,
                Optional.of("sk-secret"),
                "tiny",
                OptionalDouble.of(0),
                500,
                Duration.ofSeconds(10),
                idle,
                Map.of("X-Title", "Howdah"),
                Optional.empty());
    }

    private static Completion ask(ModelSettings.Provider provider, Duration idle, List<String> heard, Reply... replies)
            throws IOException {
        try (FakeModelServer server = new FakeModelServer(replies);
                RemoteModel model = new RemoteModel(settings(provider, server.url(), idle), CLOCK)) {
            return model.complete(PROMPT, into(heard), new Cancellation());
        }
    }

    private static Model.TextListener into(List<String> heard) {
        return new Model.TextListener() {
            @Override
            public void text(String piece) {
                heard.add(piece);
            }

            @Override
            public void again() {
                heard.add("<again>");
            }
        };
    }

    @Test
    void streamsTextAndCountsTokens() throws IOException {
        List<String> heard = new ArrayList<>();
        Completion completion = ask(
                ModelSettings.Provider.OPENAI,
                LONG,
                heard,
                connection -> connection.events(
                        piece("SELECT "), piece("“ü”"), finish("stop"), usage(120, 100, 7), "[DONE]"));
        assertThat(completion).isEqualTo(new Completion("SELECT “ü”", List.of(), Finish.DONE, new Usage(120, 100, 7)));
        assertThat(heard).containsExactly("SELECT ", "“ü”");
    }

    @Test
    void sendsWhatWasAskedFor() throws IOException {
        try (FakeModelServer server = new FakeModelServer(FakeModelServer.says("ok"));
                RemoteModel model =
                        new RemoteModel(settings(ModelSettings.Provider.OPENAI, server.url(), LONG), CLOCK)) {
            ToolCall earlier = new ToolCall("c1", "execute_query", "{broken");
            model.complete(
                    new Prompt(
                            List.of(
                                    new Message.Instructions("I"),
                                    new Message.FromPerson("Q"),
                                    new Message.FromModel("", List.of(earlier)),
                                    new Message.FromTool(earlier, "not JSON: {broken")),
                            PROMPT.tools()),
                    Model.TextListener.none(),
                    new Cancellation());
            FakeModelServer.Request request = server.requests().getFirst();
            assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
            assertThat(request.headers()).contains("Authorization: Bearer sk-secret", "X-Title: Howdah");
            assertThat(request.body().replaceAll("\\s", ""))
                    .contains("\"model\":\"tiny\"")
                    .contains("\"temperature\":0.0")
                    .contains("\"max_tokens\":500")
                    .contains("\"stream\":true")
                    .contains("\"name\":\"execute_query\"")
                    .contains("\"required\":[\"sql\"]")
                    .contains("\"arguments\":\"{}\"")
                    .contains("notJSON:{broken");
        }
    }

    @Test
    void putsToolCallsTogether() throws IOException {
        Completion completion = ask(
                ModelSettings.Provider.OPENAI,
                LONG,
                new ArrayList<>(),
                connection -> connection.events(
                        call(0, "a", "execute_query", "{\"sql\":"),
                        call(0, "", "", "\"SELECT 1\"}"),
                        call(1, "b", "execute_query", "{\"sql\":\"SELECT 2\"}"),
                        finish("tool_calls"),
                        "[DONE]"));
        assertThat(completion.finish()).isEqualTo(Finish.TOOLS);
        assertThat(completion.calls())
                .containsExactly(
                        new ToolCall("a", "execute_query", "{\"sql\":\"SELECT 1\"}"),
                        new ToolCall("b", "execute_query", "{\"sql\":\"SELECT 2\"}"));
    }

    @Test
    void speaksAnthropicsProtocol() throws IOException {
        List<String> heard = new ArrayList<>();
        try (FakeModelServer server = new FakeModelServer(connection -> connection.events(
                        "event: message_start\n"
                                + "data: {\"type\":\"message_start\",\"message\":{\"id\":\"1\",\"model\":\"m\","
                                + "\"usage\":{\"input_tokens\":5,\"cache_read_input_tokens\":90,\"output_tokens\":1}}}",
                        "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
                                + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                                + "\"delta\":{\"type\":\"text_delta\",\"text\":\"There are 3.\"}}",
                        "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}",
                        "event: message_delta\n"
                                + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                                + "\"usage\":{\"output_tokens\":4}}",
                        "event: message_stop\ndata: {\"type\":\"message_stop\"}"));
                RemoteModel model =
                        new RemoteModel(settings(ModelSettings.Provider.ANTHROPIC, server.url(), LONG), CLOCK)) {
            Completion completion = model.complete(PROMPT, into(heard), new Cancellation());
            assertThat(completion)
                    .isEqualTo(new Completion("There are 3.", List.of(), Finish.DONE, new Usage(95, 90, 4)));
            assertThat(heard).containsExactly("There are 3.");
            assertThat(server.requests().getFirst().line()).isEqualTo("POST /v1/messages HTTP/1.1");
            assertThat(server.requests().getFirst().headers()).contains("x-api-key: sk-secret");
        }
    }

    @Test
    void readsServersThatDoNotStream() throws IOException {
        Completion completion = ask(
                ModelSettings.Provider.OPENAI,
                LONG,
                new ArrayList<>(),
                connection -> connection.json(
                        200,
                        "{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                                + "\"content\":\"three\"},\"finish_reason\":\"stop\"}]}"));
        assertThat(completion.text()).isEqualTo("three");
    }

    @Test
    void anAnswerAtTheTokenLimitHasNoHalfCalls() throws IOException {
        Completion completion = ask(
                ModelSettings.Provider.OPENAI,
                LONG,
                new ArrayList<>(),
                connection -> connection.events(
                        call(0, "a", "execute_query", "{\"sql\":\"DELETE FROM"), finish("length"), "[DONE]"));
        assertThat(completion.finish()).isEqualTo(Finish.TOKEN_LIMIT);
        assertThat(completion.calls()).isEmpty();
    }

    static Stream<Arguments> badDays() {
        String half = call(0, "a", "execute_query", "{\"sql\":\"DELETE FROM orders");
        return Stream.of(
                bad(
                        "401",
                        c -> c.json(401, error("invalid_api_key", "Incorrect key: sk-secret")),
                        Fault.AUTHENTICATION),
                bad("403", c -> c.json(403, "{}"), Fault.AUTHENTICATION),
                bad("402", c -> c.json(402, "{}"), Fault.QUOTA),
                bad("429 quota", c -> c.json(429, error("insufficient_quota", "pay")), Fault.QUOTA),
                bad("429", c -> c.json(429, error("rate_limit", "slow down"), "Retry-After: 7"), Fault.BUSY),
                bad("404", c -> c.json(404, error("model_not_found", "no tiny")), Fault.NOT_FOUND),
                bad("400", c -> c.json(400, error("invalid_request_error", "no")), Fault.BAD_REQUEST),
                bad("too long", c -> c.json(400, error("context_length_exceeded", "long")), Fault.TOO_LONG),
                bad("500", c -> c.json(500, "oops"), Fault.SERVER),
                bad("503", c -> c.json(503, ""), Fault.BUSY),
                bad("reset before headers", c -> c.reset(), Fault.BROKEN),
                bad(
                        "reset in mid-stream",
                        c -> {
                            c.events(piece("SEL"));
                            c.reset();
                        },
                        Fault.BROKEN),
                bad(
                        "reset inside a tool call",
                        c -> {
                            c.events(half);
                            c.reset();
                        },
                        Fault.BROKEN),
                bad("clean end inside a tool call", c -> c.events(half), Fault.CUT),
                bad("clean end without a reason", c -> c.events(piece("SELECT 1"), "[DONE]"), Fault.CUT),
                bad("empty stream", c -> c.events(), Fault.CUT),
                bad(
                        "length promised and not kept",
                        c -> {
                            c.head(200, "Content-Type: text/event-stream", "Content-Length: 5000");
                            c.send("data: " + piece("SELECT 1") + "\n\n");
                        },
                        Fault.BROKEN),
                bad(
                        "error in the stream",
                        c -> c.events(piece("SEL"), "{\"error\":{\"message\":\"CUDA out of memory\"}}"),
                        Fault.SERVER),
                bad(
                        "error event",
                        c -> c.events("event: error\ndata: {\"error\":{\"type\":\"overloaded_error\"}}"),
                        Fault.BUSY),
                bad("error with status 200", c -> c.json(200, error("server_error", "no")), Fault.SERVER),
                bad(
                        "a web page",
                        c -> {
                            c.head(200, "Content-Type: text/html");
                            c.send("<html>login</html>");
                        },
                        Fault.NO_MODEL_SERVER),
                bad("JSON of another kind", c -> c.json(200, "[1]"), Fault.NO_MODEL_SERVER),
                bad("a stream of something else", c -> c.events("hello"), Fault.NO_MODEL_SERVER),
                bad("no answer at all", c -> c.stall(), Fault.STALLED),
                bad(
                        "stall in mid-stream",
                        c -> {
                            c.events(piece("SEL"));
                            c.stall();
                        },
                        Fault.STALLED));
    }

    private static Arguments bad(String name, Reply reply, Fault fault) {
        return Arguments.of(name, reply, fault);
    }

    private static String error(String code, String message) {
        return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badDays")
    void aBadDayIsOneError(String name, Reply reply, Fault fault) {
        Duration idle = fault == Fault.STALLED ? Duration.ofMillis(300) : LONG;
        assertThatThrownBy(() -> ask(ModelSettings.Provider.OPENAI, idle, new ArrayList<>(), reply))
                .isInstanceOfSatisfying(ModelException.class, failure -> {
                    assertThat(failure.fault()).isEqualTo(fault);
                    assertThat(failure.code()).isEqualTo(ErrorCode.MODEL);
                    assertThat(failure.getMessage()).doesNotContain("sk-secret");
                });
    }

    @Test
    void anthropicStreamsCutShortAreErrorsToo() {
        assertThatThrownBy(() -> ask(
                        ModelSettings.Provider.ANTHROPIC,
                        LONG,
                        new ArrayList<>(),
                        connection -> connection.events(
                                "event: content_block_start\n"
                                        + "data: {\"type\":\"content_block_start\",\"index\":0,"
                                        + "\"content_block\":{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"execute_query\"}}",
                                "event: content_block_delta\n"
                                        + "data:"
                                        + " {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"sql\\\":"
                                        + " \\\"DEL\"}}")))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        failure -> assertThat(failure.fault()).isEqualTo(Fault.CUT));
    }

    static Stream<Arguments> retryAfters() {
        return Stream.of(
                Arguments.of("7", Optional.of(Duration.ofSeconds(7))),
                Arguments.of("Sun, 01 Mar 2026 12:00:20 GMT", Optional.of(Duration.ofSeconds(20))),
                Arguments.of("Sun, 01 Mar 2026 11:00:00 GMT", Optional.of(Duration.ZERO)),
                Arguments.of("soon", Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("retryAfters")
    void hearsHowLongToWait(String header, Optional<Duration> delay) {
        assertThatThrownBy(() -> ask(
                        ModelSettings.Provider.OPENAI,
                        LONG,
                        new ArrayList<>(),
                        connection -> connection.json(429, "{}", "Retry-After: " + header)))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        failure -> assertThat(failure.retryAfter()).isEqualTo(delay));
    }

    @Test
    void nothingListens() throws IOException {
        URI gone;
        try (FakeModelServer server = new FakeModelServer(FakeModelServer.says("x"))) {
            gone = server.url();
        }
        try (RemoteModel model = new RemoteModel(settings(ModelSettings.Provider.OPENAI, gone, LONG), CLOCK)) {
            assertThatThrownBy(() -> model.complete(PROMPT, Model.TextListener.none(), new Cancellation()))
                    .isInstanceOfSatisfying(
                            ModelException.class,
                            failure -> assertThat(failure.fault()).isEqualTo(Fault.UNREACHABLE))
                    .hasMessageContaining("No model server listens at 127.0.0.1");
        }
    }

    @Test
    void listsWhatTheServerOffers() throws IOException {
        try (FakeModelServer server = new FakeModelServer(
                        connection -> connection.json(
                                200, "{\"object\":\"list\",\"data\":[{\"id\":\"tiny\"},{\"id\":\"large\"}]}"),
                        connection -> connection.json(401, "{}"),
                        connection -> connection.json(200, "no JSON"));
                RemoteModel model =
                        new RemoteModel(settings(ModelSettings.Provider.ANTHROPIC, server.url(), LONG), CLOCK)) {
            assertThat(model.offered(new Cancellation())).containsExactly("large", "tiny");
            assertThat(server.requests().getFirst().line()).isEqualTo("GET /v1/models HTTP/1.1");
            assertThat(server.requests().getFirst().headers()).contains("x-api-key: sk-secret", "X-Title: Howdah");
            for (Fault fault : List.of(Fault.AUTHENTICATION, Fault.NO_MODEL_SERVER)) {
                assertThatThrownBy(() -> model.offered(new Cancellation()))
                        .isInstanceOfSatisfying(
                                ModelException.class,
                                failure -> assertThat(failure.fault()).isEqualTo(fault));
            }
        }
    }

    static Stream<Arguments> moments() {
        return Stream.of(
                Arguments.of("before the headers", (Reply) c -> c.stall()), Arguments.of("in mid-stream", (Reply) c -> {
                    c.events(piece("SEL"));
                    c.stall();
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moments")
    void cancellingClosesTheConnection(String name, Reply reply) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        try (FakeModelServer server = new FakeModelServer(connection -> {
                    reached.countDown();
                    reply.to(connection);
                });
                RemoteModel model =
                        new RemoteModel(settings(ModelSettings.Provider.OPENAI, server.url(), LONG), CLOCK)) {
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    model.complete(PROMPT, Model.TextListener.none(), cancellation);
                    ended.complete(new AssertionError("it answered"));
                } catch (HowdahException e) {
                    ended.complete(e);
                }
            });
            assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
            cancellation.cancel();
            assertThat(ended.get(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            HowdahException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED));
            assertThat(server.gone().await(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
