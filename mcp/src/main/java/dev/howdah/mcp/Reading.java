package dev.howdah.mcp;

import dev.howdah.base.Cancellation;
import dev.howdah.base.HowdahException;
import dev.howdah.mcp.operations.SchemaView;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.render.SchemaText;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What clients can attach and start from besides tools: the schema and its tables as resources, and a few prompts. */
final class Reading {
    private static final String SCHEMA = "howdah://schema";
    private static final String TABLE = "howdah://tables/{table}";
    private static final String TABLE_PREFIX = "howdah://tables/";
    private static final String PLAIN = "text/plain";
    private static final int MOST_COMPLETIONS = 100;

    private final Door door;

    Reading(Door door) {
        this.door = door;
    }

    private SchemaView view() {
        return new SchemaView(door.howdah().catalog(new Cancellation()));
    }

    /** The schema, a line a table. */
    SyncResourceSpecification schema() {
        McpSchema.Resource resource = McpSchema.Resource.builder(SCHEMA, "schema")
                .title("Schema")
                .description("All tables and views, one line each with columns, keys and references.")
                .mimeType(PLAIN)
                .build();
        return new SyncResourceSpecification(
                resource,
                (exchange, request) -> read(request.uri(), () -> {
                    SchemaView view = view();
                    StringBuilder text = new StringBuilder();
                    view.in(java.util.Optional.empty())
                            .forEach(
                                    relation -> text.append(view.line(relation)).append('\n'));
                    return text.toString();
                }));
    }

    /** One table as DDL. */
    SyncResourceTemplateSpecification table() {
        McpSchema.ResourceTemplate template = McpSchema.ResourceTemplate.builder(TABLE, "table")
                .title("Table")
                .description("One table's definition as DDL.")
                .mimeType(PLAIN)
                .build();
        return new SyncResourceTemplateSpecification(
                template,
                (exchange, request) -> read(request.uri(), () -> {
                    SchemaView view = view();
                    String name = request.uri().substring(TABLE_PREFIX.length());
                    return SchemaText.ddl(view.catalog(), view.named(name));
                }));
    }

    private static McpSchema.ReadResourceResult read(String uri, Supplier<String> text) {
        try {
            return McpSchema.ReadResourceResult.builder(List.of(McpSchema.TextResourceContents.builder(uri, text.get())
                            .mimeType(PLAIN)
                            .build()))
                    .build();
        } catch (HowdahException e) {
            throw McpError.builder(McpSchema.ErrorCodes.INTERNAL_ERROR)
                    .message(e.code() + ": " + e.getMessage())
                    .build();
        }
    }

    /** The names of tables, for whoever fills in the template. */
    SyncCompletionSpecification tableNames() {
        return new SyncCompletionSpecification(new McpSchema.ResourceReference(TABLE), (exchange, request) -> {
            String begun = request.argument().value().toLowerCase(Locale.ROOT);
            SchemaView view = view();
            List<String> names = view.in(java.util.Optional.empty()).stream()
                    .map((Relation relation) -> view.name(relation))
                    .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(begun))
                    .toList();
            List<String> shown = names.subList(0, Math.min(names.size(), MOST_COMPLETIONS));
            return new McpSchema.CompleteResult(
                    new McpSchema.CompleteResult.CompleteCompletion(shown, names.size(), names.size() > shown.size()));
        });
    }

    /** What people start with. */
    List<SyncPromptSpecification> prompts() {
        return List.of(
                prompt(
                        "explore",
                        "Explore the database",
                        "topic",
                        "What you want to know about",
                        "Explore this PostgreSQL database about: %s. Begin with inspect_schema (detail names), then look at"
                                + " the tables that matter, sample two or three, and tell what questions they can answer."
                                + " Only read."),
                prompt(
                        "explain",
                        "Explain a query",
                        "sql",
                        "The query",
                        "Explain to a person who knows no SQL what this query answers, then use explain_query to say how"
                                + " PostgreSQL runs it and what would make it faster:\n\n%s"),
                prompt(
                        "plan_change",
                        "Plan a change",
                        "change",
                        "What is to be changed",
                        "Plan this change of data: %s. Find the rows by reading, write one exact statement, measure it with"
                                + " the impact tools, say what cannot be undone, then ask for approval with"
                                + " create_approval_request. A person decides; never try to work around that."));
    }

    private static SyncPromptSpecification prompt(
            String name, String title, String argument, String meaning, String text) {
        McpSchema.Prompt prompt = McpSchema.Prompt.builder(name)
                .title(title)
                .description(title)
                .arguments(List.of(McpSchema.PromptArgument.builder(argument)
                        .description(meaning)
                        .required(true)
                        .build()))
                .build();
        return new SyncPromptSpecification(prompt, (exchange, request) -> {
            Map<String, Object> given = request.arguments() == null ? Map.of() : request.arguments();
            if (!(given.get(argument) instanceof String value)) {
                throw McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
                        .message("The argument " + argument + " is missing.")
                        .build();
            }
            return McpSchema.GetPromptResult.builder(List.of(new McpSchema.PromptMessage(
                            McpSchema.Role.USER,
                            McpSchema.TextContent.builder(text.formatted(value)).build())))
                    .build();
        });
    }
}
