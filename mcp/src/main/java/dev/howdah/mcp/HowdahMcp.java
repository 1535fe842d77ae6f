package dev.howdah.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.library.Howdah;
import dev.howdah.mcp.changes.ApprovalTools;
import dev.howdah.mcp.changes.ExecutionTools;
import dev.howdah.mcp.changes.ImpactTools;
import dev.howdah.mcp.operations.Operations;
import dev.howdah.mcp.protocol.InFlight;
import dev.howdah.mcp.protocol.StdioTransport;
import dev.howdah.mcp.rows.PagedReads;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolDefinition;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Howdah for other agents, on the official SDK: the same gate as for people, with the stricter policy for MCP clients, and
 * no tool that could consent to anything. Thread-safe.
 */
public final class HowdahMcp implements AutoCloseable {
    /** How long a client may take to answer a question of ours; a person sits at its end. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ObjectMapper mapper = new ObjectMapper();
    private final InFlight inFlight = new InFlight();
    private final PagedReads paged;
    private final Door door;
    private final String version;
    private final List<Tool> tools;

    /**
     * @param opening opens the database with the policy for MCP clients; asked again after it failed
     * @param selection which tools are listed
     * @param exports where files go that tools write
     * @param version what clients are told
     * @param requester who asks for approvals: the account that this runs under
     * @param identifiers makes identifiers that nobody can guess
     */
    public HowdahMcp(
            Supplier<Howdah> opening,
            Selection selection,
            Path exports,
            String version,
            String requester,
            Supplier<String> identifiers) {
        this.door = new Door(opening);
        this.paged = new PagedReads(identifiers);
        this.version = version;
        Map<Toolset, List<Tool>> all = new EnumMap<>(Toolset.class);
        all.put(Toolset.POSTGRESQL_OPS, Operations.tools(paged, exports));
        all.put(Toolset.IMPACT_ANALYSIS, ImpactTools.tools());
        all.put(Toolset.APPROVAL_WORKFLOW, ApprovalTools.tools(requester));
        all.put(Toolset.EXECUTION_MONITOR, ExecutionTools.tools(requester));
        this.tools = selection.of(all);
    }

    /** Serves one client over these streams until it closes its end; nothing else may be written to {@code out}. */
    public void serve(InputStream in, OutputStream out) throws IOException {
        JacksonMcpJsonMapper json = new JacksonMcpJsonMapper(mapper);
        StdioTransport transport = new StdioTransport(json, in, out, inFlight, this::connect);
        Reading reading = new Reading(door);
        McpSyncServer server = McpServer.sync(transport)
                .serverInfo(info())
                .instructions(resource("instructions.md"))
                .capabilities(capabilities())
                .jsonMapper(json)
                .jsonSchemaValidator(new NoValidator())
                .validateToolInputs(false)
                .immediateExecution(true)
                .requestTimeout(PATIENCE)
                .tools(specifications())
                .resources(List.of(reading.schema()))
                .resourceTemplates(List.of(reading.table()))
                .completions(List.of(reading.tableNames()))
                .prompts(reading.prompts())
                .build();
        try {
            transport.run();
        } finally {
            server.close();
        }
    }

    /** How many requests are being answered. */
    int inFlight() {
        return inFlight.size();
    }

    /** Connects while the client makes up its mind; what fails is told by the first call. */
    private void connect() {
        Thread.ofVirtual().name("howdah-mcp-connect").start(() -> {
            try {
                door.howdah().database().connect(new dev.howdah.base.Cancellation());
            } catch (RuntimeException e) {
                org.slf4j.LoggerFactory.getLogger(HowdahMcp.class).debug("no connection yet", e);
            }
        });
    }

    private McpSchema.Implementation info() {
        return McpSchema.Implementation.builder("howdah", version)
                .title("Howdah for PostgreSQL")
                .build();
    }

    private static McpSchema.ServerCapabilities capabilities() {
        return McpSchema.ServerCapabilities.builder()
                .tools(false)
                .resources(false, false)
                .prompts(false)
                .completions()
                .logging()
                .build();
    }

    private List<SyncToolSpecification> specifications() {
        return tools.stream()
                .map(tool -> {
                    ToolDefinition definition = ToolDefinition.of(tool, mapper);
                    return new SyncToolSpecification(listed(definition), new ToolHandler(tool, definition, door));
                })
                .toList();
    }

    private McpSchema.Tool listed(ToolDefinition definition) {
        return McpSchema.Tool.builder(definition.name(), definition.input())
                .title(definition.title())
                .description(definition.description())
                .outputSchema(definition.output())
                .annotations(mapper.convertValue(definition.annotations(), McpSchema.ToolAnnotations.class))
                .build();
    }

    private static String resource(String name) {
        try (InputStream stream = HowdahMcp.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("there is no resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        inFlight.cancelAll();
        paged.close();
        door.close();
    }

    /** Arguments are checked by our own rules, and what we answer is held to its schema by the tests, not at run time. */
    private static final class NoValidator implements JsonSchemaValidator {
        @Override
        public ValidationResponse validate(Map<String, Object> schema, Object content) {
            return ValidationResponse.asValid(null);
        }
    }
}
