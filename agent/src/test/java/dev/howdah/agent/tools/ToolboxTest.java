package dev.howdah.agent.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.agent.context.Knowledge;
import dev.howdah.agent.context.Values;
import dev.howdah.agent.model.ToolCall;
import dev.howdah.agent.model.ToolDescription;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.redaction.RedactionPolicy;
import dev.howdah.guard.redaction.ResultRedaction;
import dev.howdah.guard.review.Policy;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every tool, on the real sample shop, through the real gate. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolboxTest {
    private final TestDatabase server = TestPostgres.open().shop();
    private final Database database = Database.pooled(
            Profile.of(server.host(), server.port(), server.database(), server.user(), server.password()));
    private final CatalogReader reader = new CatalogReader(database, Clock.systemUTC());
    private final CatalogSnapshot catalog = new CatalogSnapshot(reader);
    private final Guard guard = new Guard(database, catalog, Policy.readOnly(), 100_000);

    @TempDir
    private Path directory;

    @BeforeAll
    void analyze() throws SQLException {
        server.execute("ANALYZE");
    }

    @AfterAll
    void close() {
        guard.close();
        reader.close();
        database.close();
        server.close();
    }

    private Toolbox toolbox(Values values, int tokens) {
        Knowledge knowledge =
                new Knowledge(Knowledge.Source.of(catalog::current), values, 2_400, 20, RedactionPolicy.standard());
        return Toolbox.of(new Workbench(
                knowledge,
                new ResultRedaction(RedactionPolicy.standard(), catalog),
                Limits.none(),
                tokens,
                Optional.of(directory.resolve("exports"))));
    }

    private ToolResult run(Toolbox toolbox, String tool, String arguments) {
        return toolbox.run(new ToolCall("1", tool, arguments), guard, new Cancellation());
    }

    private ToolResult run(String tool, String arguments) {
        return run(toolbox(Values.ROWS, 1_500), tool, arguments);
    }

    private static String text(ToolResult result) {
        StringBuilder text = new StringBuilder();
        for (ToolResult.Part part : result.parts()) {
            text.append(
                            switch (part) {
                                case ToolResult.Part.Own(String own) -> own;
                                case ToolResult.Part.Data(String label, String data) -> data;
                            })
                    .append('\n');
        }
        return text.toString();
    }

    @Test
    void thereAreElevenAndTheyAreShort() {
        List<ToolDescription> tools = toolbox(Values.ROWS, 1_500).descriptions();
        assertThat(tools)
                .extracting(ToolDescription::name)
                .containsExactlyInAnyOrder(
                        "search_schema",
                        "list_tables",
                        "describe_table",
                        "get_schema",
                        "sample_rows",
                        "column_statistics",
                        "execute_query",
                        "explain_query",
                        "validate_query",
                        "export_data",
                        "ask_user");
        int characters = tools.stream()
                .mapToInt(tool -> tool.name().length()
                        + tool.description().length()
                        + tool.parameters().length())
                .sum();
        assertThat(characters / 4).isLessThan(1_000);
    }

    @Test
    void withoutRowsThereIsNoToolForRows() {
        Toolbox hints = toolbox(Values.HINTS, 1_500);
        assertThat(hints.tool("sample_rows")).isEmpty();
        ToolResult counted = run(hints, "execute_query", "{\"sql\":\"SELECT name FROM shop.regions\"}");
        assertThat(counted.words()).isEqualTo("5 rows");
        assertThat(text(counted)).contains("name text").doesNotContain("Europe");
        assertThat(text(run(hints, "column_statistics", "{\"table\":\"regions\"}")))
                .contains("n_distinct")
                .doesNotContain("most_common")
                .doesNotContain("Europe");
    }

    @Test
    void tablesAreFoundListedAndDescribed() {
        assertThat(text(run("search_schema", "{\"query\":\"who supplies the products\"}")))
                .contains("suppliers(supplier_id int PK")
                .contains("products(product_id int PK");
        assertThat(text(run("list_tables", "{\"containing\":\"region\"}"))).startsWith("regions ~5 rows");
        assertThat(run("list_tables", "{\"schema\":\"nowhere\"}").words()).isEqualTo("0 tables");
        assertThat(text(run("describe_table", "{\"table\":\"shop.orders\"}")))
                .contains("Foreign keys")
                .contains("order_items");
        assertThat(text(run("get_schema", "{\"tables\":[\"regions\",\"customers\"]}")))
                .contains("region_id int PK")
                .contains("region_id int! -> regions");
        assertThat(text(run("search_schema", "{\"query\":\"xylophone\"}"))).contains("No table is about that");
    }

    @Test
    void sampleRowsAreMasked() {
        String rows = text(run("sample_rows", "{\"table\":\"customers\",\"rows\":5}"));
        assertThat(rows).contains("[email]").doesNotContain("@");
        assertThat(rows.lines().count()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void statisticsTellCommonValuesOfHarmlessColumnsOnly() {
        String statistics = text(run("column_statistics", "{\"table\":\"customers\"}"));
        assertThat(statistics).contains("most_common_values").contains("email").doesNotContain("@");
        assertThat(text(run("column_statistics", "{\"table\":\"customers\",\"column\":\"shoe_size\"}")))
                .contains("no column shoe_size")
                .contains("email");
    }

    @Test
    void rowsAreCutToTheBudgetAndThatIsSaid() {
        ToolResult result =
                run(toolbox(Values.ROWS, 100), "execute_query", "{\"sql\":\"SELECT * FROM shop.orders\",\"rows\":200}");
        assertThat(result.words()).isEqualTo("the first 200 rows of more");
        assertThat(text(result))
                .hasSizeLessThan(600)
                .contains("There are more rows than")
                .contains("are shown");
        assertThat(text(run(
                        "execute_query",
                        "{\"sql\":\"SELECT repeat('x', 500), NULL, '', 'a,b' FROM shop.regions LIMIT 1\"}")))
                .contains("x…,,\"\",\"a,b\"")
                .contains("Long values end in");
    }

    @Test
    void plansAndChecksRunNothing() {
        assertThat(text(run("explain_query", "{\"sql\":\"SELECT * FROM shop.orders\"}")))
                .contains("orders");
        assertThat(run("validate_query", "{\"sql\":\"SELECT name FROM shop.regions\"}")
                        .failed())
                .isFalse();
        ToolResult wrong = run("validate_query", "{\"sql\":\"SELECT sum(name) FROM shop.regions\"}");
        assertThat(wrong.failed()).isTrue();
        assertThat(text(wrong)).contains("SQLSTATE 42883");
        assertThat(text(run("validate_query", "{\"sql\":\"DELETE FROM shop.regions\"}")))
                .contains("refuse");
    }

    @Test
    void exportsGoIntoTheirDirectoryOnlyAndReplaceNothing() throws IOException {
        String call =
                "{\"sql\":\"SELECT name FROM shop.regions ORDER BY name\",\"name\":\"my regions\",\"format\":\"csv\"}";
        assertThat(run("export_data", call).words()).isEqualTo("5 rows to my regions.csv");
        assertThat(Files.readString(directory.resolve("exports/my regions.csv")))
                .startsWith("name\nAsia Pacific\n");
        assertThat(text(run("export_data", call))).contains("already");
        for (String name : List.of("../escaped", "a/b", "..", ".hidden", "x.sh", "a\\\\b")) {
            ToolResult refused =
                    run("export_data", "{\"sql\":\"SELECT 1\",\"name\":\"" + name + "\",\"format\":\"csv\"}");
            assertThat(refused.failed()).as(name).isTrue();
        }
        ToolResult failed = run(
                "export_data",
                "{\"sql\":\"SELECT 1/(region_id-1) FROM shop.regions\",\"name\":\"half\",\"format\":\"json\"}");
        assertThat(failed.failed()).isTrue();
        assertThat(directory.resolve("exports/half.json")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "execute_querry | {\"sql\":\"SELECT 1\"} | Did you mean execute_query?",
                "launch        | {} | There are: search_schema",
                "execute_query | {\"query\":\"SELECT 1\"} | There is no parameter query",
                "execute_query | {\"sql\":\"SELECT 1; SELECT 2\"} | That failed",
                "execute_query | {\"sql\":\"DELETE FROM shop.regions\"} | Do not try another way",
                "execute_query | {\"sql\":\"SELECT pg_sleep(1)\"} | refuses",
                "execute_query | {\"sql\":\"SHOW work_mem\"} | is no query",
                "sample_rows   | {\"table\":\"regionss\"} | There is no table regionss",
                "describe_table | {\"table\":\"x\\\"; DROP TABLE shop.regions --\"} | There is no table",
                "explain_query | {\"sql\":\"EXPLAIN SELECT 1\"} | is no query",
            })
    void whatGoesWrongIsAResultThatHelps(String tool, String arguments, String text) {
        ToolResult result = run(tool, arguments);
        assertThat(result.failed()).isTrue();
        assertThat(text(result)).contains(text);
    }

    @Test
    void cancellingIsNoResult() {
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        HowdahException failure = catchThrowableOfType(
                HowdahException.class,
                () -> toolbox(Values.ROWS, 1_500)
                        .run(
                                new ToolCall("1", "execute_query", "{\"sql\":\"SELECT * FROM shop.orders\"}"),
                                guard,
                                cancelled));
        assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void aQuestionToThePersonIsPassedOn() {
        ToolResult result = run("ask_user", "{\"question\":\"Gross or net?\",\"choices\":[\"gross\",\"net\"]}");
        assertThat(result.ask()).contains(new ToolResult.Question("Gross or net?", List.of("gross", "net")));
    }
}
