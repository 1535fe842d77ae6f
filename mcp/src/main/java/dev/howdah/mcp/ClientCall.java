package dev.howdah.mcp;

import dev.howdah.base.Cancellation;
import dev.howdah.base.PlainText;
import dev.howdah.guard.Guard;
import dev.howdah.guard.audit.Occasion;
import dev.howdah.library.Howdah;
import dev.howdah.mcp.protocol.InFlight;
import dev.howdah.mcp.tool.Call;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of one client; progress is told at once and then every second while it lasts. */
final class ClientCall implements Call, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientCall.class);
    private static final Duration STEP = Duration.ofSeconds(1);

    private final McpSyncServerExchange exchange;
    private final Door door;
    private final Cancellation cancellation;
    private final @Nullable Object progressToken;
    private final long start = System.nanoTime();
    private volatile String doing = "";
    private @Nullable Thread ticker;
    private double told;

    ClientCall(McpSyncServerExchange exchange, CallToolRequest request, Door door) {
        this.exchange = exchange;
        this.door = door;
        this.cancellation = exchange.transportContext().get(InFlight.CANCELLATION) instanceof Cancellation known
                ? known
                : new Cancellation();
        this.progressToken = request.meta() == null ? null : request.meta().get("progressToken");
    }

    @Override
    public Howdah howdah() {
        return door.howdah();
    }

    @Override
    public Guard guard() {
        McpSchema.Implementation client = exchange.getClientInfo();
        String name = client == null ? "unknown" : client.name() + " " + client.version();
        String shown = PlainText.oneLine(name.length() > 100 ? name.substring(0, 100) : name);
        return howdah().guard()
                .on(new Occasion(Optional.empty(), Optional.of("MCP client " + shown), Optional.empty()));
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void progress(String what) {
        if (progressToken == null) {
            return;
        }
        doing = what;
        tell(what);
        if (ticker == null) {
            ticker = Thread.ofVirtual().name("howdah-mcp-progress").start(this::tick);
        }
    }

    private void tick() {
        LockSupport.parkNanos(STEP.toNanos());
        while (!Thread.currentThread().isInterrupted()) {
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            tell(doing + ", " + seconds + " s");
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    private synchronized void tell(String message) {
        // Progress has to grow; how much there will be is not known.
        told++;
        try {
            exchange.progressNotification(new McpSchema.ProgressNotification(progressToken, told, null, message, null));
        } catch (RuntimeException e) {
            LOG.debug("progress was not told", e);
        }
    }

    @Override
    public Optional<String> choose(String ask, List<String> choices) {
        McpSchema.ClientCapabilities client = exchange.getClientCapabilities();
        if (client == null || client.elicitation() == null || choices.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("type", "string");
        choice.put("title", "What was meant");
        choice.put("enum", choices);
        Map<String, Object> schema =
                Map.of("type", "object", "properties", Map.of("choice", choice), "required", List.of("choice"));
        try {
            McpSchema.ElicitResult result =
                    exchange.createElicitation(new McpSchema.ElicitFormRequest(ask, schema, Map.of()));
            return result.action() == McpSchema.ElicitResult.Action.ACCEPT
                            && result.content() != null
                            && result.content().get("choice") instanceof String chosen
                    ? Optional.of(chosen)
                    : Optional.empty();
        } catch (RuntimeException e) {
            LOG.debug("the client did not ask its person", e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (ticker != null) {
            ticker.interrupt();
        }
    }
}
