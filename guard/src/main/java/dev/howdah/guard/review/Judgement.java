package dev.howdah.guard.review;

import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.sql.Effect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What was found out about a text without running it: all of its statements together. It cannot be run; only a
 * {@link Review} can.
 *
 * @param statements how many there are
 * @param effect the most cautious of their effects, what their functions do included
 * @param verdict the strictest of what the policy asks
 * @param readOnly whether every one would run in a read-only profile
 * @param reasons why it would not simply run
 * @param relations what they name or touch, sorted: {@code schema.name} where names were resolved, else as written
 * @param functions what they call, likewise
 */
public record Judgement(
        int statements,
        Effect effect,
        Demand verdict,
        boolean readOnly,
        List<Reason> reasons,
        List<String> relations,
        List<String> functions) {
    public Judgement {
        reasons = List.copyOf(reasons);
        relations = List.copyOf(new TreeSet<>(relations));
        functions = List.copyOf(new TreeSet<>(functions));
    }

    /** Text that could not be judged, and so would not run. */
    static Judgement notUnderstood(int statements, Effect effect, Reason reason) {
        return new Judgement(statements, effect, Demand.REFUSE, false, List.of(reason), List.of(), List.of());
    }

    /** All of these together. */
    static Judgement of(Collection<Judgement> parts) {
        Effect effect = Effect.READ;
        Demand verdict = Demand.ALLOW;
        boolean readOnly = true;
        int statements = 0;
        List<Reason> reasons = new ArrayList<>();
        List<String> relations = new ArrayList<>();
        List<String> functions = new ArrayList<>();
        for (Judgement part : parts) {
            statements += part.statements;
            effect = effect.atLeast(part.effect);
            verdict = verdict.atLeast(part.verdict);
            readOnly &= part.readOnly;
            reasons.addAll(part.reasons);
            relations.addAll(part.relations);
            functions.addAll(part.functions);
        }
        return new Judgement(
                statements,
                effect,
                verdict,
                readOnly,
                reasons.stream().distinct().toList(),
                relations,
                functions);
    }
}
