package dev.howdah.agent.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.howdah.base.Cancellation;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP side of one model call, on the thread that made it: sends the request, reads the stream, hands each event to
 * LangChain4j's codec, and keeps the first failure, whatever the codec makes of it later. Cancelling closes the
 * connection at any time, before the headers too.
 */
final class Call implements HttpClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_ERROR = 64 * 1024;
    private static final int LONGEST_ANSWER = 16 * 1024 * 1024;

    private final java.net.http.HttpClient client;
    private final ModelSettings settings;
    private final Faults faults;
    private final Cancellation cancellation;
    private final Clock clock;
    private @Nullable ModelException failure;
    private boolean saidWhy;

    Call(
            java.net.http.HttpClient client,
            ModelSettings settings,
            Faults faults,
            Cancellation cancellation,
            Clock clock) {
        this.client = client;
        this.settings = settings;
        this.faults = faults;
        this.cancellation = cancellation;
        this.clock = clock;
    }

    /** The first failure, if there was one. */
    Optional<ModelException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether an OpenAI server gave a reason for its end, known or not: without one the answer was cut. */
    boolean saidWhyItEnded() {
        return saidWhy;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("answers are streamed");
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        execute(request, listener);
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventListener listener) {
        exchange(jdk(request), response -> read(response, listener));
    }

    /**
     * What the server says to a GET, as JSON.
     *
     * @throws ModelException if it is not that
     */
    JsonNode json(String path, Map<String, String> headers) {
        var builder = java.net.http.HttpRequest.newBuilder(URI.create(settings.baseUrl() + path));
        headers.forEach(builder::setHeader);
        settings.headers().forEach(builder::setHeader);
        List<JsonNode> answer = new ArrayList<>();
        exchange(builder.GET().build(), response -> {
            if (succeeded(response)) {
                JsonNode root = parsed(text(response.body(), LONGEST_ANSWER));
                if (root instanceof ObjectNode) {
                    answer.add(root);
                } else {
                    fail(faults.notAModelServer("its answer is not a JSON object"));
                }
            }
        });
        if (failure != null) {
            throw failure;
        }
        return answer.getFirst();
    }

    /** Reads a response. */
    @FunctionalInterface
    private interface Reader {
        void read(HttpResponse<Body> response) throws IOException;
    }

    private void exchange(java.net.http.HttpRequest request, Reader reader) {
        Body body = new Body(settings.idleTimeout());
        CompletableFuture<HttpResponse<Body>> answer = client.sendAsync(request, head -> body);
        try (Cancellation.Registration _ = cancellation.onCancel(() -> {
                    answer.cancel(true);
                    body.cancel();
                });
                body) {
            reader.read(answer.get(
                    settings.idleTimeout().plus(settings.connectTimeout()).toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            fail(faults.connection(new HttpTimeoutException("no headers")));
        } catch (ExecutionException | CancellationException | IOException e) {
            cancellation.check();
            fail(faults.connection(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(faults.connection(e));
        }
        cancellation.check();
    }

    /** Whether the status is a success; else it is a failure now. */
    private boolean succeeded(HttpResponse<Body> response) throws IOException {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return true;
        }
        String text = text(response.body(), LONGEST_ERROR);
        fail(faults.status(status, response.headers().firstValue("Retry-After"), text, clock.instant()));
        return false;
    }

    private static String text(Body body, int longest) throws IOException {
        return new String(body.readNBytes(longest), StandardCharsets.UTF_8);
    }

    private void read(HttpResponse<Body> response, ServerSentEventListener listener) throws IOException {
        if (!succeeded(response)) {
            return;
        }
        String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("text/html")) {
            fail(faults.notAModelServer("it sends a web page"));
            return;
        }
        listener.onOpen(SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .build());
        if (type.startsWith("application/json")) {
            whole(text(response.body(), LONGEST_ANSWER), listener);
        } else {
            stream(new EventStream(response.body()), listener);
        }
        if (failure == null) {
            listener.onClose();
        }
    }

    private void stream(EventStream events, ServerSentEventListener listener) throws IOException {
        for (EventStream.Event event = events.next(); event != null && failure == null; event = events.next()) {
            if (event.data().equals("[DONE]")) {
                return;
            }
            hand(event.name(), event.data(), listener);
        }
    }

    /** One answer in one piece, from a server that does not stream: as the one event that a stream would have had. */
    private void whole(String text, ServerSentEventListener listener) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode root) {
                for (JsonNode choice : root.path("choices")) {
                    if (choice instanceof ObjectNode object && object.has("message")) {
                        object.set("delta", object.remove("message"));
                    }
                }
                hand("", root.toString(), listener);
                return;
            }
        } catch (JsonProcessingException e) {
            fail(faults.notAModelServer("its JSON is malformed"));
            return;
        }
        fail(faults.notAModelServer("its answer is not a JSON object"));
    }

    private void hand(String name, String data, ServerSentEventListener listener) {
        if (data.isBlank()) {
            return;
        }
        JsonNode root = parsed(data);
        if (name.equals("error") || (root != null && root.hasNonNull("error"))) {
            fail(faults.inStream(data));
        } else if (root instanceof ObjectNode) {
            saidWhy |= root.path("choices").path(0).hasNonNull("finish_reason");
            listener.onEvent(new ServerSentEvent(name.isEmpty() ? null : name, data));
        } else {
            fail(faults.notAModelServer("its stream holds what is no JSON object"));
        }
    }

    private static @Nullable JsonNode parsed(String data) {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private void fail(ModelException now) {
        if (failure == null) {
            failure = now;
        }
    }

    private java.net.http.HttpRequest jdk(HttpRequest request) {
        var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        settings.headers().forEach(builder::setHeader);
        return builder.method(
                        request.method().name(),
                        request.body() == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(request.body(), StandardCharsets.UTF_8))
                .build();
    }
}
