package dev.howdah.guard.review;

import dev.howdah.sql.Effect;
import dev.howdah.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked before statements run: a level's row of the table, what a profile says instead, and what holds whatever
 * both say. Immutable and thread-safe. What was not understood is always refused.
 */
public final class Policy {
    /** The most rows that a write may change to count as bounded. */
    public static final long BOUNDED_ROWS = 100;

    private final Level level;
    private final Client client;
    private final Map<Matter, Rule> rules;

    private Policy(Level level, Client client, Map<Matter, Rule> rules) {
        this.level = level;
        this.client = client;
        this.rules = rules;
    }

    /** Reads run; everything else is refused. The default of every profile. */
    public static Policy readOnly() {
        return of(Level.READ_ONLY, "default");
    }

    /**
     * A level's row of the table, for people.
     *
     * @param origin where the level is set: {@code config.yaml:4}, {@code --level}, {@code default}
     */
    public static Policy of(Level level, String origin) {
        Map<Matter, Rule> rules = new EnumMap<>(Matter.class);
        for (Matter matter : Matter.values()) {
            Demand demand = level.demand(matter);
            String step = "level " + level.word() + " (" + origin + "): " + demand.word();
            rules.put(matter, new Rule(matter, demand, matter == Matter.DROP && level.keepsCopies(), List.of(step)));
        }
        return new Policy(level, Client.PERSON, rules);
    }

    /**
     * The same with another demand for one matter.
     *
     * @param origin where that is set
     * @throws IllegalArgumentException for {@link Matter#UNKNOWN}, which nothing makes runnable
     */
    public Policy with(Matter matter, Demand demand, String origin) {
        if (matter == Matter.UNKNOWN) {
            throw new IllegalArgumentException("what is not understood is refused");
        }
        return changed(rule(matter).then(demand, origin + ": " + demand.word()));
    }

    /** The same with nothing looser than this level has it, for a wish that may only tighten. */
    public Policy atLeast(Level stricter, String origin) {
        Policy policy = this;
        for (Matter matter : Matter.values()) {
            Rule rule = rule(matter);
            Demand demand = stricter.demand(matter);
            if (demand.compareTo(rule.demand()) > 0) {
                policy = policy.changed(rule.then(demand, origin + ": " + demand.word()));
            }
        }
        Level lower = level.compareTo(stricter) <= 0 ? level : stricter;
        return new Policy(lower, client, policy.rules);
    }

    /**
     * The same for MCP clients: one step stricter than for a person, reads excepted; DEFINE and with it DROP refused.
     *
     * @param own what a profile says instead, with where it says so; it is never looser than for a person
     */
    public Policy forMcp(Map<Matter, Own> own) {
        Map<Matter, Rule> stricter = new EnumMap<>(Matter.class);
        for (Rule rule : rules.values()) {
            stricter.put(rule.matter(), forMcp(rule, Optional.ofNullable(own.get(rule.matter()))));
        }
        return new Policy(level, Client.MCP, stricter);
    }

    private static Rule forMcp(Rule rule, Optional<Own> own) {
        if (own.isPresent()) {
            Demand demand = rule.demand().atLeast(own.get().demand());
            return rule.then(demand, own.get().origin() + ": " + demand.word());
        }
        return switch (rule.matter()) {
            case READ, UNKNOWN -> rule;
            case DEFINE, DROP ->
                rule.demand() == Demand.REFUSE
                        ? rule
                        : rule.then(Demand.REFUSE, "MCP clients define nothing unless the profile says so: refuse");
            case BOUNDED_WRITE, WRITE, ADMINISTER -> {
                Demand demand = rule.demand().stricter();
                yield demand == rule.demand()
                        ? rule
                        : rule.then(demand, "MCP clients are asked for one step more: " + demand.word());
            }
        };
    }

    /**
     * A profile's own demand.
     *
     * @param demand what it asks
     * @param origin where it says so
     */
    public record Own(Demand demand, String origin) {}

    private Policy changed(Rule rule) {
        Map<Matter, Rule> changed = new EnumMap<>(rules);
        changed.put(rule.matter(), rule);
        return new Policy(level, client, changed);
    }

    /** The row that it began with, or the stricter one that something insisted on. */
    public Level level() {
        return level;
    }

    /** Whom it holds for. */
    public Client client() {
        return client;
    }

    /** What it says to one matter. */
    public Rule rule(Matter matter) {
        Rule rule = rules.get(matter);
        if (rule == null) {
            throw new IllegalStateException("no rule for " + matter);
        }
        return rule;
    }

    /**
     * The rule that decides about a statement: the strictest of those that it falls under.
     *
     * @param effect what the statement does
     * @param reach how many rows it changes, if that was measured; without it no write counts as bounded
     */
    public Rule rule(Effect effect, Statement statement, Optional<Reach> reach) {
        Rule strictest = null;
        for (Matter matter : Matter.of(effect, statement, reach)) {
            Rule rule = rule(matter);
            // Of two that ask the same the later one says more: DROP is more than DEFINE.
            if (strictest == null || rule.demand().compareTo(strictest.demand()) >= 0) {
                strictest = rule;
            }
        }
        if (strictest == null) {
            throw new IllegalStateException("no matter for " + effect);
        }
        return strictest;
    }
}
