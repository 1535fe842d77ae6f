package dev.howdah.cli;

import static dev.howdah.sample.model.FakeModelServer.call;
import static dev.howdah.sample.model.FakeModelServer.finish;
import static dev.howdah.sample.model.FakeModelServer.quoted;
import static dev.howdah.sample.model.FakeModelServer.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import dev.howdah.sample.model.FakeModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The user stories of the requirements, each through a real HTTP conversation with a model's server. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserStoriesTest {
    private final TestDatabase shop = TestPostgres.open().shop();

    @TempDir
    private Path directory;

    @AfterAll
    void close() {
        shop.close();
    }

    private Workbench with(FakeModelServer model) {
        return new Workbench(directory)
                .variable("HOWDAH_MODELS_NAME", "tiny")
                .variable("HOWDAH_MODELS_URL", model.url().toString())
                .variable("HOWDAH_MODELS_PRICES", "tiny=2/8");
    }

    private static FakeModelServer.Reply sql(String sql) {
        return says("{\"reading\": \"what was asked\", \"sql\": " + quoted(sql) + "}");
    }

    @Test
    void aDeveloperSeesTheLatestOrders() throws IOException {
        try (FakeModelServer model =
                new FakeModelServer(sql("SELECT order_id FROM shop.orders ORDER BY ordered_at DESC LIMIT 20"))) {
            Workbench.Ran ran = with(model)
                    .run("ask", "-d", shop.url(), "--strategy", "model", "-o", "csv", "show latest 20 orders");
            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out().lines()).hasSize(21);
            assertThat(ran.err()).contains("Read by: openai/tiny (1 call;").contains("cost 0.0003");
            assertThat(model.requests()).hasSize(1);
        }
    }

    @Test
    void anAnalystReceivesRevenueByRegionAfterAModelLooked() throws IOException {
        try (FakeModelServer model = new FakeModelServer(
                connection -> connection.events(
                        call(0, "c", "get_schema", "{\"tables\": [\"orders\", \"regions\"]}"),
                        finish("tool_calls"),
                        "[DONE]"),
                sql(
                        "SELECT r.name, sum(o.total) AS revenue FROM shop.orders o JOIN shop.customers c USING (customer_id)"
                                + " JOIN shop.regions r USING (region_id) GROUP BY r.name ORDER BY revenue DESC"))) {
            Workbench.Ran ran =
                    with(model).run("ask", "-d", shop.url(), "--strategy", "model", "total revenue by region");
            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out()).contains("revenue").contains("(5 rows)");
            assertThat(ran.err()).contains("Looked: get_schema: 2 tables");
        }
    }

    @Test
    void aModelsIndexIsAPersonsDecision() throws IOException {
        try (FakeModelServer model = new FakeModelServer(sql("CREATE INDEX ON shop.orders (ordered_at)"))) {
            Workbench.Ran refused = with(model)
                    .run("ask", "-d", shop.url(), "--strategy", "model", "create index on orders(ordered_at)");
            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
            Workbench.Ran asked = with(model)
                    .run(
                            "ask",
                            "-d",
                            shop.url(),
                            "--level",
                            "balanced",
                            "--strategy",
                            "model",
                            "create index on orders(ordered_at)");
            assertThat(asked.exitCode()).as(asked.err()).isEqualTo(5);
            assertThat(asked.err()).contains("consent").contains("CREATE INDEX ON shop.orders (ordered_at)");
        }
    }

    @Test
    void aUserSwitchesBetweenDatabasesAndExports() throws IOException {
        try (TestDatabase other = TestPostgres.open().empty();
                FakeModelServer model = new FakeModelServer(
                        sql("SELECT name FROM shop.regions ORDER BY name"), sql("SELECT current_database() AS here"))) {
            Path file = directory.resolve("regions.json");
            Workbench.Ran exported = with(model)
                    .run("ask", "-d", shop.url(), "--strategy", "model", "--out", file.toString(), "regions");
            assertThat(exported.exitCode()).as(exported.err()).isZero();
            assertThat(Files.readString(file)).contains("Asia Pacific");
            Workbench.Ran there =
                    with(model).run("ask", "-d", other.url(), "--strategy", "model", "-o", "csv", "where am I");
            assertThat(there.exitCode()).as(there.err()).isZero();
            assertThat(there.out()).contains(other.database());
        }
    }

    @Test
    void aConversationIsRecordedAndReplayedWithoutAModel() throws IOException {
        Path file = directory.resolve("talk.txt");
        String[] asked = {"ask", "-d", shop.url(), "--strategy", "model", "-o", "csv", "regions"};
        try (FakeModelServer model = new FakeModelServer(sql("SELECT name FROM shop.regions ORDER BY name LIMIT 1"))) {
            String[] recording = java.util.Arrays.copyOf(asked, asked.length + 2);
            recording[asked.length] = "--record";
            recording[asked.length + 1] = file.toString();
            Workbench.Ran ran = with(model).run(recording);
            assertThat(ran.exitCode()).as(ran.err()).isZero();
        }
        String[] replaying = java.util.Arrays.copyOf(asked, asked.length + 2);
        replaying[asked.length] = "--replay";
        replaying[asked.length + 1] = file.toString();
        Workbench.Ran replayed = new Workbench(directory).run(replaying);
        assertThat(replayed.exitCode()).as(replayed.err()).isZero();
        assertThat(replayed.out()).isEqualToNormalizingNewlines("name\nAsia Pacific\n");
    }

    @Test
    void alternativesAreShownWithTheirCosts() throws IOException {
        String several = "{\"alternatives\": [{\"approach\": \"plain\", \"sql\": \"SELECT name FROM shop.regions\"},"
                + " {\"approach\": \"sorted\", \"sql\": \"SELECT name FROM shop.regions ORDER BY 1\"}]}";
        try (FakeModelServer model = new FakeModelServer(says(several))) {
            Workbench.Ran ran = with(model)
                    .run("ask", "-d", shop.url(), "--strategy", "model", "--alternatives", "-o", "csv", "our regions");
            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out().lines()).hasSize(6);
            assertThat(ran.err())
                    .contains("Alternatives:")
                    .contains("plain")
                    .contains("the same rows (5), planned cost");
        }
    }
}
