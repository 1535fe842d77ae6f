package dev.howdah.guard.review;

import dev.howdah.base.Cancellation;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.sql.Effect;
import dev.howdah.sql.Effects;
import dev.howdah.sql.Mentions;
import dev.howdah.sql.Sql;
import dev.howdah.sql.Statement;
import dev.howdah.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Judges text in bulk and runs none of it. With a reviewer names mean what they mean in its database; without one only the
 * text is looked at, and PostgreSQL's own functions are known by name. Thread-safe.
 */
public final class Judge {
    private final Policy policy;
    private final int maximumLength;
    private final BuiltInNames names = new BuiltInNames();
    private final BuiltIns systemRelations = BuiltIns.relations();
    private final BiFunction<Statement, Cancellation, Judgement> one;

    private Judge(Policy policy, int maximumLength, Optional<Reviewer> reviewer) {
        this.policy = policy;
        this.maximumLength = maximumLength;
        this.one = reviewer.<BiFunction<Statement, Cancellation, Judgement>>map(
                        resolving -> (statement, cancellation) -> resolved(resolving, statement, cancellation))
                .orElse((statement, cancellation) -> unresolved(statement));
    }

    /**
     * Without a server.
     *
     * @param maximumLength the longest text that is read, in characters
     */
    public static Judge withoutServer(Policy policy, int maximumLength) {
        return new Judge(policy, maximumLength, Optional.empty());
    }

    /** With names resolved by this reviewer, whose policy is this one. */
    public static Judge resolving(Reviewer reviewer, int maximumLength) {
        return new Judge(reviewer.policy(), maximumLength, Optional.of(reviewer));
    }

    /**
     * Judges a text. What is no SQL, or names what is not there, is judged too: it would not run.
     *
     * @throws HowdahException if the server that resolves names cannot be asked
     */
    public Judgement judge(String text, Cancellation cancellation) {
        if (text.length() > maximumLength) {
            return Judgement.notUnderstood(
                    0,
                    Effect.UNKNOWN,
                    Reason.of(String.format(
                            "it is %,d characters long; at most %,d are read", text.length(), maximumLength)));
        }
        List<Statement> statements;
        try {
            statements = Sql.parse(text);
        } catch (HowdahException e) {
            return Judgement.notUnderstood(0, Effect.UNKNOWN, reason(e));
        }
        if (statements.isEmpty()) {
            return Judgement.notUnderstood(0, Effect.UNKNOWN, Reason.of("there is no statement in the text"));
        }
        List<Judgement> parts = new ArrayList<>(statements.size());
        for (Statement statement : statements) {
            parts.add(one.apply(statement, cancellation));
        }
        if (policy.client() == Client.MCP && statements.size() > 1) {
            parts.add(Judgement.notUnderstood(
                    0, Effect.READ, Reason.of("MCP clients send one statement, and there are " + statements.size())));
        }
        return Judgement.of(parts);
    }

    private static Reason reason(HowdahException e) {
        String message = String.valueOf(e.getMessage());
        String text = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        return new Reason(text, e.hint());
    }

    private Judgement resolved(Reviewer reviewer, Statement statement, Cancellation cancellation) {
        Review review;
        try {
            review = reviewer.review(statement, cancellation);
        } catch (HowdahException e) {
            return switch (e.code()) {
                case UNRESOLVED, SYNTAX, LIMIT -> {
                    Judgement unresolved = unresolved(statement);
                    yield new Judgement(
                            1,
                            unresolved.effect(),
                            Demand.REFUSE,
                            false,
                            List.of(reason(e)),
                            unresolved.relations(),
                            unresolved.functions());
                }
                default -> throw e;
            };
        }
        Verdict verdict = review.verdict();
        boolean objected = verdict instanceof Verdict.Refused refused && !refused.byRule();
        Footprint footprint = review.footprint();
        Judgement written = footprint.equals(Footprint.NONE) ? unresolved(statement) : null;
        Effect effect = review.effect();
        for (String function : footprint.functions()) {
            effect = effect.atLeast(effect(function, objected));
        }
        boolean reads = effect == Effect.READ && !objected;
        return new Judgement(
                1,
                written == null ? effect : effect.atLeast(written.effect()),
                verdict.demand(),
                reads,
                verdict.reasons(),
                written == null ? footprint.relations() : written.relations(),
                written == null ? footprint.functions() : written.functions());
    }

    /** What a resolved function does besides reading, as far as it may be what was objected to. */
    private Effect effect(String function, boolean objected) {
        String name = function.substring(function.lastIndexOf('.') + 1);
        if (!objected) {
            return Effect.READ;
        }
        return function.startsWith("pg_catalog.")
                ? names.act(name).map(BuiltInNames.Act::effect).orElse(Effect.READ)
                : Effect.UNKNOWN;
    }

    private Judgement unresolved(Statement statement) {
        Effect effect = Effects.of(statement);
        Mentions mentions = Mentions.of(statement);
        Set<String> relations = new LinkedHashSet<>();
        Set<String> functions = new LinkedHashSet<>();
        List<BuiltInNames.Act> acts = new ArrayList<>();
        List<Reason> objections = new ArrayList<>();
        for (Mentions.Relation relation : mentions.relations()) {
            relations.add(written(relation.name()));
            systemRelation(relation.name()).ifPresent(objections::add);
        }
        for (Mentions.Function call : mentions.functions()) {
            functions.add(written(call.name()));
            act(call).ifPresent(acts::add);
        }
        for (Mentions.Attribute attribute : mentions.attributes()) {
            names.act(attribute.name().text()).ifPresent(acts::add);
        }
        for (Mentions.Operator operator : mentions.operators()) {
            if (operator.schema().stream().anyMatch(name -> !name.text().equals("pg_catalog"))) {
                acts.add(new BuiltInNames.Act(
                        Effect.UNKNOWN,
                        Reason.of("what the operator " + operator.symbol() + " does is known to its database only")));
            }
        }
        for (String setting : mentions.settings()) {
            if (Settings.isSecret(setting)) {
                objections.add(Reason.of("the setting " + setting + " may hold secrets"));
            }
        }
        if (effect == Effect.READ && !mentions.complete()) {
            objections.add(Reason.of("the statement was not understood completely"));
        }
        Effect plain = effect;
        for (BuiltInNames.Act act : acts) {
            if (act.effect().compareTo(plain) > 0 || plain == Effect.READ) {
                objections.add(act.reason());
            }
            effect = effect.atLeast(act.effect());
        }
        Rule rule = policy.rule(effect, statement, Optional.empty());
        List<Reason> reasons = new ArrayList<>(objections);
        if (plain != Effect.READ || objections.isEmpty()) {
            reasons.addAll(Reviewer.reasons(statement, plain, rule, policy));
        }
        return new Judgement(
                1,
                effect,
                objections.isEmpty() ? rule.demand() : Demand.REFUSE,
                effect == Effect.READ && objections.isEmpty(),
                reasons.stream().distinct().toList(),
                List.copyOf(relations),
                List.copyOf(functions));
    }

    private Optional<BuiltInNames.Act> act(Mentions.Function call) {
        List<String> parts = call.name().texts();
        String name = parts.getLast();
        boolean elsewhere = parts.size() > 1 && !parts.get(parts.size() - 2).equals("pg_catalog");
        if (!elsewhere && (call.special() || names.knows(name))) {
            return names.act(name);
        }
        return Optional.of(new BuiltInNames.Act(
                Effect.UNKNOWN,
                Reason.of(
                        String.join(".", parts)
                                + "() is none of PostgreSQL's own functions; what it does is known to its"
                                + " database only",
                        "Name a database with -d to have it looked up.")));
    }

    private Optional<Reason> systemRelation(QualifiedName name) {
        List<String> parts = name.texts();
        boolean elsewhere = parts.size() > 1 && !RelationRules.isSystemSchema(parts.get(parts.size() - 2));
        return elsewhere
                ? Optional.empty()
                : systemRelations
                        .of(parts.getLast())
                        .map(judgement -> Reason.of(parts.getLast() + " holds " + judgement.reason()));
    }

    private static String written(QualifiedName name) {
        return String.join(".", name.texts());
    }
}
