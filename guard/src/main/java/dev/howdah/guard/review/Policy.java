package dev.howdah.guard.review;

import dev.howdah.sql.Effect;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a profile asks for each effect. Immutable. What was not understood is always refused, whatever a policy says.
 */
public final class Policy {
    private final Map<Effect, Demand> demands;
    private final String advice;

    private Policy(Map<Effect, Demand> demands, String advice) {
        this.demands = demands;
        this.advice = advice;
    }

    /** Reads run; everything else is refused. The default of every profile. */
    public static Policy readOnly() {
        return onlyReads("This profile is read-only. Nothing was run.");
    }

    /** The same for a profile whose settings would let it write, which this version cannot do yet. */
    public static Policy readsUntilWritesCome() {
        return onlyReads(
                "Writes come in a later version; until then read_only: false changes nothing. Nothing was run.");
    }

    private static Policy onlyReads(String advice) {
        Map<Effect, Demand> demands = new EnumMap<>(Effect.class);
        for (Effect effect : Effect.values()) {
            demands.put(effect, effect == Effect.READ ? Demand.ALLOW : Demand.REFUSE);
        }
        return new Policy(demands, advice);
    }

    /** What is asked before a statement of this effect runs. */
    public Demand demand(Effect effect) {
        return demands.getOrDefault(effect, Demand.REFUSE);
    }

    /** What a person is told who asked for more than a read. */
    String advice() {
        return advice;
    }
}
