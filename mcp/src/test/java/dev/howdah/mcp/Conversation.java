package dev.howdah.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import dev.howdah.guard.review.Client;
import dev.howdah.library.Howdah;
import dev.howdah.library.settings.Settings;
import dev.howdah.postgres.Profile;
import dev.howdah.sample.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** A client of the whole server over lines of JSON, as a program at the other end of the pipes would be. For one thread. */
final class Conversation implements AutoCloseable {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private final HowdahMcp mcp;
    private final Thread server;
    private final OutputStream toServer;
    private final BufferedReader fromServer;
    private final Deque<JsonNode> unread = new ArrayDeque<>();
    private final List<JsonNode> notifications = new ArrayList<>();
    private int id;

    private Conversation(HowdahMcp mcp) throws IOException {
        this.mcp = mcp;
        // The system's pipes: Java's piped streams take a writer for dead whose thread has ended.
        Pipe requests = Pipe.open();
        Pipe responses = Pipe.open();
        InputStream in = Channels.newInputStream(requests.source());
        OutputStream out = Channels.newOutputStream(responses.sink());
        this.toServer = Channels.newOutputStream(requests.sink());
        this.fromServer = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(responses.source()), StandardCharsets.UTF_8));
        this.server = Thread.ofPlatform().daemon().start(() -> {
            try (in;
                    out) {
                mcp.serve(in, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A conversation with a server for this database, not yet begun. */
    static Conversation with(TestDatabase database, Path directory, Selection selection) throws IOException {
        return with(() -> open(database, directory, Map.of()), directory, selection);
    }

    static Conversation with(Supplier<Howdah> opening, Path directory, Selection selection) throws IOException {
        return new Conversation(new HowdahMcp(
                opening,
                selection,
                directory.resolve("exports"),
                "1",
                "agent",
                () -> UUID.randomUUID().toString()));
    }

    static Howdah open(TestDatabase database, Path directory, Map<String, String> variables) {
        Settings settings =
                Settings.load(new Environment(variables, directory, directory, OperatingSystem.LINUX), Map.of());
        Profile profile =
                Profile.of(database.host(), database.port(), database.database(), database.user(), database.password());
        return Howdah.pooled(profile, settings, Clock.systemUTC(), Client.MCP);
    }

    /** Begins as every client does. */
    Conversation begin() throws IOException {
        begin(MAPPER.createObjectNode());
        return this;
    }

    JsonNode begin(JsonNode capabilities) throws IOException {
        ObjectNode params = MAPPER.createObjectNode().put("protocolVersion", "2025-11-25");
        params.set("capabilities", capabilities);
        params.putObject("clientInfo").put("name", "test").put("version", "1");
        JsonNode result = request("initialize", params);
        send(MAPPER.createObjectNode().put("jsonrpc", "2.0").put("method", "notifications/initialized"));
        return result;
    }

    void line(String line) throws IOException {
        toServer.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        toServer.flush();
    }

    void send(JsonNode message) throws IOException {
        line(MAPPER.writeValueAsString(message));
    }

    /** Sends a request and does not wait; its id. */
    int start(String method, JsonNode params) throws IOException {
        int mine = ++id;
        ObjectNode message =
                MAPPER.createObjectNode().put("jsonrpc", "2.0").put("id", mine).put("method", method);
        message.set("params", params);
        send(message);
        return mine;
    }

    void cancel(int request) throws IOException {
        ObjectNode message = MAPPER.createObjectNode().put("jsonrpc", "2.0").put("method", "notifications/cancelled");
        message.putObject("params").put("requestId", request);
        send(message);
    }

    /** The next message from the server that is no answer to somebody else. */
    JsonNode next() throws IOException {
        if (!unread.isEmpty()) {
            return unread.pop();
        }
        return read();
    }

    private JsonNode read() throws IOException {
        String line = fromServer.readLine();
        if (line == null) {
            throw new IOException("the server has ended");
        }
        return MAPPER.readTree(line);
    }

    /** The answer to a request; what comes before it is kept. */
    JsonNode answer(int request) throws IOException {
        for (JsonNode kept : List.copyOf(unread)) {
            if (isAnswer(kept, request)) {
                unread.remove(kept);
                return kept;
            }
        }
        JsonNode message = read();
        while (!isAnswer(message, request)) {
            if (message.has("method") && !message.has("id")) {
                notifications.add(message);
            } else {
                unread.add(message);
            }
            message = read();
        }
        return message;
    }

    private static boolean isAnswer(JsonNode message, int request) {
        return !message.has("method") && message.path("id").asInt() == request;
    }

    List<JsonNode> notifications() {
        return notifications;
    }

    /** The result of a request. */
    JsonNode request(String method, JsonNode params) throws IOException {
        JsonNode answer = answer(start(method, params));
        assertThat(answer.path("error").isMissingNode()).as("%s", answer).isTrue();
        return answer.path("result");
    }

    JsonNode call(String tool, String arguments) throws IOException {
        ObjectNode params = MAPPER.createObjectNode().put("name", tool);
        params.set("arguments", MAPPER.readTree(arguments));
        return request("tools/call", params);
    }

    static String text(JsonNode result) {
        return result.path("content").path(0).path("text").asText();
    }

    HowdahMcp mcp() {
        return mcp;
    }

    /** Closes the client's end and waits for the server to end by itself. */
    void leave() throws IOException, InterruptedException {
        toServer.close();
        server.join();
    }

    @Override
    public void close() throws IOException {
        toServer.close();
        mcp.close();
    }
}
