package dev.howdah.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.agent.context.Background;
import dev.howdah.agent.spending.Spending;
import dev.howdah.agent.writing.SqlWriter;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.Event.Stage;
import dev.howdah.base.HowdahException;
import dev.howdah.question.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Gets several statements for a question, runs each to compare, and answers with the best. For one thread. */
final class Alternatives {
    private final Spending.Account account;
    private final Journey journey;
    private final Cancellation cancellation;

    Alternatives(Spending.Account account, Journey journey, Cancellation cancellation) {
        this.account = account;
        this.journey = journey;
        this.cancellation = cancellation;
    }

    /** A statement that was tried. */
    private record Tried(
            SqlWriter.Way way, String by, OptionalDouble cost, Optional<Print> print, Optional<String> failure) {
        boolean same(Tried other) {
            return print.isPresent() && other.print.isPresent() && print.get().same(other.print.get());
        }
    }

    /**
     * Compares.
     *
     * @param engine the engine's reading, which is one of them
     */
    Comparison compare(String question, Background background, SqlWriter writer, Optional<Reading> engine) {
        List<Tried> tried = new ArrayList<>();
        engine.ifPresent(reading ->
                tried.add(tried(new SqlWriter.Way("as the engine reads it", reading.sql()), By.ENGINE.name())));
        for (SqlWriter.Way way :
                writer.alternatives(question, background, account, journey.hearing(writer.name()), cancellation)) {
            tried.add(tried(way, writer.name()));
        }
        List<Tried> ranked = ranked(tried);
        Tried best = ranked.getFirst();
        if (best.failure().isPresent()) {
            throw new HowdahException(
                    ErrorCode.DECLINED,
                    "None of the statements runs: " + best.failure().get(),
                    "Ask in other words.");
        }
        Reading reading =
                new Reading(best.way().sql(), best.way().approach(), 0, List.of(), List.of(), List.of(), List.of());
        Answer answer = journey.answer(reading, new By(best.by(), account.calls(), account.usage(), account.cost()));
        return new Comparison(ranked.stream().map(one -> alternative(one, best)).toList(), answer);
    }

    /** The largest group that agrees first, in it the cheapest first. */
    private static List<Tried> ranked(List<Tried> tried) {
        List<Tried> ranked = new ArrayList<>(tried);
        ranked.sort(Comparator.comparing((Tried one) -> one.failure().isPresent())
                .thenComparingLong(one -> -tried.stream().filter(one::same).count())
                .thenComparingDouble(one -> one.cost().orElse(Double.MAX_VALUE)));
        return ranked;
    }

    private static Alternative alternative(Tried one, Tried best) {
        return new Alternative(
                one.way().approach(),
                one.way().sql(),
                one.by(),
                one.cost(),
                one.print().map(Print::rows).orElse(0L),
                one.same(best),
                one.failure());
    }

    private Tried tried(SqlWriter.Way way, String by) {
        journey.reached(Stage.EXECUTION, "running an alternative");
        Optional<String> model = by.equals(By.ENGINE.name()) ? Optional.empty() : Optional.of(by);
        try {
            OptionalDouble cost = cost(journey.plan(way.sql(), model));
            return new Tried(way, by, cost, Optional.of(journey.print(way.sql(), model)), Optional.empty());
        } catch (HowdahException failure) {
            if (failure.code() == ErrorCode.CANCELLED || failure.code() == ErrorCode.NO_CONNECTION) {
                throw failure;
            }
            return new Tried(
                    way, by, OptionalDouble.empty(), Optional.empty(), Optional.ofNullable(failure.getMessage()));
        }
    }

    private static OptionalDouble cost(String plan) {
        try {
            JsonNode root = new ObjectMapper().readTree(plan);
            JsonNode cost = root.path(0).path("Plan").path("Total Cost");
            return cost.isNumber() ? OptionalDouble.of(cost.asDouble()) : OptionalDouble.empty();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL's plan is no JSON", e);
        }
    }
}
