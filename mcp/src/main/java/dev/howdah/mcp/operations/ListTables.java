package dev.howdah.mcp.operations;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.howdah.base.PlainText;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import dev.howdah.postgres.catalog.Relation;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The tables and views with their sizes and comments. */
final class ListTables implements Tool {
    private static final int PAGE = 200;

    @Override
    public String name() {
        return "list_tables";
    }

    @Override
    public ToolResult call(Arguments arguments, Call call) throws IOException {
        call.progress("reading the catalog");
        SchemaView view = new SchemaView(call.howdah().catalog(call.cancellation()));
        String pattern = arguments.text("pattern").orElse("").toLowerCase(Locale.ROOT);
        List<Relation> wanted = view.in(arguments.text("schema_name")).stream()
                .filter(relation -> view.name(relation).toLowerCase(Locale.ROOT).contains(pattern))
                .toList();
        ListPage<Relation> page = ListPage.of(wanted, arguments.text("cursor"), PAGE);
        Json json = new Json();
        JsonGenerator generator = json.generator();
        generator.writeArrayFieldStart("tables");
        StringBuilder text = new StringBuilder();
        for (Relation relation : page.items()) {
            generator.writeStartObject();
            generator.writeStringField("schema", relation.schema());
            generator.writeStringField("name", relation.name());
            generator.writeStringField("kind", relation.kind().words());
            if (relation.rowEstimate() >= 0) {
                generator.writeNumberField("rows_estimate", Math.round(relation.rowEstimate()));
            }
            if (relation.comment().isPresent()) {
                generator.writeStringField("comment", relation.comment().get());
            }
            generator.writeEndObject();
            String estimate = SchemaView.estimate(relation);
            text.append(PlainText.oneLine(view.name(relation)))
                    .append('\t')
                    .append(relation.kind().words())
                    .append('\t')
                    .append(estimate)
                    .append('\t')
                    .append(PlainText.oneLine(relation.comment().orElse("")))
                    .append('\n');
        }
        generator.writeEndArray();
        json.field("table_count", wanted.size()).field("next_cursor", page.next());
        text.append('(')
                .append(page.items().size())
                .append(" of ")
                .append(wanted.size())
                .append(')');
        page.next()
                .ifPresent(
                        next -> text.append(" More with cursor \"").append(next).append("\"."));
        return ToolResult.of(text.toString(), json);
    }
}
