package dev.howdah.mcp.operations;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.render.SchemaText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The schema in three levels of detail, because a model's context is what it costs. */
final class InspectSchema implements Tool {
    private enum Detail {
        NAMES(200),
        COLUMNS(50),
        FULL(10);

        private final int tables;

        Detail(int tables) {
            this.tables = tables;
        }

        static Detail of(Arguments arguments, boolean named) {
            return switch (arguments.text("detail").orElse(named ? "full" : "columns")) {
                case "names" -> NAMES;
                case "full" -> FULL;
                default -> COLUMNS;
            };
        }
    }

    @Override
    public String name() {
        return "inspect_schema";
    }

    @Override
    public ToolResult call(Arguments arguments, Call call) throws IOException {
        call.progress("reading the catalog");
        SchemaView view = new SchemaView(call.howdah().catalog(call.cancellation()));
        List<String> names = arguments.texts("tables");
        List<Relation> wanted = names.isEmpty()
                ? view.in(arguments.text("schema_name"))
                : names.stream().map(view::named).toList();
        Detail detail = Detail.of(arguments, !names.isEmpty());
        ListPage<Relation> page = ListPage.of(wanted, arguments.text("cursor"), detail.tables);
        boolean relationships = arguments.truth("include_relationships", true);

        Json json = new Json();
        json.field("database", view.catalog().database());
        JsonGenerator generator = json.generator();
        generator.writeArrayFieldStart("tables");
        StringBuilder text = new StringBuilder();
        for (Relation relation : page.items()) {
            write(view, relation, detail, relationships, text, generator);
        }
        generator.writeEndArray();
        if (relationships && detail == Detail.COLUMNS) {
            json.field("relationships", view.relationships(page.items()));
        }
        json.field("table_count", wanted.size()).field("next_cursor", page.next());
        text.append(end(wanted.size(), page));
        return ToolResult.of(text.toString(), json);
    }

    private static void write(
            SchemaView view,
            Relation relation,
            Detail detail,
            boolean relationships,
            StringBuilder text,
            JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", view.name(relation));
        json.writeStringField("kind", relation.kind().words());
        if (relation.rowEstimate() >= 0) {
            json.writeNumberField("rows_estimate", Math.round(relation.rowEstimate()));
        }
        switch (detail) {
            case NAMES -> text.append(view.name(relation)).append('\n');
            case COLUMNS -> {
                json.writeArrayFieldStart("columns");
                for (Column column : relation.columns()) {
                    json.writeString(column.name() + " " + column.type().name());
                }
                json.writeEndArray();
                text.append(view.line(relation)).append('\n');
            }
            case FULL -> {
                String ddl = relationships
                        ? SchemaText.ddl(view.catalog(), relation)
                        : SchemaText.describe(view.catalog(), relation, dev.howdah.render.RenderOptions.plain());
                json.writeStringField("definition", ddl);
                text.append(ddl).append('\n');
            }
        }
        json.writeEndObject();
    }

    private static String end(int count, ListPage<Relation> page) {
        Optional<String> next = page.next();
        return next.isEmpty()
                ? "(" + count + " tables and views)"
                : "(" + page.items().size() + " of " + count + " tables and views; for more give cursor \"" + next.get()
                        + "\", or name tables)";
    }
}
