package dev.howdah.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import dev.howdah.guard.consent.ticket.Decision;
import dev.howdah.guard.consent.ticket.Ticket;
import dev.howdah.library.Howdah;
import dev.howdah.library.TicketDesk;
import dev.howdah.library.settings.Settings;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A write's whole way for an agent: measured, asked for, approved by a person elsewhere, run once, verified. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class ChangesTest {
    private static final String UPDATE = "update orders set status = 'paid' where order_id <= 3";

    @TempDir
    private Path directory;

    private final TestDatabase shop = TestPostgres.open().shop();
    private final Map<String, JsonNode> listed = new HashMap<>();
    private KeyPair boss;
    private Map<String, String> variables;
    private Conversation client;

    @BeforeEach
    void begin() throws Exception {
        boss = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String key = Base64.getEncoder().encodeToString(boss.getPublic().getEncoded());
        variables = Map.of(
                "HOWDAH_POLICY_LEVEL", "permissive",
                "HOWDAH_READ_ONLY", "false",
                "HOWDAH_APPROVAL_APPROVERS", "boss=3:" + key);
        client = Conversation.with(this::open, directory, new Selection(EnumSet.allOf(Toolset.class), List.of()))
                .begin();
        client.request("tools/list", Conversation.MAPPER.createObjectNode())
                .path("tools")
                .forEach(tool -> listed.put(tool.path("name").asText(), tool));
    }

    private Howdah open() {
        return Conversation.open(shop, directory, variables);
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        shop.close();
    }

    private JsonNode call(String tool, String arguments) throws IOException {
        JsonNode result = client.call(tool, arguments);
        assertThat(result.path("isError").asBoolean()).as("%s", result).isFalse();
        JsonNode structured = result.path("structuredContent");
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        listed.getOrDefault(tool, Conversation.MAPPER.createObjectNode())
                                .path("outputSchema")
                                .toString(),
                        InputFormat.JSON);
        assertThat(schema.validate(structured.toString(), InputFormat.JSON))
                .as("%s", structured)
                .isEmpty();
        return structured;
    }

    private String fails(String tool, String arguments) throws IOException {
        JsonNode result = client.call(tool, arguments);
        assertThat(result.path("isError").asBoolean()).as("%s", result).isTrue();
        return Conversation.text(result);
    }

    /** What a person does on their own machine. */
    private void approve(String id) {
        Settings settings =
                Settings.load(new Environment(variables, directory, directory, OperatingSystem.LINUX), Map.of());
        try (TicketDesk desk = TicketDesk.open(settings, Clock.systemUTC())) {
            Ticket ticket = desk.tickets().get(id);
            desk.tickets().decide(Decision.signed(ticket, true, false, "boss", "go", Instant.now(), boss.getPrivate()));
        }
    }

    private long paid() throws SQLException {
        try (Connection connection = shop.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select count(*) from orders where order_id <= 3 and status = 'paid'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private String request(String sql) throws IOException {
        JsonNode ticket = call(
                "create_approval_request", "{\"sql_statement\": \"" + sql + "\", \"justification\": \"month end\"}");
        assertThat(ticket.path("state").asText()).isEqualTo("PENDING");
        return ticket.path("ticket_id").asText();
    }

    private static String run(String sql, String ticket) {
        return "{\"sql_statement\": \"" + sql + "\", \"ticket_id\": \"" + ticket + "\"}";
    }

    @Test
    void anApprovedWriteRunsOnceAndIsVerified() throws Exception {
        String ticket = request(UPDATE);
        assertThat(fails("execute_with_transaction", run(UPDATE, ticket))).startsWith("CONSENT_NEEDED:");
        approve(ticket);
        assertThat(call("check_approval_status", "{\"approval_ticket_id\": \"" + ticket + "\"}")
                        .path("state")
                        .asText())
                .isEqualTo("APPROVED");
        assertThat(fails("execute_with_transaction", run("update orders set status = 'paid'", ticket)))
                .startsWith("CONSENT_NEEDED:");
        JsonNode outcome = call("execute_with_transaction", run(UPDATE, ticket));
        assertThat(outcome.path("state").asText()).isEqualTo("committed");
        assertThat(paid()).isEqualTo(3);
        assertThat(fails("execute_with_transaction", run(UPDATE, ticket))).contains("EXECUTED");
        JsonNode verified =
                call("verify_execution_integrity", "{\"execution_id\": \"" + ticket + "\", \"expected_rows\": 3}");
        assertThat(verified.path("as_reviewed").asBoolean()).as("%s", verified).isTrue();
        assertThat(call("monitor_execution_progress", "{\"execution_id\": \"" + ticket + "\"}")
                        .path("state")
                        .asText())
                .isEqualTo("committed");
    }

    @Test
    void anAgentCannotMakeADecision() throws IOException {
        String ticket = request(UPDATE);
        String forged = Base64.getEncoder().encodeToString(new byte[64]);
        assertThat(fails(
                        "audit_approval_decision",
                        "{\"ticket_id\": \"" + ticket + "\", \"decision\": \"approve\", \"approver_id\": \"boss\","
                                + " \"signed_at\": \"" + Instant.now() + "\", \"signature\": \"" + forged + "\"}"))
                .contains("signature");
        assertThat(fails("execute_with_transaction", run(UPDATE, ticket))).startsWith("CONSENT_NEEDED:");
    }

    @Test
    void aDecisionThatWasSignedElsewhereIsRecorded() throws IOException {
        String id = request(UPDATE);
        Settings settings =
                Settings.load(new Environment(variables, directory, directory, OperatingSystem.LINUX), Map.of());
        Decision decision;
        try (TicketDesk desk = TicketDesk.open(settings, Clock.systemUTC())) {
            decision = Decision.signed(
                    desk.tickets().get(id), true, false, "boss", "go", Instant.now(), boss.getPrivate());
        }
        JsonNode recorded = call(
                "audit_approval_decision",
                "{\"ticket_id\": \"" + id + "\", \"decision\": \"approve\", \"approver_id\": \"boss\","
                        + " \"comments\": \"go\", \"signed_at\": \"" + decision.at() + "\", \"signature\": \""
                        + decision.signature() + "\"}");
        assertThat(recorded.path("state").asText()).isEqualTo("APPROVED");
    }

    @Test
    void impactIsMeasuredAndNothingIsChanged() throws Exception {
        long before = paid();
        JsonNode update = call("analyze_update_impact", "{\"update_sql\": \"" + UPDATE + "\"}");
        assertThat(update.path("rows").asInt()).isEqualTo(3);
        assertThat(update.path("basis").asText()).isEqualTo("measured");
        assertThat(paid()).isEqualTo(before);
        assertThat(fails("analyze_delete_impact", "{\"delete_sql\": \"" + UPDATE + "\"}"))
                .contains("DELETE");
        JsonNode delete =
                call("analyze_delete_impact", "{\"delete_sql\": \"delete from order_items where order_id = 1\"}");
        assertThat(delete.path("rows").asInt()).isPositive();
        assertThat(call("generate_rollback_plan", "{\"operation_sql\": \"" + UPDATE + "\"}")
                        .path("steps"))
                .isNotEmpty();
    }

    @Test
    void rowsAreEstimatedAndReferencesFollowedByReadingOnly() throws IOException {
        JsonNode exact = call(
                "estimate_affected_rows",
                "{\"target_table\": \"orders\", \"sql_conditions\": \"order_id <= 3\", \"exact\": true}");
        assertThat(exact.path("rows").asInt()).isEqualTo(3);
        assertThat(call("estimate_affected_rows", "{\"target_table\": \"orders\"}")
                        .path("rows")
                        .asInt())
                .isPositive();
        assertThat(call("check_referential_integrity", "{\"table_name\": \"orders\"}")
                        .path("references")
                        .toString())
                .contains("order_items");
        assertThat(fails(
                        "estimate_affected_rows",
                        "{\"target_table\": \"orders\", \"sql_conditions\": \"true; drop table orders\"}"))
                .startsWith("SYNTAX:");
    }

    @Test
    void aTicketIsEscalatedAndNobodyIsToldThatSomebodyWas() throws IOException {
        String ticket = request(UPDATE);
        JsonNode escalated = call(
                "escalate_approval", "{\"ticket_id\": \"" + ticket + "\", \"escalation_reason\": \"nobody answers\"}");
        assertThat(escalated.path("state").asText()).isEqualTo("ESCALATED");
        JsonNode notified = call("notify_approvers", "{\"ticket_id\": \"" + ticket + "\"}");
        assertThat(notified.path("channels").findValuesAsText("status")).containsOnly("not configured");
        assertThat(notified.path("approvers").path(0).asText()).isEqualTo("boss");
    }
}
