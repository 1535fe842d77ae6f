package dev.howdah.cli.command;

import dev.howdah.base.JsonLine;
import dev.howdah.base.PlainText;
import dev.howdah.guard.consent.ticket.Decision;
import dev.howdah.guard.consent.ticket.Ticket;
import java.io.PrintStream;

/** Tickets as people read them. */
final class TicketText {
    private TicketText() {}

    static void show(Ticket ticket, PrintStream out) {
        out.println(line(ticket));
        out.println("  in " + PlainText.oneLine(ticket.target()));
        for (String statement : ticket.statements()) {
            PlainText.lines(statement).lines().forEach(line -> out.println("    " + line));
        }
        out.println("  " + PlainText.oneLine(ticket.impact()));
        for (Ticket.Step step : ticket.timeline()) {
            out.println("  " + step.at() + " " + PlainText.oneLine(step.by()) + ": " + PlainText.oneLine(step.what()));
        }
        out.println("  expires " + ticket.expires());
        out.flush();
    }

    static String line(Ticket ticket) {
        return ticket.id() + "  " + ticket.state() + "  level " + ticket.level() + "  risk " + ticket.risk() + "  "
                + ticket.rows() + " rows  asked by " + PlainText.oneLine(ticket.requester());
    }

    /** What audit_approval_decision takes. */
    static String json(Decision decision) {
        return new JsonLine()
                .field("ticket_id", decision.ticket())
                .field("decision", decision.approve() ? "approve" : "deny")
                .field("approver_id", decision.approver())
                .field("comments", decision.comment())
                .field("emergency", decision.emergency())
                .field("signed_at", decision.at().toString())
                .field("signature", decision.signature())
                .end();
    }
}
