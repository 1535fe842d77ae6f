package dev.howdah.mcp.operations;

import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.render.RenderOptions;
import dev.howdah.render.SchemaText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One table with everything that the catalog says of it. */
final class DescribeTable implements Tool {
    @Override
    public String name() {
        return "describe_table";
    }

    @Override
    public ToolResult call(Arguments arguments, Call call) throws IOException {
        call.progress("reading the catalog");
        SchemaView view = new SchemaView(call.howdah().catalog(call.cancellation()));
        Relation relation = view.named(arguments.required("table_name"));
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        SchemaText.json(view.catalog(), relation, object);
        Json json = new Json();
        json.generator().writeFieldName("table");
        json.generator().writeRawValue(object.toString(StandardCharsets.UTF_8).strip());
        return ToolResult.of(SchemaText.describe(view.catalog(), relation, RenderOptions.plain()), json);
    }
}
