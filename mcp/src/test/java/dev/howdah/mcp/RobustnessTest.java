package dev.howdah.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What strange clients and lost databases come to: an answer or a clean end, and nothing left running. */
@Timeout(120)
class RobustnessTest {
    private static final String SLEEP = "{\"sql_string\": \"select count(*) from generate_series(1, 3000000000)\"}";

    @TempDir
    private Path directory;

    private final TestDatabase shop = TestPostgres.open().shop();

    @AfterEach
    void close() {
        shop.close();
    }

    private Conversation open() throws IOException {
        return Conversation.with(shop, directory, Selection.few());
    }

    private static JsonNode params(String tool, String arguments) throws IOException {
        ObjectNode params = Conversation.MAPPER.createObjectNode().put("name", tool);
        params.set("arguments", Conversation.MAPPER.readTree(arguments));
        return params;
    }

    private int running() {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + shop.host() + ":" + shop.port() + "/" + shop.database(),
                        shop.user(),
                        shop.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from pg_stat_activity where state = 'active'"
                        + " and pid <> pg_backend_pid() and datname = current_database()")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aMalformedLineIsAnsweredAndTheSessionGoesOn() throws IOException {
        try (Conversation client = open().begin()) {
            for (String line : new String[] {"{\"jsonrpc\": \"2.0\", \"id\": 1, \"meth", "not json", "\u0000"}) {
                client.line(line);
                JsonNode answer = client.next();
                assertThat(answer.path("error").path("code").asInt()).as(line).isEqualTo(-32700);
                assertThat(answer.get("id").isNull()).isTrue();
            }
            for (String line : new String[] {"{}", "{\"jsonrpc\": \"2.0\", \"id\": {}, \"method\": \"ping\"}"}) {
                client.line(line);
                assertThat(client.next().path("error").path("code").asInt())
                        .as(line)
                        .isEqualTo(-32600);
            }
            client.line("");
            assertThat(client.request("ping", Conversation.MAPPER.createObjectNode())
                            .isObject())
                    .isTrue();
        }
    }

    @Test
    void unknownMethodsAndToolsAreAnswered() throws IOException {
        try (Conversation client = open().begin()) {
            JsonNode method = client.answer(client.start("no/such", Conversation.MAPPER.createObjectNode()));
            assertThat(method.path("error").path("code").asInt()).isEqualTo(-32601);
            JsonNode tool = client.answer(client.start("tools/call", params("no_such", "{}")));
            assertThat(tool.path("error").path("code").asInt()).isEqualTo(-32602);
        }
    }

    @Test
    void nothingIsAnsweredBeforeTheSessionIsInitialized() throws IOException {
        try (Conversation client = open()) {
            JsonNode early = client.answer(client.start("tools/list", Conversation.MAPPER.createObjectNode()));
            assertThat(early.path("error").path("code").asInt()).isEqualTo(-32002);
            assertThat(client.request("ping", Conversation.MAPPER.createObjectNode())
                            .isObject())
                    .isTrue();
        }
    }

    @Test
    void aHugeStatementAndAnEndlessLineAreRefused() throws IOException {
        try (Conversation client = open().begin()) {
            String huge = "select '" + "x".repeat(3_000_000) + "'";
            JsonNode result = client.call(
                    "execute_read_query",
                    Conversation.MAPPER
                            .createObjectNode()
                            .put("sql_string", huge)
                            .toString());
            assertThat(Conversation.text(result)).startsWith("LIMIT:").hasSizeLessThan(500);
            client.line("x".repeat(17_000_000));
            assertThat(client.next().path("error").path("code").asInt()).isEqualTo(-32600);
            assertThat(client.request("ping", Conversation.MAPPER.createObjectNode())
                            .isObject())
                    .isTrue();
        }
    }

    @Test
    void cancellingStopsTheStatementOnTheServerAndIsNotAnswered() throws IOException {
        try (Conversation client = open().begin()) {
            int request = client.start("tools/call", params("execute_read_query", SLEEP));
            await().until(() -> running() == 1);
            client.cancel(request);
            await().until(() -> running() == 0);
            await().until(() -> client.mcp().inFlight() == 0);
            int ping = client.start("ping", Conversation.MAPPER.createObjectNode());
            assertThat(client.next().path("id").asInt()).isEqualTo(ping);
        }
    }

    @Test
    void aHundredCallsInFlightAreAllAnswered() throws IOException {
        try (Conversation client = open().begin()) {
            int[] requests = new int[100];
            for (int i = 0; i < requests.length; i++) {
                requests[i] = client.start(
                        "tools/call", params("execute_read_query", "{\"sql_string\": \"select " + i + " as n\"}"));
            }
            for (int i = 0; i < requests.length; i++) {
                JsonNode result = client.answer(requests[i]).path("result");
                assertThat(Conversation.text(result)).isEqualTo("n\n" + i + "\n(1 row)");
            }
        }
    }

    @Test
    void aClientThatLeavesLeavesNothingRunning() throws Exception {
        Conversation client = open().begin();
        client.call("execute_read_query", "{\"sql_string\": \"select n from generate_series(1, 100000) n\"}");
        client.start("tools/call", params("execute_read_query", SLEEP));
        await().until(() -> running() == 1);
        client.leave();
        await().until(() -> running() == 0);
        client.close();
    }

    @Test
    void whoPipesRequestsInGetsTheAnswersThoughTheInputHasEnded() throws Exception {
        Conversation client = open().begin();
        int request = client.start(
                "tools/call", params("execute_read_query", "{\"sql_string\": \"select 7 as n, pg_sleep(0)\"}"));
        client.leave();
        assertThat(client.answer(request).path("result").path("isError").isBoolean())
                .isTrue();
        client.close();
    }

    @Test
    void aDatabaseThatIsNotThereIsToldByTheCallAndTriedAgain() throws IOException {
        AtomicInteger tries = new AtomicInteger();
        try (Conversation client = Conversation.with(
                        () -> {
                            if (tries.incrementAndGet() <= 2) {
                                throw new HowdahException(ErrorCode.NO_CONNECTION, "Nothing listens there.");
                            }
                            return Conversation.open(shop, directory, Map.of());
                        },
                        directory,
                        Selection.few())
                .begin()) {
            await().until(() -> tries.get() == 1);
            assertThat(Conversation.text(client.call("ask", "{\"question\": \"show latest 5 orders\"}")))
                    .isEqualTo("NO_CONNECTION: Nothing listens there.");
            assertThat(client.call("ask", "{\"question\": \"show latest 5 orders\"}")
                            .path("isError")
                            .asBoolean())
                    .isFalse();
        }
    }

    @Test
    void progressIsToldToWhoAskedForIt() throws IOException {
        try (Conversation client = open().begin()) {
            ObjectNode params = (ObjectNode) params("ask", "{\"question\": \"show latest 5 orders\"}");
            params.putObject("_meta").put("progressToken", "p1");
            client.request("tools/call", params);
            assertThat(client.notifications())
                    .anySatisfy(note -> assertThat(
                                    note.path("params").path("progressToken").asText())
                            .isEqualTo("p1"));
        }
    }
}
