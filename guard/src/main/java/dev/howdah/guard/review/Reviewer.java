package dev.howdah.guard.review;

import dev.howdah.base.Cancellation;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.sql.Effect;
import dev.howdah.sql.Effects;
import dev.howdah.sql.Mentions;
import dev.howdah.sql.Statement;
import dev.howdah.sql.tree.Modification;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.SyntaxTree;
import java.util.List;
import java.util.Locale;

/** Makes reviews: finds a statement's effect and footprint and applies the policy. Thread-safe. */
public final class Reviewer {
    private final CatalogSnapshot catalog;
    private final Policy policy;
    private final RoutineRules routineRules = new RoutineRules();
    private final RelationRules relationRules = new RelationRules();

    /**
     * @param catalog what names mean; read when the first statement names something
     * @param policy what each effect needs
     */
    public Reviewer(CatalogSnapshot catalog, Policy policy) {
        this.catalog = catalog;
        this.policy = policy;
    }

    /**
     * Reviews one statement.
     *
     * @throws HowdahException of code UNRESOLVED if it names what is not there
     */
    public Review review(Statement statement, Cancellation cancellation) {
        Effect effect = Effects.of(statement);
        Demand demand = effect == Effect.UNKNOWN ? Demand.REFUSE : policy.demand(effect);
        if (effect != Effect.READ) {
            return new Review(
                    statement,
                    effect,
                    Footprint.NONE,
                    new Verdict(demand, List.of(reason(statement, effect, policy.advice()))));
        }
        if (statement.tree() instanceof SyntaxTree.Explain explain && !(explain.statement() instanceof Query)) {
            return refused(
                    statement,
                    Footprint.NONE,
                    List.of(Reason.of(
                            "what is explained is not a query", "EXPLAIN takes SELECT, VALUES and TABLE here.")));
        }
        Mentions mentions = Mentions.of(statement);
        if (!mentions.complete()) {
            return refused(
                    statement, Footprint.NONE, List.of(Reason.of("the statement was not understood completely")));
        }
        FootprintFinder finder = new FootprintFinder(new Names(catalog, cancellation), routineRules, relationRules);
        finder.find(statement, mentions);
        return finder.objections().isEmpty()
                ? new Review(statement, effect, finder.footprint(), new Verdict(demand, List.of()))
                : refused(statement, finder.footprint(), finder.objections());
    }

    private static Review refused(Statement statement, Footprint footprint, List<Reason> reasons) {
        return new Review(statement, Effect.READ, footprint, new Verdict(Demand.REFUSE, reasons));
    }

    private static Reason reason(Statement statement, Effect effect, String advice) {
        String kind = statement.kind().name().replace('_', ' ');
        return switch (effect) {
            case READ -> throw new IllegalArgumentException("a read needs no reason");
            case WRITE -> Reason.of(writes(statement, kind), advice);
            case DEFINE ->
                Reason.of(
                        statement.kind().isQuery() ? "SELECT INTO creates a table" : kind + " changes definitions",
                        advice);
            case ADMINISTER -> Reason.of(kind + " changes the server or the session", advice);
            case UNKNOWN -> Reason.of("what " + kind + " does cannot be told beforehand", advice);
        };
    }

    /** Says what in it writes: the statement itself, a WITH query, or a row lock. */
    private static String writes(Statement statement, String kind) {
        for (Node node : statement.tree().descendants()) {
            if (node instanceof Part.LockingClause lock) {
                return "FOR " + lock.strength().name().replace('_', ' ') + " locks rows";
            }
            if (node instanceof Modification modification && statement.kind().isQuery()) {
                String verb = modification.getClass().getSimpleName().toUpperCase(Locale.ROOT);
                return "it changes rows (" + verb + " in WITH)";
            }
        }
        return kind + " changes rows";
    }
}
