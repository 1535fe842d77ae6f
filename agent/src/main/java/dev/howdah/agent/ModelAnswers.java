package dev.howdah.agent;

import dev.howdah.agent.context.Background;
import dev.howdah.agent.spending.Spending;
import dev.howdah.agent.writing.Draft;
import dev.howdah.agent.writing.SqlWriter;
import dev.howdah.agent.writing.Written;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.Event.Stage;
import dev.howdah.base.HowdahException;
import dev.howdah.question.Interpretation;
import dev.howdah.question.Reading;
import java.util.List;
import java.util.Optional;

/** One question that models read: which one, its answer run, and what is done when it does not run. For one thread. */
final class ModelAnswers {
    private final Spending.Account account;
    private final Journey journey;
    private final Cancellation cancellation;

    ModelAnswers(Spending.Account account, Journey journey, Cancellation cancellation) {
        this.account = account;
        this.journey = journey;
        this.cancellation = cancellation;
    }

    /**
     * Answers.
     *
     * @param engine what the engine made of the question, if it was asked
     */
    Answer answer(
            String question, Background background, Models models, Optional<Interpretation> engine, Strategy strategy) {
        journey.reached(Stage.SCHEMA, "reading the catalog");
        if (strategy == Strategy.CROSS_CHECK) {
            Optional<Reading> reading =
                    engine.flatMap(one -> one instanceof Interpretation.Understood(Reading understood)
                            ? Optional.of(understood)
                            : Optional.empty());
            Optional<Answer> checked =
                    new CrossCheck(account, journey, cancellation).answer(question, background, models, reading);
            if (checked.isPresent()) {
                return checked.get();
            }
        }
        List<SqlWriter> order = models.of(Complexity.of(question));
        for (int i = 0; ; i++) {
            try {
                return write(question, background, order.get(i));
            } catch (HowdahException failure) {
                if (i + 1 == order.size() || journey.hasRows() || !isForAnother(failure)) {
                    throw failure;
                }
                journey.repairing(failure);
            }
        }
    }

    /** Whether a more capable model may find what this one did not. */
    private static boolean isForAnother(HowdahException failure) {
        return switch (failure.code()) {
            case SYNTAX, UNRESOLVED, SERVER, DECLINED -> true;
            default -> false;
        };
    }

    private Answer write(String question, Background background, SqlWriter writer) {
        Draft draft = writer.begin(
                question,
                background,
                journey.guard(writer.name()),
                account,
                journey.hearing(writer.name()),
                cancellation);
        while (true) {
            Written written = draft.next(cancellation);
            By by = by(writer, draft);
            switch (written) {
                case Written.Question(String ask, List<String> choices) -> {
                    return new Answer.Asked(ask, choices, by);
                }
                case Written.Cannot(String reason) -> {
                    return Agent.declined(reason);
                }
                case Written.Prose(String text) -> {
                    journey.reached(Stage.ANSWER, "answered");
                    return new Answer.Told(text, draft.statements(), by);
                }
                case Written.Unreadable _ -> throw new IllegalStateException("a draft gives what can be read");
                case Written.Sql sql -> {
                    Optional<Answer> answer = run(sql, draft, by);
                    if (answer.isPresent()) {
                        return answer.get();
                    }
                }
            }
        }
    }

    /** Runs it; empty if the model is to try again. */
    private Optional<Answer> run(Written.Sql sql, Draft draft, By by) {
        try {
            Answer answer = journey.answer(reading(sql), by, draft.mayDoubt());
            if (answer instanceof Answer.Rows rows && rows.outcome().rows() == 0 && draft.mayDoubt()) {
                return doubt(sql, draft, answer);
            }
            journey.release();
            return Optional.of(answer);
        } catch (HowdahException failure) {
            if (journey.hasRows() || !draft.repair(failure)) {
                throw failure;
            }
            journey.repairing(failure);
            return Optional.empty();
        }
    }

    /** Asks once whether nothing is the right answer; what the model then says of it decides. */
    private Optional<Answer> doubt(Written.Sql sql, Draft draft, Answer empty) {
        journey.reached(Stage.SQL, "no rows: asking whether that is right");
        draft.doubtEmpty();
        try {
            if (draft.next(cancellation) instanceof Written.Sql(String other, String reading, List<String> assumptions)
                    && !same(other, sql.sql())) {
                Answer answer = journey.answer(
                        reading(new Written.Sql(other, reading, assumptions)),
                        new By(((Answer.Rows) empty).by().name(), draft.calls(), draft.usage(), draft.cost()),
                        true);
                journey.release();
                return Optional.of(answer);
            }
        } catch (HowdahException worse) {
            if (worse.code() == ErrorCode.CANCELLED) {
                throw worse;
            }
            // The first answer stands: it ran.
            journey.repairing(worse);
        }
        journey.release();
        return Optional.of(empty);
    }

    private static boolean same(String one, String other) {
        return one.replaceAll("\\s+", " ").equals(other.replaceAll("\\s+", " "));
    }

    private static By by(SqlWriter writer, Draft draft) {
        return new By(writer.name(), draft.calls(), draft.usage(), draft.cost());
    }

    static Reading reading(Written.Sql sql) {
        return new Reading(sql.sql(), sql.reading(), 0, sql.assumptions(), List.of(), List.of(), List.of());
    }
}
