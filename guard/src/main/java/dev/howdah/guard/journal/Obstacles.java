package dev.howdah.guard.journal;

import dev.howdah.guard.change.Act;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.wire.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands against an undo, and what it would cost; the same words before consent and in the write itself. */
final class Obstacles {
    /** 64 MiB: reading that much is noticed. */
    private static final long MANY_PAGES = 8_192;

    private Obstacles() {}

    static List<String> of(
            Act act,
            List<TableChange> changes,
            Map<Long, TableFacts> tables,
            Optional<Place> place,
            JournalLimits limits) {
        List<String> obstacles = new ArrayList<>();
        for (Review review : act.reviews()) {
            switch (review.statement().kind()) {
                case INSERT, UPDATE, DELETE, MERGE, SELECT -> {}
                default ->
                    obstacles.add(review.statement().kind().toString().replace('_', ' ')
                            + " cannot be undone: its rows are not kept");
            }
        }
        long total = changes.stream().mapToLong(TableChange::total).sum();
        if (total > 0 && place.isEmpty()) {
            obstacles.add("there is no journal, and this role may not create one (\"howdah undo setup\" prints what a"
                    + " database administrator would grant)");
        }
        if (total > limits.rows()) {
            obstacles.add(String.format(
                    "%,d rows are more than the %,d that are kept for an undo (undo.max_rows)", total, limits.rows()));
        }
        for (TableChange change : changes) {
            if (change.total() > 0) {
                TableFacts table = tables.get(change.oid());
                if (table == null) {
                    obstacles.add(change.schema() + "." + change.name() + " is not there yet");
                } else {
                    of(table, change).ifPresent(obstacles::add);
                }
            }
        }
        return obstacles;
    }

    private static Optional<String> of(TableFacts table, TableChange change) {
        TableFacts.Rights rights = table.rights();
        if (!rights.select()) {
            return Optional.of("this role may not read " + table.words() + ", whose rows change, too");
        }
        if (rights.filtered()) {
            return Optional.of("row-level security hides rows of " + table.words() + " from this role");
        }
        List<String> missing = new ArrayList<>();
        if (change.deleted() > 0 && !rights.insert()) {
            missing.add("INSERT");
        }
        if (change.updated() > 0 && !rights.update()) {
            missing.add("UPDATE");
        }
        if (change.inserted() > 0 && !rights.delete()) {
            missing.add("DELETE");
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("putting rows of " + table.words() + " back needs " + String.join(", ", missing)
                        + " on it, which this role lacks");
    }

    /** What a person should know although all can be undone. */
    static List<String> warnings(List<TableChange> changes, Map<Long, TableFacts> tables, Suppression suppression) {
        List<String> warnings = new ArrayList<>();
        for (TableChange change : changes) {
            TableFacts table = tables.get(change.oid());
            if (change.total() == 0 || table == null) {
                continue;
            }
            if (change.updated() + change.deleted() > 0 && table.pages() > MANY_PAGES) {
                warnings.add(String.format(
                        "keeping the rows for an undo reads all of %s (%,d MiB)", table.words(), table.pages() >> 7));
            }
            if (suppression == Suppression.NONE && !table.triggers().isEmpty()) {
                warnings.add(
                        "an undo would fire triggers of " + table.words() + " (" + String.join(", ", table.triggers())
                                + "), which this role may not suppress: what they set will differ from what was");
            }
        }
        return warnings;
    }
}
