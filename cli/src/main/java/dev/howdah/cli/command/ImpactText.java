package dev.howdah.cli.command;

import dev.howdah.base.PlainText;
import dev.howdah.guard.change.Impact;
import dev.howdah.guard.change.Proposal;
import dev.howdah.guard.change.Risk;
import dev.howdah.guard.change.TableImpact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a change would do, in lines for a person. */
final class ImpactText {
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private ImpactText() {}

    static List<String> lines(Proposal proposal, boolean colour) {
        List<String> lines = new ArrayList<>();
        for (String text : proposal.act().texts()) {
            lines.add((colour ? DIM : "") + PlainText.lines(text) + ";" + (colour ? PLAIN : ""));
        }
        lines.add("");
        lines.addAll(lines(proposal.impact()));
        lines.addAll(lines(proposal.risk()));
        lines.add("");
        return lines;
    }

    static List<String> lines(Impact impact) {
        List<String> lines = new ArrayList<>();
        if (impact.failure().isPresent()) {
            lines.add(
                    "It would fail: " + PlainText.oneLine(impact.failure().get().message()));
            return lines;
        }
        List<TableImpact> changed = impact.changed();
        if (changed.isEmpty()) {
            lines.add("Changes no row (" + impact.basis().word() + ")");
        } else {
            lines.add("Changes (" + impact.basis().word() + "):");
            int width = changed.stream()
                    .mapToInt(table -> table.name().length())
                    .max()
                    .orElse(0);
            for (TableImpact table : changed) {
                lines.add("  " + PlainText.oneLine(table.name())
                        + " ".repeat(width - table.name().length()) + "  " + counts(table));
            }
        }
        impact.duration().ifPresent(time -> lines.add("  took " + time.toMillis() + " ms"));
        if (!impact.reversible()) {
            lines.add("Cannot be undone: " + PlainText.oneLine(String.join("; ", impact.irreversible())));
        }
        impact.unknown().forEach(text -> lines.add("Not known: " + PlainText.oneLine(text)));
        impact.warnings().forEach(text -> lines.add("Note: " + PlainText.oneLine(text)));
        return lines;
    }

    static List<String> lines(Risk risk) {
        List<String> lines = new ArrayList<>();
        lines.add("Risk: " + risk.level());
        risk.reasons().forEach(reason -> lines.add("  " + PlainText.oneLine(reason)));
        return lines;
    }

    static String counts(TableImpact table) {
        List<String> parts = new ArrayList<>();
        add(parts, table.inserted(), "inserted");
        add(parts, table.updated(), "updated");
        add(parts, table.deleted(), "deleted");
        return parts.isEmpty() ? "untouched" : String.join(", ", parts);
    }

    private static void add(List<String> parts, long rows, String what) {
        if (rows > 0) {
            parts.add(String.format(Locale.ROOT, "%,d %s", rows, what));
        }
    }
}
