package dev.howdah.guard.change;

import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Spread;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.Sensitive;
import dev.howdah.sql.Effect;
import dev.howdah.sql.StatementKind;
import dev.howdah.sql.tree.Definition;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Modification;
import dev.howdah.sql.tree.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Judges how much there is to lose, by both rules of document 003: the classes of rows and cascades, and the score. What
 * neither of them knows comes on top: no WHERE, sensitive columns, what cannot be undone. The highest wins.
 */
final class Risks {
    /** Document 003's bounds of its classes, in rows. */
    private static final long MEDIUM_ROWS = 100;

    private static final long HIGH_ROWS = 10_000;

    /** Where the score begins to count rows. */
    private static final long SCORED_ROWS = 1_000;

    private final Act act;
    private final Impact impact;
    private final Catalog catalog;
    private final List<String> reasons = new ArrayList<>();
    private Risk.Level level = Risk.Level.LOW;

    private Risks(Act act, Impact impact, Catalog catalog) {
        this.act = act;
        this.impact = impact;
        this.catalog = catalog;
    }

    static Risk of(Act act, Impact impact, Catalog catalog) {
        return new Risks(act, impact, catalog).judge();
    }

    private Risk judge() {
        long rows = impact.rows();
        List<TableImpact> changed = impact.changed();
        Set<String> sensitive = sensitive();
        if (!impact.reversible()) {
            boolean loses = act.reviews().stream().anyMatch(Risks::loses);
            raise(
                    loses ? Risk.Level.CRITICAL : Risk.Level.HIGH,
                    "it cannot be undone: " + String.join("; ", impact.irreversible()));
        }
        boolean unbounded = act.reviews().stream().anyMatch(Risks::changesEveryRow);
        if (unbounded && rows > 0) {
            raise(
                    rows > HIGH_ROWS ? Risk.Level.CRITICAL : Risk.Level.HIGH,
                    "it changes every row of a table: there is no condition, or one that is always true");
        }
        if (rows > HIGH_ROWS) {
            raise(Risk.Level.HIGH, String.format(Locale.ROOT, "%,d rows change, more than %,d", rows, HIGH_ROWS));
        } else if (rows >= MEDIUM_ROWS) {
            raise(Risk.Level.MEDIUM, String.format(Locale.ROOT, "%,d rows change, %,d or more", rows, MEDIUM_ROWS));
        }
        if (changed.size() > 1) {
            raise(
                    changed.size() > 3 ? Risk.Level.HIGH : Risk.Level.MEDIUM,
                    "it goes on to other tables: "
                            + String.join(
                                    ", ",
                                    changed.stream().map(TableImpact::name).toList()));
        }
        if (!sensitive.isEmpty()) {
            raise(Risk.Level.HIGH, "sensitive columns change: " + String.join(", ", sensitive));
        }
        if (!impact.isExact()) {
            raise(Risk.Level.MEDIUM, "how far it goes is " + impact.basis().word() + ", not measured");
        }
        int score = score(changed.size(), rows, !sensitive.isEmpty());
        Risk.Level scored = score <= 2
                ? Risk.Level.LOW
                : score <= 5 ? Risk.Level.MEDIUM : score <= 8 ? Risk.Level.HIGH : Risk.Level.CRITICAL;
        if (scored.compareTo(level) > 0) {
            reasons.addFirst("its score is " + score + " (kind of statement, tables, rows, sensitive data)");
        }
        return new Risk(level.atLeast(scored), score, reasons);
    }

    private void raise(Risk.Level to, String reason) {
        if (to.compareTo(level) > 0) {
            reasons.addFirst(reason);
        } else {
            reasons.add(reason);
        }
        level = level.atLeast(to);
    }

    /** Document 003, assess_risk; definitions, which it does not know, weigh like DELETE. */
    private int score(int tables, long rows, boolean sensitive) {
        int score = act.reviews().isEmpty() ? 5 : 0;
        for (Review review : act.reviews()) {
            int base = switch (review.statement().kind()) {
                case SELECT, VALUES, TABLE -> 1;
                case INSERT -> 3;
                case UPDATE -> 5;
                default -> 7;
            };
            score = Math.max(score, base);
        }
        return score + (tables > 1 ? 2 : 0) + (rows > SCORED_ROWS ? 2 : 0) + (sensitive ? 3 : 0);
    }

    private static boolean loses(Review review) {
        StatementKind kind = review.statement().kind();
        return review.effect() != Effect.WRITE
                && (kind == StatementKind.TRUNCATE || kind.name().startsWith("DROP_"));
    }

    private static boolean changesEveryRow(Review review) {
        return switch (review.statement().tree()) {
            case Modification.Update update ->
                update.from().isEmpty() && update.cursor() == null && isAlwaysTrue(update.where(), review);
            case Modification.Delete delete ->
                delete.using().isEmpty() && delete.cursor() == null && isAlwaysTrue(delete.where(), review);
            case Definition.Truncate _ -> true;
            default -> false;
        };
    }

    /** TRUE, 1 = 1, x = x and their like; a condition that merely happens to hold for all rows shows in the numbers. */
    private static boolean isAlwaysTrue(@Nullable Expression where, Review review) {
        if (where == null) {
            return true;
        }
        String text =
                review.statement().text(where.span()).toLowerCase(Locale.ROOT).replaceAll("[\\s()]", "");
        int equals = text.indexOf('=');
        return text.equals("true")
                || text.equals("nottrue=false")
                || (equals > 0
                        && text.indexOf('=', equals + 1) < 0
                        && text.substring(0, equals).equals(text.substring(equals + 1)));
    }

    /** Columns that hold what is private, in what the statements themselves change. */
    private Set<String> sensitive() {
        Set<String> found = new TreeSet<>();
        for (Review review : act.reviews()) {
            Set<String> set = new TreeSet<>();
            if (review.statement().tree() instanceof Modification.Update update) {
                update.assignments().stream()
                        .flatMap(assignment -> assignment.targets().stream())
                        .map(Part.AssignmentTarget::column)
                        .forEach(column -> set.add(column.text()));
            }
            for (Spread.Changed changed : review.spread().tables()) {
                boolean changes = impact.changed().stream().anyMatch(table -> table.oid() == changed.oid());
                if (changed.level() == 0 && changes) {
                    catalog.relation(changed.oid()).ifPresent(table -> sensitive(table, set, found));
                }
            }
        }
        return found;
    }

    private static void sensitive(Relation table, Set<String> set, Set<String> found) {
        for (Column column : table.columns()) {
            if ((set.isEmpty() || set.contains(column.name())) && Sensitive.isSensitive(column)) {
                found.add(table + "." + column.name());
            }
        }
    }
}
