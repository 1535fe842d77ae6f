package dev.howdah.mcp.changes;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.change.ChangeLimits;
import dev.howdah.guard.change.Impact;
import dev.howdah.guard.change.Proposal;
import dev.howdah.guard.change.TableImpact;
import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Verdict;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.sql.StatementKind;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A write as it is proposed, and how its impact is told. */
final class Proposals {
    private Proposals() {}

    /** What a statement would do. Where the profile lets no MCP client write, it says which tools only read. */
    static Proposal of(String sql, Optional<StatementKind> kind, Call call) {
        Review review = call.guard().review(sql, call.cancellation());
        StatementKind found = review.statement().kind();
        if (kind.isPresent() && found != kind.get()) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "This is about " + kind.get() + ", and the statement is "
                            + found.name().replace('_', ' ') + ".",
                    "validate_query_syntax says what a statement does.");
        }
        if (review.verdict() instanceof Verdict.Refused refused) {
            String reason = refused.reasons().stream()
                    .findFirst()
                    .map(Verdict.Reason::text)
                    .orElse("the policy says so");
            throw new HowdahException(
                    ErrorCode.REFUSED,
                    "Refused: " + reason + ".",
                    "This profile lets MCP clients not even measure it. estimate_affected_rows and"
                            + " check_referential_integrity only read.");
        }
        call.progress("measuring what it would do");
        return call.guard().propose(review, List.of(), ChangeLimits.standard(), call.cancellation());
    }

    static void write(Proposal proposal, Json json) throws IOException {
        Impact impact = proposal.impact();
        json.field("basis", impact.basis().word()).field("rows", impact.rows());
        var generator = json.generator();
        generator.writeArrayFieldStart("tables");
        for (TableImpact table : impact.tables()) {
            generator.writeStartObject();
            generator.writeStringField("table", table.name());
            generator.writeNumberField("inserted", table.inserted());
            generator.writeNumberField("updated", table.updated());
            generator.writeNumberField("deleted", table.deleted());
            generator.writeEndObject();
        }
        generator.writeEndArray();
        json.field("risk", proposal.risk().level().name())
                .field("risk_score", proposal.risk().score())
                .field("risk_reasons", proposal.risk().reasons())
                .field("reversible", impact.reversible())
                .field("irreversible", impact.irreversible())
                .field("warnings", impact.warnings())
                .field("locks", impact.locks().stream().map(Object::toString).toList())
                .field("demand", proposal.verdict().demand().word());
    }

    /** {@code 150 rows (measured): public.orders 50 updated; risk LOW}. */
    static String words(Proposal proposal) {
        Impact impact = proposal.impact();
        StringBuilder words = new StringBuilder(String.format(
                Locale.ROOT, "%,d rows (%s)", impact.rows(), impact.basis().word()));
        String separator = ": ";
        for (TableImpact table : impact.tables()) {
            words.append(separator).append(table(table));
            separator = "; ";
        }
        words.append(". Risk ").append(proposal.risk().level());
        if (!proposal.risk().reasons().isEmpty()) {
            words.append(" (")
                    .append(String.join("; ", proposal.risk().reasons()))
                    .append(')');
        }
        words.append(
                impact.reversible()
                        ? ". It can be undone."
                        : ". It cannot be undone: " + String.join("; ", impact.irreversible()) + ".");
        return words.toString();
    }

    static String table(TableImpact table) {
        StringBuilder words = new StringBuilder(table.name());
        part(words, table.inserted(), "inserted");
        part(words, table.updated(), "updated");
        part(words, table.deleted(), "deleted");
        return words.toString();
    }

    private static void part(StringBuilder words, long rows, String what) {
        if (rows > 0) {
            words.append(String.format(Locale.ROOT, " %,d %s", rows, what));
        }
    }
}
