package dev.howdah.postgres.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query whose plan is wanted.
 *
 * @param sql the query's exact text, without a trailing semicolon
 * @param parameters values of {@code $1} and on in text form, null for NULL
 * @param analyze whether to run the query and measure
 * @param finishWithin how long it may take; empty for no limit
 * @param pins what its transaction is pinned to
 */
public record ExplainRequest(
        String sql, List<@Nullable String> parameters, boolean analyze, Optional<Duration> finishWithin, Pins pins) {

    public ExplainRequest {
        // List.copyOf refuses null, which is a parameter's NULL here.
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    /** The plan as the planner would make it now; the query does not run. */
    public static ExplainRequest of(String sql) {
        return new ExplainRequest(sql, List.of(), false, Optional.empty(), Pins.standard());
    }

    /** The same, run and measured. */
    public ExplainRequest analyzed() {
        return new ExplainRequest(sql, parameters, true, finishWithin, pins);
    }

    /** The same with parameters' values. */
    public ExplainRequest withParameters(List<@Nullable String> values) {
        return new ExplainRequest(sql, values, analyze, finishWithin, pins);
    }

    /** The same with a limit of time. */
    public ExplainRequest withFinishWithin(Duration limit) {
        return new ExplainRequest(sql, parameters, analyze, Optional.of(limit), pins);
    }

    /** The same in a transaction that is pinned like this. */
    public ExplainRequest withPins(Pins other) {
        return new ExplainRequest(sql, parameters, analyze, finishWithin, other);
    }
}
