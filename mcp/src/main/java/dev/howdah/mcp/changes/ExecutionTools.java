package dev.howdah.mcp.changes;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.change.Act;
import dev.howdah.guard.change.ChangeLimits;
import dev.howdah.guard.change.ChangeOutcome;
import dev.howdah.guard.change.Proposal;
import dev.howdah.guard.change.TableImpact;
import dev.howdah.guard.consent.Consent;
import dev.howdah.guard.consent.ConsentRequest;
import dev.howdah.guard.consent.ticket.Ticket;
import dev.howdah.guard.consent.ticket.TicketState;
import dev.howdah.guard.consent.ticket.Tickets;
import dev.howdah.guard.journal.Choice;
import dev.howdah.guard.journal.Undo;
import dev.howdah.guard.journal.Undos;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tools of execution-monitor: an approved write runs once, and what came of it can be looked at. */
public final class ExecutionTools {
    /** What runs and has run here, by ticket: a ticket is used once, so it names an execution. */
    private final Map<String, Progress> executions = new ConcurrentHashMap<>();

    private ExecutionTools() {}

    /** An execution as it stands. */
    private record Progress(
            long start, Optional<Long> end, String state, List<TableImpact> reviewed, List<TableImpact> changed) {
        Progress done(String how, List<TableImpact> tables) {
            return new Progress(start, Optional.of(System.nanoTime()), how, reviewed, tables);
        }

        double milliseconds() {
            return (end.orElseGet(System::nanoTime) - start) / 1_000_000.0;
        }
    }

    /**
     * All of them, in the order in which they are listed.
     *
     * @param requester who asks: the account that the server runs under
     */
    public static List<Tool> tools(String requester) {
        ExecutionTools tools = new ExecutionTools();
        return List.of(
                new SimpleTool("execute_with_transaction", tools::execute),
                new SimpleTool("monitor_execution_progress", tools::monitor),
                new SimpleTool("execute_rollback", (arguments, call) -> tools.rollback(arguments, requester, call)),
                new SimpleTool("verify_execution_integrity", tools::verify));
    }

    private ToolResult execute(Arguments arguments, Call call) throws IOException {
        String id = arguments.required("ticket_id");
        Tickets tickets = call.howdah().tickets();
        Ticket ticket = tickets.get(id);
        if (ticket.state() != TicketState.APPROVED) {
            throw new HowdahException(
                    ErrorCode.CONSENT_NEEDED,
                    "Ticket " + id + " is " + ticket.state() + ". Nothing was run.",
                    ticket.state().isOpen()
                            ? "A person has to approve it first: `howdah approve " + id + "`."
                            : "Ask for another with create_approval_request.");
        }
        return run(id, Proposals.of(arguments.required("sql_statement"), Optional.empty(), call), tickets, call);
    }

    /** An undo is a write like any other: it is proposed, approved by a ticket of its own, and run once. */
    private ToolResult rollback(Arguments arguments, String requester, Call call) throws IOException {
        Optional<Long> entry = arguments.number("journal_id");
        Undo undo = new Undos(call.howdah().database()).undo(entry, Choice.STOP, call.cancellation());
        call.progress("measuring what it would do");
        Proposal proposal = call.guard().propose(undo, ChangeLimits.standard(), call.cancellation());
        Tickets tickets = call.howdah().tickets();
        Optional<String> id = arguments.text("ticket_id");
        if (id.isPresent()) {
            return run(id.get(), proposal, tickets, call);
        }
        Ticket ticket = tickets.create(new Tickets.Request(
                proposal.terms(),
                proposal.risk().level().name(),
                proposal.impact().rows(),
                "Undo of " + undo.entry() + ": " + Proposals.words(proposal),
                requester,
                arguments.text("justification").orElse("undo of " + undo.entry())));
        Json json = new Json()
                .field("execution_id", ticket.id())
                .field("state", ticket.state().name());
        return ToolResult.of(
                "Ticket " + ticket.id() + " asks for the undo of " + undo.entry() + ": " + ticket.impact()
                        + "\nOnce a person approved it, call this again with journal_id " + undo.entry()
                        + " and ticket_id " + ticket.id() + ".",
                json);
    }

    private ToolResult run(String id, Proposal proposal, Tickets tickets, Call call) throws IOException {
        ConsentRequest request = call.guard().ask(proposal);
        Consent consent = switch (request.ticket(id)) {
            case ConsentRequest.Answer.Given given -> given.consent();
            case ConsentRequest.Answer.NotThat not -> throw unfit(not.why());
            case ConsentRequest.Answer.Declined _, ConsentRequest.Answer.TooLate _, ConsentRequest.Answer.Expired _ ->
                throw unfit("the ticket was used or has expired meanwhile");
        };
        Progress progress = new Progress(
                System.nanoTime(),
                Optional.empty(),
                "running",
                proposal.impact().tables(),
                List.of());
        executions.put(id, progress);
        call.progress("running the statement");
        ChangeOutcome outcome;
        try {
            outcome = call.guard().execute(proposal, consent, Act.Returning.nowhere(), call.cancellation());
        } catch (RuntimeException e) {
            executions.put(id, progress.done("failed", List.of()));
            tickets.executed(
                    id, false, e instanceof HowdahException known ? known.code().name() : "INTERNAL");
            throw e;
        }
        return told(id, outcome, progress, tickets);
    }

    private static HowdahException unfit(String why) {
        return new HowdahException(
                ErrorCode.CONSENT_NEEDED,
                "Not run: " + why + ".",
                "It binds the exact statement, target, tables and at most the reviewed rows, for one execution. Ask for"
                        + " another with create_approval_request.");
    }

    private ToolResult told(String id, ChangeOutcome outcome, Progress progress, Tickets tickets) throws IOException {
        Json json = new Json().field("execution_id", id);
        switch (outcome) {
            case ChangeOutcome.Committed committed -> {
                executions.put(id, progress.done("committed", committed.changed()));
                List<String> words =
                        committed.changed().stream().map(Proposals::table).toList();
                tickets.executed(id, true, String.join("; ", words));
                json.field("state", "committed")
                        .field("changed", words)
                        .field("journal", committed.journal())
                        .field("notes", committed.notes())
                        .field("elapsed_ms", committed.duration().toNanos() / 1_000_000.0);
                return ToolResult.of("Committed: " + String.join("; ", words) + ".", json);
            }
            case ChangeOutcome.RolledBack back -> {
                executions.put(id, progress.done("rolled back", List.of()));
                List<String> words = back.differences().stream()
                        .map(one -> one.table() + ": " + one.found() + " rows, reviewed " + one.reviewed())
                        .toList();
                tickets.executed(id, false, "rolled back: " + String.join("; ", words));
                json.field("state", "rolled back").field("differences", words);
                return ToolResult.of(
                        "Rolled back, nothing is changed: it would have gone further than was reviewed ("
                                + String.join("; ", words) + "). Ask for another approval.",
                        json);
            }
            case ChangeOutcome.Unknown unknown -> {
                executions.put(id, progress.done("unknown", List.of()));
                tickets.executed(id, false, "unknown: the connection broke during COMMIT");
                json.field("state", "unknown").field("transaction", unknown.transaction());
                return ToolResult.of(
                        "Unknown: the connection broke during COMMIT. SELECT pg_xact_status('" + unknown.transaction()
                                + "') tells. Do not run it again before you know.",
                        json);
            }
        }
    }

    private Progress progress(String id) {
        Progress progress = executions.get(id);
        if (progress == null) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "Nothing with this execution_id has run in this server.",
                    "It is the ticket's id; check_approval_status has a ticket's history.");
        }
        return progress;
    }

    private ToolResult monitor(Arguments arguments, Call call) throws IOException {
        String id = arguments.required("execution_id");
        Progress progress = progress(id);
        Json json = new Json()
                .field("execution_id", id)
                .field("state", progress.state())
                .field("elapsed_ms", progress.milliseconds());
        return ToolResult.of(
                String.format(java.util.Locale.ROOT, "%s, %.0f ms", progress.state(), progress.milliseconds()), json);
    }

    /** What was reviewed against what the server counted. */
    private ToolResult verify(Arguments arguments, Call call) throws IOException {
        String id = arguments.required("execution_id");
        Progress progress = progress(id);
        List<String> differences = new ArrayList<>();
        long changed = progress.changed().stream().mapToLong(TableImpact::rows).sum();
        Optional<Long> expected = arguments.number("expected_rows");
        if (expected.isPresent() && expected.get() != changed) {
            differences.add("expected " + expected.get() + " rows, changed " + changed);
        }
        for (TableImpact reviewed : progress.reviewed()) {
            long found = progress.changed().stream()
                    .filter(table -> table.name().equals(reviewed.name()))
                    .mapToLong(TableImpact::rows)
                    .sum();
            if (found != reviewed.rows() && progress.state().equals("committed")) {
                differences.add(reviewed.name() + ": reviewed " + reviewed.rows() + " rows, changed " + found);
            }
        }
        boolean well = progress.state().equals("committed") && differences.isEmpty();
        Json json = new Json()
                .field("execution_id", id)
                .field("state", progress.state())
                .field("as_reviewed", well)
                .field("rows", changed)
                .field("differences", differences);
        return ToolResult.of(
                progress.state() + ", " + changed + " rows"
                        + (differences.isEmpty() ? "" : "; " + String.join("; ", differences))
                        + ". Constraints were checked by the server when it was committed.",
                json);
    }
}
