package dev.howdah.guard.review;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.wire.Premise;
import dev.howdah.sql.Effect;
import dev.howdah.sql.Effects;
import dev.howdah.sql.Mentions;
import dev.howdah.sql.Statement;
import dev.howdah.sql.tree.Command;
import dev.howdah.sql.tree.Command.CopyEnd;
import dev.howdah.sql.tree.Definition;
import dev.howdah.sql.tree.Modification;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.SyntaxTree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes reviews: finds a statement's effect and footprint and applies the policy. Thread-safe. */
public final class Reviewer {
    private final CatalogSnapshot catalog;
    private final Policy policy;
    private final Rules rules;
    private final Rules writing;
    private final KnownThings known = new KnownThings();

    /**
     * @param catalog what names mean; read when the first statement names something
     * @param policy what each effect needs
     * @param access what is said of single objects
     */
    public Reviewer(CatalogSnapshot catalog, Policy policy, AccessLists access) {
        this.catalog = catalog;
        this.policy = policy;
        this.rules = new Rules(new RoutineRules(false), new RelationRules(), access);
        this.writing = new Rules(new RoutineRules(true), new RelationRules(), access);
    }

    /** What each effect needs. */
    Policy policy() {
        return policy;
    }

    /**
     * Reviews one statement.
     *
     * @throws HowdahException of code UNRESOLVED if it names what is not there
     */
    public Review review(Statement statement, Cancellation cancellation) {
        return review(statement, true, false, cancellation);
    }

    /** The same, looking at all that it touches even if the policy refuses it anyway. */
    public Review reviewWhole(Statement statement, Cancellation cancellation) {
        return review(statement, true, true, cancellation);
    }

    /**
     * The same for a statement that runs at once: whether the catalog has changed since it was read is not asked if the
     * statement is a read that may run, but left as its {@link Review#premise} to the server that runs it.
     *
     * @throws HowdahException of code UNRESOLVED if it names what is not there
     */
    public Review reviewToRun(Statement statement, Cancellation cancellation) {
        return review(statement, false, false, cancellation);
    }

    /** Reviews it again with the catalog as it is now, because a premise did not hold. */
    public Review reviewAnew(Statement statement, Cancellation cancellation) {
        catalog.refreshed(cancellation);
        return review(statement, false, false, cancellation);
    }

    private Review review(Statement statement, boolean certain, boolean whole, Cancellation cancellation) {
        Optional<List<String>> before = catalog.searchPath();
        Review review = judge(statement, certain, whole, cancellation);
        Optional<List<String>> after = catalog.searchPath();
        // Somebody read the catalog anew meanwhile: half the names may have been looked up along another path.
        return before.isEmpty() || before.equals(after)
                ? review.along(after)
                : review(statement, certain, whole, cancellation);
    }

    /**
     * What the policy says to a reviewed statement once it is known how far it goes.
     *
     * @param reach how many rows it changes; empty if that was not measured
     * @param least what is asked at least, whatever the policy says, and why
     */
    public Verdict verdict(Review review, Optional<Reach> reach, Demand least, String because) {
        if (review.verdict() instanceof Verdict.Refused) {
            return review.verdict();
        }
        Rule rule = policy.rule(review.effect(), review.statement(), reach);
        if (least.compareTo(rule.demand()) > 0) {
            rule = rule.then(least, because);
        }
        return Verdict.of(rule, verb(review.statement()), reasons(review.statement(), review.effect(), rule, policy));
    }

    /** What the policy says to changing rows, for a change of the guard's own. */
    public Rule ruleOfWrites(Optional<Reach> reach, Demand least, String because) {
        Rule rule = policy.rule(reach.filter(Reach::isBounded).isPresent() ? Matter.BOUNDED_WRITE : Matter.WRITE);
        return least.compareTo(rule.demand()) > 0 && rule.demand() != Demand.REFUSE ? rule.then(least, because) : rule;
    }

    private Review judge(Statement statement, boolean certain, boolean whole, Cancellation cancellation) {
        Effect effect = Effects.of(statement);
        Rule rule = policy.rule(effect, statement, Optional.empty());
        List<Reason> reasons = reasons(statement, effect, rule, policy);
        Mentions mentions = Mentions.of(statement);
        boolean refuses = effect != Effect.READ && rule.demand() == Demand.REFUSE;
        if (statement.tree() instanceof Command.Copy copy && copy.end() == CopyEnd.CLIENT && !refuses) {
            return refused(statement, effect, rule, Footprint.NONE, List.of(copies(copy)));
        }
        if (effect == Effect.READ) {
            if (statement.tree() instanceof SyntaxTree.Explain explain && !(explain.statement() instanceof Query)) {
                return refused(
                        statement,
                        effect,
                        rule,
                        Footprint.NONE,
                        List.of(Reason.of(
                                "what is explained is not a query", "EXPLAIN takes SELECT, VALUES and TABLE here.")));
            }
            if (!mentions.complete()) {
                return refused(
                        statement,
                        effect,
                        rule,
                        Footprint.NONE,
                        List.of(Reason.of("the statement was not understood completely")));
            }
        } else if (rule.demand() == Demand.REFUSE && !whole) {
            return decided(statement, effect, rule, reasons);
        } else if (!mentions.complete() && !(statement.tree() instanceof Definition.Truncate)) {
            // What CASCADE adds to TRUNCATE is followed below.
            return effect == Effect.WRITE && rule.demand() != Demand.REFUSE
                    ? refused(
                            statement,
                            effect,
                            rule,
                            Footprint.NONE,
                            List.of(Reason.of("the statement was not understood completely")))
                    : decided(statement, effect, rule, reasons);
        }
        cancellation.check();
        boolean asks = certain || effect != Effect.READ || rule.demand() != Demand.ALLOW;
        Found found = find(statement, effect, mentions, asks, cancellation);
        Touched touched = found.touched();
        return touched.objections().isEmpty()
                ? decided(statement, effect, rule, touched, reasons).provided(found.premise())
                : refused(statement, effect.atLeast(touched.effect()), rule, touched.footprint(), touched.objections());
    }

    /**
     * What a statement touches.
     *
     * @param premise what that rests on, where it was not asked whether it holds
     */
    private record Found(Touched touched, Optional<Premise> premise) {}

    /**
     * Finds the footprint; again, if what it rests on has changed since the snapshot was read.
     *
     * @param asks whether that is asked in any case, or left as a premise where nothing speaks against running it
     */
    private Found find(Statement statement, Effect effect, Mentions mentions, boolean asks, Cancellation cancellation) {
        // Before anything is looked up: an older mark finds more changes, never fewer.
        Optional<String> mark = catalog.mark();
        Rules held = effect == Effect.READ ? rules : writing;
        Names names = new Names(catalog, known, cancellation);
        Touched touched = Touched.of(names, held);
        try {
            if (!find(statement, mentions, names, touched)) {
                return new Found(touched, Optional.empty());
            }
            if (!asks && mark.isPresent() && touched.objections().isEmpty()) {
                return new Found(touched, Optional.of(CatalogSnapshot.premise(mark.get(), touched.watched())));
            }
            if (!catalog.isOutdated(touched.watched(), cancellation)) {
                return new Found(touched, Optional.empty());
            }
        } catch (HowdahException e) {
            if (e.code() != ErrorCode.UNRESOLVED || !catalog.isOutdated(touched.watched(), cancellation)) {
                throw e;
            }
        }
        catalog.refreshed(cancellation);
        Names anew = new Names(catalog, known, cancellation);
        Touched again = Touched.of(anew, held);
        find(statement, mentions, anew, again);
        return new Found(again, Optional.empty());
    }

    private static boolean find(Statement statement, Mentions mentions, Names names, Touched touched) {
        boolean needed = new FootprintFinder(names, touched).find(statement, mentions);
        SpreadFinder spread = touched.spread();
        if (spread != null) {
            spread.follow(statement.tree(), names);
        }
        return needed;
    }

    private static Review decided(Statement statement, Effect effect, Rule rule, List<Reason> reasons) {
        return new Review(statement, effect, Footprint.NONE, Spread.NONE, Verdict.of(rule, verb(statement), reasons));
    }

    private static Review decided(
            Statement statement, Effect effect, Rule rule, Touched touched, List<Reason> reasons) {
        SpreadFinder spread = touched.spread();
        return new Review(
                statement,
                effect,
                touched.footprint(),
                spread == null ? Spread.NONE : spread.spread(),
                Verdict.of(rule, verb(statement), reasons));
    }

    private static Review refused(
            Statement statement, Effect effect, Rule rule, Footprint footprint, List<Reason> reasons) {
        return new Review(statement, effect, footprint, Spread.NONE, new Verdict.Refused(rule, reasons));
    }

    /** COPY's rows travel apart from its text, and nothing here sends or takes them. */
    private static Reason copies(Command.Copy copy) {
        return copy.from()
                ? Reason.of(
                        "COPY FROM STDIN needs rows that are not in the statement", "INSERT brings its rows with it.")
                : Reason.of(
                        "COPY TO STDOUT is not run as such", "Ask for the query itself; every format is there for it.");
    }

    /** What a person types to consent. */
    private static String verb(Statement statement) {
        return statement.kind().name().replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    /** What a statement of this effect does, with what the policy has to say to it. */
    static List<Reason> reasons(Statement statement, Effect effect, Rule rule, Policy policy) {
        String advice = advice(rule, policy);
        String kind = statement.kind().name().replace('_', ' ');
        return switch (effect) {
            case READ ->
                rule.demand() == Demand.ALLOW
                        ? List.of()
                        : List.of(Reason.of("the policy asks about every read", advice));
            case WRITE -> List.of(Reason.of(writes(statement, kind), advice));
            case DEFINE ->
                List.of(Reason.of(
                        statement.kind().isQuery() ? "SELECT INTO creates a table" : kind + " changes definitions",
                        advice));
            case ADMINISTER -> List.of(Reason.of(kind + " changes the server or the session", advice));
            case UNKNOWN -> List.of(Reason.of("what " + kind + " does cannot be told beforehand", advice));
        };
    }

    private static String advice(Rule rule, Policy policy) {
        return policy.level() == Level.READ_ONLY && rule.because().size() == 1
                ? "This profile is read-only. Nothing was run."
                : "Decided by " + rule.deciding() + ". Nothing was run.";
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
