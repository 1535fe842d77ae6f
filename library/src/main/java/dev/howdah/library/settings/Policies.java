package dev.howdah.library.settings;

import dev.howdah.guard.review.Client;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Level;
import dev.howdah.guard.review.Matter;
import dev.howdah.guard.review.Policy;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the policy of a profile from its settings. The level is what {@code policy.level} says; where nobody says it, a
 * written {@code read_only: false} means balanced. A written {@code read_only: true} refuses everything but reads, whatever
 * the level and the profile's own words are. A level that comes from outside the file cannot make the profile's own words
 * looser.
 */
public final class Policies {
    private static final Map<Matter, Key<Optional<String>>> OWN = own();
    private static final Map<Matter, Key<Optional<String>>> MCP = mcp();

    private Policies() {}

    private static Map<Matter, Key<Optional<String>>> own() {
        Map<Matter, Key<Optional<String>>> keys = new EnumMap<>(Matter.class);
        keys.put(Matter.READ, Keys.PROFILE_POLICY_READ);
        keys.put(Matter.BOUNDED_WRITE, Keys.PROFILE_POLICY_BOUNDED_WRITE);
        keys.put(Matter.WRITE, Keys.PROFILE_POLICY_WRITE);
        keys.put(Matter.DEFINE, Keys.PROFILE_POLICY_DEFINE);
        keys.put(Matter.DROP, Keys.PROFILE_POLICY_DROP);
        keys.put(Matter.ADMINISTER, Keys.PROFILE_POLICY_ADMINISTER);
        return Collections.unmodifiableMap(keys);
    }

    private static Map<Matter, Key<Optional<String>>> mcp() {
        Map<Matter, Key<Optional<String>>> keys = new EnumMap<>(Matter.class);
        keys.put(Matter.BOUNDED_WRITE, Keys.PROFILE_MCP_BOUNDED_WRITE);
        keys.put(Matter.WRITE, Keys.PROFILE_MCP_WRITE);
        keys.put(Matter.DEFINE, Keys.PROFILE_MCP_DEFINE);
        keys.put(Matter.DROP, Keys.PROFILE_MCP_DROP);
        keys.put(Matter.ADMINISTER, Keys.PROFILE_MCP_ADMINISTER);
        return Collections.unmodifiableMap(keys);
    }

    /** The policy that these settings make for statements of this client. */
    public static Policy of(Settings settings, Client client) {
        Setting<String> written = settings.setting(Keys.POLICY_LEVEL);
        Setting<Boolean> readOnly = settings.setting(Keys.READ_ONLY);
        boolean unsaid = written.origin().source() == Origin.Source.DEFAULT;
        Level level = Level.of(written.value()).orElse(Level.READ_ONLY);
        String origin = written.origin().place();
        if (unsaid && !readOnly.value()) {
            level = Level.BALANCED;
            origin = "read_only: false, " + readOnly.origin();
        }
        Policy policy = Policy.of(level, origin);
        Map<Matter, Policy.Own> own = demands(settings, OWN);
        Policy.Own write = own.get(Matter.WRITE);
        if (write != null) {
            // Who asks something of writes means the small ones too, unless they are named.
            own.putIfAbsent(Matter.BOUNDED_WRITE, write);
        }
        for (Map.Entry<Matter, Policy.Own> demand : own.entrySet()) {
            policy = policy.with(
                    demand.getKey(),
                    demand.getValue().demand(),
                    demand.getValue().origin());
        }
        boolean fromOutside = switch (written.origin().source()) {
            case DEFAULT, FILE -> false;
            case DOTENV, COMMON_VARIABLE, VARIABLE, FLAG -> true;
        };
        if (fromOutside || settings.chosen().size() > 1) {
            policy = policy.atLeast(level, origin);
        }
        if (readOnly.value() && readOnly.origin().source() != Origin.Source.DEFAULT) {
            policy = policy.atLeast(Level.READ_ONLY, "read_only: true, " + readOnly.origin());
        }
        return switch (client) {
            case PERSON -> policy;
            case MCP -> policy.forMcp(demands(settings, MCP));
        };
    }

    private static Map<Matter, Policy.Own> demands(Settings settings, Map<Matter, Key<Optional<String>>> keys) {
        Map<Matter, Policy.Own> demands = new LinkedHashMap<>();
        for (ProfileDefinition profile : settings.chosen()) {
            for (Map.Entry<Matter, Key<Optional<String>>> key : keys.entrySet()) {
                Optional<Setting<Optional<String>>> setting = profile.setting(key.getValue());
                Optional<Demand> demand = setting.flatMap(Setting::value).flatMap(Demand::of);
                if (setting.isPresent() && demand.isPresent()) {
                    String place = "profiles." + profile.name() + "." + key.getValue() + ", "
                            + setting.get().origin();
                    demands.merge(
                            key.getKey(),
                            new Policy.Own(demand.get(), place),
                            (a, b) -> a.demand().compareTo(b.demand()) >= 0 ? a : b);
                }
            }
        }
        return demands;
    }
}
