package dev.howdah.guard.review;

import dev.howdah.sql.Effect;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a profile asks for each effect. Immutable. What was not understood is always refused, whatever a policy says.
 */
public final class Policy {
    private final Map<Effect, Demand> demands;

    private Policy(Map<Effect, Demand> demands) {
        this.demands = demands;
    }

    /** Reads run; everything else is refused. The default of every profile. */
    public static Policy readOnly() {
        Map<Effect, Demand> demands = new EnumMap<>(Effect.class);
        for (Effect effect : Effect.values()) {
            demands.put(effect, effect == Effect.READ ? Demand.ALLOW : Demand.REFUSE);
        }
        return new Policy(demands);
    }

    /** What is asked before a statement of this effect runs. */
    public Demand demand(Effect effect) {
        return demands.getOrDefault(effect, Demand.REFUSE);
    }
}
