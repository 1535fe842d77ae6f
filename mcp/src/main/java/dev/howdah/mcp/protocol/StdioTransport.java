package dev.howdah.mcp.protocol;

import dev.howdah.base.Cancellation;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The SDK's sessions over lines of JSON. Ours, because the SDK's own ends the session at the first malformed line, lets no
 * one cancel, and hands every message through four threads (seen in 2.1.0): here a line is read by one thread, answered by
 * a virtual thread of its own, and written by whoever has the answer. Thread-safe.
 */
public final class StdioTransport implements McpServerTransportProvider {
    /** The longest line that is read, in bytes; arguments have limits of their own. */
    public static final int LONGEST_LINE = 16 * 1024 * 1024;

    /** Requests beyond these wait unread, so that a client that floods cannot fill the memory. */
    private static final int MOST_IN_FLIGHT = 256;

    /**
     * How long answers are still given after the client closed its end: a script that pipes its requests in closes it at
     * once, a client that died closes it too.
     */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(StdioTransport.class);
    private static final String SESSION = "stdio";
    private static final int NOT_INITIALIZED = -32002;

    private final McpJsonMapper mapper;
    private final Lines lines;
    private final OutputStream out;
    private final InFlight inFlight;
    private final Runnable onInitialized;
    private final Semaphore room = new Semaphore(MOST_IN_FLIGHT);
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable McpServerSession session;
    private boolean initialized;
    private volatile boolean broken;

    /**
     * @param mapper reads and writes messages
     * @param in where lines come from
     * @param out where lines go; nothing else may be written there
     * @param inFlight what is being answered
     * @param onInitialized what to do once the client is there; must return at once
     */
    public StdioTransport(
            McpJsonMapper mapper, InputStream in, OutputStream out, InFlight inFlight, Runnable onInitialized) {
        this.mapper = mapper;
        this.lines = new Lines(in, LONGEST_LINE);
        this.out = out;
        this.inFlight = inFlight;
        this.onInitialized = onInitialized;
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        session = factory.create(new Transport());
    }

    /** Answers until the client closes its end or nobody reads the answers any more; then whatever runs is cancelled. */
    public void run() throws IOException {
        try {
            Lines.Line line = lines.next();
            while (line != null && !broken) {
                if (line.tooLong()) {
                    refuse(
                            McpSchema.ErrorCodes.INVALID_REQUEST,
                            "The line is longer than " + LONGEST_LINE + " bytes and was skipped.");
                } else if (!line.text().isBlank()) {
                    take(line.text());
                }
                line = lines.next();
            }
            if (!broken) {
                finish();
            }
        } finally {
            inFlight.cancelAll();
        }
    }

    private void finish() {
        try {
            if (!room.tryAcquire(MOST_IN_FLIGHT, GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("the client is gone; {} calls are stopped", inFlight.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(String line) {
        JSONRPCMessage message;
        try {
            message = message(line);
        } catch (IOException e) {
            LOG.debug("a line that is no JSON", e);
            refuse(McpSchema.ErrorCodes.PARSE_ERROR, "The line is not a JSON object.");
            return;
        } catch (IllegalArgumentException e) {
            LOG.debug("a line that is no message", e);
            refuse(McpSchema.ErrorCodes.INVALID_REQUEST, "The line is no JSON-RPC 2.0 message.");
            return;
        }
        switch (message) {
            case JSONRPCRequest request -> take(request);
            case JSONRPCNotification notification -> take(notification);
            default -> handle(message, McpTransportContext.EMPTY);
        }
    }

    private JSONRPCMessage message(String line) throws IOException {
        Map<String, Object> members = mapper.readValue(line, new TypeRef<Map<String, Object>>() {});
        if (members == null || !"2.0".equals(members.get("jsonrpc"))) {
            throw new IllegalArgumentException("no jsonrpc member");
        }
        if (members.get("method") instanceof String) {
            Object id = members.get("id");
            if (!members.containsKey("id")) {
                return mapper.convertValue(members, JSONRPCNotification.class);
            }
            if (id instanceof String || id instanceof Number) {
                return mapper.convertValue(members, JSONRPCRequest.class);
            }
            throw new IllegalArgumentException("an id that is neither text nor number");
        }
        if (members.containsKey("result") || members.containsKey("error")) {
            return mapper.convertValue(members, JSONRPCResponse.class);
        }
        throw new IllegalArgumentException("neither method nor result");
    }

    private void take(JSONRPCRequest request) {
        if (request.method().equals(McpSchema.METHOD_INITIALIZE)) {
            // On this thread: what follows must find it done.
            handle(request, McpTransportContext.EMPTY);
            return;
        }
        if (!initialized && !request.method().equals(McpSchema.METHOD_PING)) {
            write(failure(request.id(), NOT_INITIALIZED, "The session is not initialized: send initialize first."));
            return;
        }
        if (!initialized) {
            write(JSONRPCResponse.result(request.id(), Map.of()));
            return;
        }
        room.acquireUninterruptibly();
        Cancellation cancellation = inFlight.begin(SESSION, request.id());
        McpTransportContext context = McpTransportContext.create(Map.of(InFlight.CANCELLATION, cancellation));
        Thread.ofVirtual().name("howdah-mcp-call").start(() -> {
            try {
                handle(request, context);
            } finally {
                inFlight.end(SESSION, request.id(), cancellation);
                room.release();
            }
        });
    }

    private void take(JSONRPCNotification notification) {
        if (notification.method().equals("notifications/cancelled")) {
            if (notification.params() instanceof Map<?, ?> params && params.get("requestId") != null) {
                inFlight.cancel(SESSION, params.get("requestId"));
            }
            return;
        }
        if (notification.method().equals(McpSchema.METHOD_NOTIFICATION_INITIALIZED)) {
            initialized = true;
            onInitialized.run();
        }
        if (notification.method().equals(McpSchema.METHOD_NOTIFICATION_ROOTS_LIST_CHANGED)) {
            // The SDK would ask for the list; there is no use for it here.
            return;
        }
        handle(notification, McpTransportContext.EMPTY);
    }

    private void handle(JSONRPCMessage message, McpTransportContext context) {
        try {
            session()
                    .handle(message)
                    .contextWrite(written -> written.put(McpTransportContext.KEY, context))
                    .block();
        } catch (RuntimeException e) {
            LOG.error("a message was not handled", e);
            if (message instanceof JSONRPCRequest request) {
                write(failure(request.id(), McpSchema.ErrorCodes.INTERNAL_ERROR, "The request could not be handled."));
            }
        }
    }

    private McpServerSession session() {
        if (session == null) {
            throw new IllegalStateException("no server was made for this transport");
        }
        return session;
    }

    private static JSONRPCResponse failure(Object id, int code, String message) {
        return JSONRPCResponse.error(id, new JSONRPCResponse.JSONRPCError(code, message, null));
    }

    /** JSON-RPC wants {@code "id": null} where the id could not be read, which the SDK's record does not take. */
    private void refuse(int code, String message) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("jsonrpc", "2.0");
        members.put("id", null);
        members.put("error", Map.of("code", code, "message", message));
        write(members);
    }

    private void write(Object message) {
        try {
            // One line: Jackson escapes line ends inside of texts.
            byte[] bytes = mapper.writeValueAsBytes(message);
            writing.lock();
            try {
                out.write(bytes);
                out.write('\n');
                out.flush();
            } finally {
                writing.unlock();
            }
        } catch (IOException e) {
            LOG.debug("nobody reads the answers", e);
            broken = true;
            inFlight.cancelAll();
        }
    }

    @Override
    public Mono<Void> notifyClients(String method, @Nullable Object params) {
        return initialized ? session().sendNotification(method, params) : Mono.empty();
    }

    @Override
    public Mono<Void> notifyClient(String sessionId, String method, Object params) {
        return notifyClients(method, params);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(inFlight::cancelAll);
    }

    @Override
    public List<String> protocolVersions() {
        return List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");
    }

    /** What the session writes to. */
    private final class Transport implements McpServerTransport {
        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message) {
            return Mono.fromRunnable(() -> {
                // Who cancelled a request expects no answer to it.
                if (!(message instanceof JSONRPCResponse response && inFlight.isCancelled(SESSION, response.id()))) {
                    write(message);
                }
            });
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return mapper.convertValue(data, type);
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }
    }
}
