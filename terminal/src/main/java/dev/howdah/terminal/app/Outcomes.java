package dev.howdah.terminal.app;

import dev.howdah.guard.change.ChangeOutcome;
import dev.howdah.guard.change.TableImpact;
import dev.howdah.render.Counts;
import dev.howdah.terminal.screen.Text.Line;
import dev.tamboui.style.Style;
import java.util.ArrayList;
import java.util.List;

/** What came of a write, in lines. */
final class Outcomes {
    private Outcomes() {}

    static List<Line> lines(ChangeOutcome outcome) {
        List<String> lines = new ArrayList<>();
        switch (outcome) {
            case ChangeOutcome.Committed committed -> {
                lines.add("✓ Committed.");
                for (TableImpact table : committed.changed()) {
                    lines.add("  " + table.name() + ": " + Counts.of(table.operations(), "row operation"));
                }
                lines.addAll(committed.notes());
                lines.add(committed
                        .journal()
                        .map(id -> "It can be undone: howdah undo " + id)
                        .orElse("It cannot be undone by Howdah: no journal was kept."));
            }
            case ChangeOutcome.RolledBack rolledBack -> {
                lines.add("■ Rolled back: it would have gone further than what was shown. Nothing was changed.");
                for (ChangeOutcome.Difference difference : rolledBack.differences()) {
                    lines.add("  " + difference.table() + ": " + difference.found() + " instead of "
                            + difference.reviewed());
                }
            }
            case ChangeOutcome.Unknown unknown ->
                lines.add("? The connection broke while it was committed. SELECT pg_xact_status('"
                        + unknown.transaction() + "') tells what became of it.");
        }
        return lines.stream().map(line -> Line.of("  " + line, Style.EMPTY)).toList();
    }
}
