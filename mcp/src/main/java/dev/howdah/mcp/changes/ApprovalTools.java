package dev.howdah.mcp.changes;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.change.Proposal;
import dev.howdah.guard.consent.ticket.Decision;
import dev.howdah.guard.consent.ticket.Ticket;
import dev.howdah.guard.consent.ticket.Tickets;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The tools of approval-workflow. They ask, look and record. A decision that they record carries an approver's signature,
 * which is made where the approver is and never here.
 */
public final class ApprovalTools {
    private final String requester;

    private ApprovalTools(String requester) {
        this.requester = requester;
    }

    /**
     * All of them, in the order in which they are listed.
     *
     * @param requester who asks: the account that the server runs under
     */
    public static List<Tool> tools(String requester) {
        ApprovalTools tools = new ApprovalTools(requester);
        return List.of(
                new SimpleTool("create_approval_request", tools::create),
                new SimpleTool("check_approval_status", ApprovalTools::status),
                new SimpleTool("notify_approvers", ApprovalTools::notifyApprovers),
                new SimpleTool("escalate_approval", tools::escalate),
                new SimpleTool("audit_approval_decision", ApprovalTools::decide));
    }

    private ToolResult create(Arguments arguments, Call call) throws IOException {
        Proposal proposal = Proposals.of(arguments.required("sql_statement"), Optional.empty(), call);
        Tickets tickets = call.howdah().tickets();
        Ticket ticket = tickets.create(new Tickets.Request(
                proposal.terms(),
                proposal.risk().level().name(),
                proposal.impact().rows(),
                Proposals.words(proposal),
                requester,
                arguments.required("justification")));
        Json json = new Json();
        write(ticket, json);
        Optional<Duration> wait = tickets.usualWait();
        if (wait.isPresent()) {
            json.field("estimated_wait_seconds", wait.get().toSeconds());
        }
        return ToolResult.of(
                "Ticket " + ticket.id() + " asks level " + ticket.level() + " to approve: " + ticket.impact()
                        + "\nA person approves it with `howdah approve " + ticket.id()
                        + "`; you cannot. Tell them, then look with check_approval_status. It expires at "
                        + ticket.expires() + ".",
                json);
    }

    private static ToolResult status(Arguments arguments, Call call) throws IOException {
        return result(call.howdah().tickets().get(arguments.required("approval_ticket_id")));
    }

    private ToolResult escalate(Arguments arguments, Call call) throws IOException {
        return result(call.howdah()
                .tickets()
                .escalate(arguments.required("ticket_id"), requester, arguments.required("escalation_reason")));
    }

    /** There is no channel yet, and it says so instead of pretending. */
    private static ToolResult notifyApprovers(Arguments arguments, Call call) throws IOException {
        Tickets tickets = call.howdah().tickets();
        Ticket ticket = tickets.get(arguments.required("ticket_id"));
        Json json = new Json().field("ticket_id", ticket.id());
        json.generator().writeArrayFieldStart("channels");
        for (String channel : List.of("email", "slack", "sms", "webhook")) {
            json.generator().writeStartObject();
            json.generator().writeStringField("channel", channel);
            json.generator().writeStringField("status", "not configured");
            json.generator().writeEndObject();
        }
        json.generator().writeEndArray();
        List<String> names = tickets.rules().approvers().stream()
                .filter(approver -> approver.level() >= ticket.level())
                .map(approver -> approver.name())
                .toList();
        json.field("approvers", names);
        return ToolResult.of(
                "Nobody was notified: no channel is configured. Ask the person you work for to tell "
                        + (names.isEmpty()
                                ? "an approver (none is configured: approval.approvers)"
                                : String.join(", ", names))
                        + " about ticket " + ticket.id() + ".",
                json);
    }

    private static ToolResult decide(Arguments arguments, Call call) throws IOException {
        Tickets tickets = call.howdah().tickets();
        Ticket ticket = tickets.get(arguments.required("ticket_id"));
        Decision decision = new Decision(
                ticket.id(),
                ticket.digest(),
                arguments.required("decision").equals("approve"),
                arguments.truth("emergency", false),
                arguments.required("approver_id"),
                arguments.text("comments").orElse(""),
                instant(arguments.required("signed_at")),
                arguments.required("signature"));
        return result(tickets.decide(decision));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new HowdahException(
                    ErrorCode.USAGE, "signed_at is no time.", "As `howdah approve --print` wrote it.", e);
        }
    }

    static ToolResult result(Ticket ticket) throws IOException {
        Json json = new Json();
        write(ticket, json);
        StringBuilder text = new StringBuilder(ticket.id() + " is " + ticket.state() + " (level " + ticket.level()
                + ", risk " + ticket.risk() + ", expires " + ticket.expires() + ")\n" + ticket.impact() + "\n");
        for (Ticket.Step step : ticket.timeline()) {
            text.append(step.at())
                    .append(' ')
                    .append(step.by())
                    .append(": ")
                    .append(step.what())
                    .append('\n');
        }
        return ToolResult.of(text.toString(), json);
    }

    static void write(Ticket ticket, Json json) throws IOException {
        json.field("ticket_id", ticket.id())
                .field("state", ticket.state().name())
                .field("level", ticket.level())
                .field("risk", ticket.risk().toUpperCase(Locale.ROOT))
                .field("rows", ticket.rows())
                .field("impact", ticket.impact())
                .field("requester", ticket.requester())
                .field("expires", ticket.expires().toString());
        json.generator().writeArrayFieldStart("timeline");
        for (Ticket.Step step : ticket.timeline()) {
            json.generator().writeStartObject();
            json.generator().writeStringField("at", step.at().toString());
            json.generator().writeStringField("by", step.by());
            json.generator().writeStringField("what", step.what());
            json.generator().writeEndObject();
        }
        json.generator().writeEndArray();
    }
}
