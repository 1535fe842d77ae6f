package dev.howdah.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every tool of postgresql-ops against the sample shop; every structured result is held to the schema that is listed. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class OperationsTest {
    private final TestDatabase shop = TestPostgres.open().shop();
    private final Map<String, JsonNode> listed = new HashMap<>();
    private Path directory;
    private Conversation client;

    @BeforeAll
    void begin(@TempDir Path temporary) throws IOException {
        directory = temporary;
        client = Conversation.with(shop, directory, new Selection(EnumSet.of(Toolset.POSTGRESQL_OPS), List.of()))
                .begin();
        client.request("tools/list", Conversation.MAPPER.createObjectNode())
                .path("tools")
                .forEach(tool -> listed.put(tool.path("name").asText(), tool));
    }

    @AfterAll
    void end() throws IOException {
        client.close();
        shop.close();
    }

    /** The structured result, which is what the listed schema says. */
    private JsonNode call(String tool, String arguments) throws IOException {
        JsonNode result = client.call(tool, arguments);
        assertThat(result.path("isError").asBoolean()).as("%s", result).isFalse();
        JsonNode structured = result.path("structuredContent");
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(definition(tool).path("outputSchema").toString(), InputFormat.JSON);
        assertThat(schema.validate(structured.toString(), InputFormat.JSON))
                .as("%s", structured)
                .isEmpty();
        return structured;
    }

    private JsonNode definition(String tool) {
        return listed.getOrDefault(tool, Conversation.MAPPER.createObjectNode());
    }

    private String fails(String tool, String arguments) throws IOException {
        JsonNode result = client.call(tool, arguments);
        assertThat(result.path("isError").asBoolean()).as("%s", result).isTrue();
        assertThat(result.has("structuredContent")).isFalse();
        return Conversation.text(result);
    }

    @Test
    void everyToolSaysWhatItIsTakesAndGives() {
        assertThat(listed).hasSize(10);
        listed.forEach((name, tool) -> {
            assertThat(tool.path("description").asText()).as(name).hasSizeGreaterThan(40);
            assertThat(tool.path("title").asText()).as(name).isNotBlank();
            assertThat(tool.path("annotations").has("readOnlyHint")).as(name).isTrue();
            assertThat(tool.path("inputSchema").path("type").asText()).as(name).isEqualTo("object");
            assertThat(tool.path("outputSchema").path("type").asText()).as(name).isEqualTo("object");
        });
    }

    @Test
    void aQueryGivesRowsAsTextAndAsJson() throws IOException {
        JsonNode text = client.call("execute_read_query", "{\"sql_string\": \"select 1 as one, null as nothing\"}");
        assertThat(Conversation.text(text)).isEqualTo("one\tnothing\n1\t\\N\n(1 row)");
        JsonNode json = call(
                "execute_read_query",
                "{\"sql_string\": \"select 1::int8 as one, true as yes, 'a\\tb' as text, '{\\\"a\\\": [1]}'::jsonb as doc\","
                        + " \"format\": \"json\"}");
        assertThat(json.path("rows")).hasToString("[[1,true,\"a\\tb\",\"{\\\"a\\\": [1]}\"]]");
        assertThat(json.path("columns").path(3).path("type").asText()).isEqualTo("jsonb");
    }

    @Test
    void parametersTravelApartFromTheQuery() throws IOException {
        JsonNode result = call(
                "execute_read_query",
                "{\"sql_string\": \"select $1::text || $2::text as both\", \"parameters\": [\"it's \", 7]}");
        assertThat(result.path("tsv").asText()).isEqualTo("both\nit's 7\n");
    }

    @Test
    void aLongResultIsPagedThroughToItsEnd() throws IOException {
        JsonNode page = call(
                "execute_read_query",
                "{\"sql_string\": \"select n from generate_series(1, 2500) n\", \"format\": \"json\"}");
        assertThat(page.path("row_count").asInt()).isEqualTo(1000);
        assertThat(page.path("truncated").asBoolean()).isTrue();
        String cursor = page.path("next_cursor").asText();
        page = call("execute_read_query", "{\"format\": \"json\", \"cursor\": \"" + cursor + "\"}");
        assertThat(page.path("rows").path(0).path(0).asInt()).isEqualTo(1001);
        page = call("execute_read_query", "{\"format\": \"json\", \"cursor\": \"" + cursor + "\"}");
        assertThat(page.path("row_count").asInt()).isEqualTo(500);
        assertThat(page.path("truncated").asBoolean()).isFalse();
        assertThat(page.path("rows").path(499).path(0).asInt()).isEqualTo(2500);
        assertThat(fails("execute_read_query", "{\"cursor\": \"" + cursor + "\"}"))
                .contains("no such cursor");
    }

    @Test
    void whatIsNotAReadIsRefusedAndSaysWhy() throws IOException {
        assertThat(fails("execute_read_query", "{\"sql_string\": \"delete from orders\"}"))
                .startsWith("REFUSED:")
                .contains("DELETE changes rows");
        assertThat(fails("execute_read_query", "{\"sql_string\": \"select 1; drop table orders\"}"))
                .startsWith("SYNTAX:");
        assertThat(fails("execute_read_query", "{\"sql_string\": \"select pg_read_file('/etc/passwd')\"}"))
                .startsWith("REFUSED:");
        assertThat(call("execute_read_query", "{\"sql_string\": \"select count(*) > 0 from orders\"}")
                        .path("tsv")
                        .asText())
                .contains("t");
    }

    @Test
    void wrongArgumentsAreAnsweredWithTheRightOnes() throws IOException {
        assertThat(fails("execute_read_query", "{\"sql\": \"select 1\"}"))
                .contains("There is no argument sql.")
                .contains("sql_string");
        assertThat(fails("execute_read_query", "{\"sql_string\": 7}")).contains("has to be string");
        assertThat(fails("execute_read_query", "{\"sql_string\": \"select 1\", \"limit\": 0}"))
                .contains("at least 1");
        assertThat(fails("execute_read_query", "{}")).contains("There is no query");
        assertThat(fails("get_sample_data", "{\"table_name\": \"ordres\"}")).contains("Did you mean orders?");
    }

    @Test
    void theSchemaComesInThreeLevels() throws IOException {
        JsonNode names = call("inspect_schema", "{\"detail\": \"names\"}");
        JsonNode columns = call("inspect_schema", "{}");
        JsonNode full = call("inspect_schema", "{\"tables\": [\"orders\"]}");
        assertThat(names.path("table_count").asInt()).isGreaterThan(4);
        assertThat(columns.path("relationships").toString()).contains("orders.customer_id → customers.customer_id");
        assertThat(full.path("tables").path(0).path("definition").asText()).contains("CREATE TABLE");
        assertThat(names.toString().length()).isLessThan(columns.toString().length());
    }

    @Test
    void tablesAreListedAndDescribed() throws IOException {
        JsonNode list = call("list_tables", "{\"pattern\": \"ORDER\"}");
        assertThat(list.path("tables").findValuesAsText("name"))
                .contains("orders")
                .doesNotContain("customers");
        JsonNode table = call("describe_table", "{\"table_name\": \"orders\"}").path("table");
        assertThat(table.path("primary_key").path(0).asText()).isEqualTo("order_id");
    }

    @Test
    void aSampleHasAsManyRowsAsWanted() throws IOException {
        JsonNode sample =
                call("get_sample_data", "{\"table_name\": \"orders\", \"sample_size\": 5, \"format\": \"json\"}");
        assertThat(sample.path("rows")).hasSize(5);
        assertThat(call("get_sample_data", "{\"table_name\": \"regions\"}")
                        .path("row_count")
                        .asInt())
                .isPositive();
    }

    @Test
    void aStatementIsCheckedAndNotRun() throws IOException {
        JsonNode read = call(
                "validate_query_syntax",
                "{\"sql_string\": \"select * from orders\", \"target_tables\": [\"customers\"]}");
        assertThat(read.path("effect").asText()).isEqualTo("read");
        assertThat(read.path("estimated_rows").asInt()).isPositive();
        assertThat(read.path("targets_not_read").path(0).asText()).isEqualTo("customers");
        JsonNode write = call("validate_query_syntax", "{\"sql_string\": \"delete from orders\"}");
        assertThat(write.path("demand").asText()).isEqualTo("refuse");
        JsonNode broken = call("validate_query_syntax", "{\"sql_string\": \"select\\n from from\"}");
        assertThat(broken.path("valid").asBoolean()).isFalse();
        assertThat(broken.path("line").asInt()).isEqualTo(2);
    }

    @Test
    void aPlanIsShown() throws IOException {
        JsonNode plan = call("explain_query", "{\"sql_string\": \"select count(*) from orders\", \"analyze\": true}");
        assertThat(plan.path("plan").asText()).contains("Aggregate").contains("Execution Time");
    }

    @Test
    void aQuestionIsAnsweredWithItsReadingItsSqlAndItsRows() throws IOException {
        JsonNode answer = call("ask", "{\"question\": \"show latest 5 orders\", \"format\": \"json\"}");
        assertThat(answer.path("status").asText()).isEqualTo("answered");
        assertThat(answer.path("sql").asText()).contains("FROM orders");
        assertThat(answer.path("rows")).hasSize(5);
        JsonNode declined = call("ask", "{\"question\": \"what is the weather like on mars\"}");
        assertThat(declined.path("status").asText()).isEqualTo("not_understood");
    }

    @Test
    void anIntentBecomesSql() throws IOException {
        JsonNode words = call("generate_query_from_intent", "{\"intent\": \"how many customers are there\"}");
        assertThat(words.path("sql").asText()).contains("count(*)");
        JsonNode object = call(
                "generate_query_from_intent",
                "{\"intent_object\": {\"intent_type\": \"SELECT\", \"entities\": [\"orders\"], \"conditions\":"
                        + " [{\"column\": \"status\", \"operator\": \"=\", \"value\": \"paid\"}]}}");
        assertThat(object.path("sql").asText()).contains("'paid'");
    }

    @Test
    void anExportHasAllRowsAndOverwritesNothing() throws IOException {
        String arguments = "{\"sql_string\": \"select n from generate_series(1, 3000) n\", \"file_name\": \"n.csv\"}";
        JsonNode export = call("export_data", arguments);
        assertThat(export.path("row_count").asInt()).isEqualTo(3000);
        assertThat(Files.readAllLines(Path.of(export.path("file").asText()))).hasSize(3001);
        assertThat(fails("export_data", arguments)).contains("already");
        ObjectNode elsewhere = Conversation.MAPPER.createObjectNode().put("sql_string", "select 1");
        elsewhere.put("file_name", "../n.csv");
        assertThat(fails("export_data", elsewhere.toString())).startsWith("USAGE:");
    }

    @Test
    void theSchemaAndItsTablesAreResourcesWhoseNamesComplete() throws IOException {
        JsonNode schema = client.request(
                "resources/read", Conversation.MAPPER.createObjectNode().put("uri", "howdah://schema"));
        assertThat(schema.path("contents").path(0).path("text").asText()).contains("orders (order_id");
        JsonNode table = client.request(
                "resources/read", Conversation.MAPPER.createObjectNode().put("uri", "howdah://tables/orders"));
        assertThat(table.path("contents").path(0).path("text").asText()).contains("CREATE TABLE");
        ObjectNode complete = Conversation.MAPPER.createObjectNode();
        complete.putObject("ref").put("type", "ref/resource").put("uri", "howdah://tables/{table}");
        complete.putObject("argument").put("name", "table").put("value", "ord");
        JsonNode completion = client.request("completion/complete", complete).path("completion");
        assertThat(completion.path("values").toString()).contains("orders");
    }

    @Test
    void promptsTakeTheirArgument() throws IOException {
        ObjectNode params = Conversation.MAPPER.createObjectNode().put("name", "explore");
        params.putObject("arguments").put("topic", "unpaid orders");
        assertThat(client.request("prompts/get", params)
                        .path("messages")
                        .path(0)
                        .path("content")
                        .path("text")
                        .asText())
                .contains("unpaid orders");
    }

    @Test
    void theFewToolsThatAreListedByDefaultCostFewTokens() throws IOException {
        try (Conversation few =
                Conversation.with(shop, directory, Selection.few()).begin()) {
            JsonNode tools = few.request("tools/list", Conversation.MAPPER.createObjectNode());
            assertThat(tools.path("tools")).hasSize(5);
            assertThat(tools.toString().length() / 4).isLessThanOrEqualTo(2_500);
        }
    }
}
