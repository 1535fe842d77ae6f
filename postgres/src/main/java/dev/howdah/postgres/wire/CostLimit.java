package dev.howdah.postgres.wire;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.internal.Answer;
import dev.howdah.postgres.internal.Command;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks the planner before a query runs. What it estimates can be wrong by any factor: a limit of cost keeps away what is
 * huge at first sight, and nothing more.
 */
final class CostLimit {
    /** The end of the plan's first line; names, which may look like anything, come before. */
    private static final Pattern COST = Pattern.compile("\\(cost=[0-9.]+\\.\\.([0-9.]+) rows=[0-9]+ width=[0-9]+\\)$");

    private final double most;

    private CostLimit(double most) {
        this.most = most;
    }

    static Optional<CostLimit> of(Pins pins) {
        return pins.limits().cost().map(CostLimit::new);
    }

    /** Plans what the server has already taken for a query in a cursor of the same transaction. */
    static Command command(String sql, List<@Nullable String> parameters) {
        return new Command("EXPLAIN (COSTS ON, FORMAT TEXT) " + sql + "\n", parameters);
    }

    /**
     * @param plan the answer to {@link #command}
     * @throws HowdahException of code LIMIT if the query is estimated to cost more
     */
    void check(Answer plan) {
        byte @Nullable [] line = plan.tuples().getFirst().get(0);
        Matcher matcher = COST.matcher(line == null ? "" : new String(line, StandardCharsets.UTF_8));
        if (!matcher.find()) {
            throw new HowdahException(
                    ErrorCode.LIMIT, "The query was not run: the server's plan does not say what it costs.", null);
        }
        double cost = Double.parseDouble(matcher.group(1));
        if (cost > most) {
            throw new HowdahException(
                    ErrorCode.LIMIT,
                    String.format(
                            "The planner estimates this query to cost %,.0f; at most %,.0f is allowed.", cost, most),
                    "Narrow it, or raise limits.cost.");
        }
    }
}
