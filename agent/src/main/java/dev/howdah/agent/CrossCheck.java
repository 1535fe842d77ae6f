package dev.howdah.agent;

import dev.howdah.agent.context.Background;
import dev.howdah.agent.spending.Spending;
import dev.howdah.agent.writing.Draft;
import dev.howdah.agent.writing.SqlWriter;
import dev.howdah.agent.writing.Written;
import dev.howdah.base.Cancellation;
import dev.howdah.base.Event.Stage;
import dev.howdah.base.HowdahException;
import dev.howdah.question.Reading;
import java.util.List;
import java.util.Optional;

/** Has a question read twice, and answers it only if both readings come to the same rows. For one thread. */
final class CrossCheck {
    private final Spending.Account account;
    private final Journey journey;
    private final Cancellation cancellation;

    CrossCheck(Spending.Account account, Journey journey, Cancellation cancellation) {
        this.account = account;
        this.journey = journey;
        this.cancellation = cancellation;
    }

    /** A reading that ran. */
    private record Read(Reading reading, String by, Print print) {}

    /**
     * Answers, if the second reader agrees.
     *
     * @param engine how the engine read it; empty if it did not
     * @return empty if there are no two readings to compare
     */
    Optional<Answer> answer(String question, Background background, Models models, Optional<Reading> engine) {
        SqlWriter model = models.tiers().getLast();
        Optional<Read> first = engine.isPresent()
                ? Optional.of(new Read(engine.get(), By.ENGINE.name(), print(engine.get(), Optional.empty())))
                : read(question, background, model);
        Optional<SqlWriter> reader = engine.isPresent() ? Optional.of(model) : models.checker();
        if (first.isEmpty() || reader.isEmpty()) {
            return Optional.empty();
        }
        Optional<Read> second = read(question, background, reader.get());
        if (second.isEmpty()) {
            return engine.isPresent()
                    ? Optional.of(journey.answer(engine.get(), by(By.ENGINE.name())))
                    : Optional.empty();
        }
        if (!first.get().print().agrees(second.get().print())) {
            return Optional.of(disagreement(first.get(), second.get()));
        }
        Answer answer = journey.answer(first.get().reading(), by(first.get().by()));
        return Optional.of(
                answer instanceof Answer.Rows rows
                        ? rows.confirmedBy(second.get().by())
                        : answer);
    }

    private By by(String name) {
        return new By(name, account.calls(), account.usage(), account.cost());
    }

    private Answer disagreement(Read first, Read second) {
        return new Answer.Asked(
                "Two readers come to different results. Which is meant?",
                List.of(words(first), words(second)),
                by(first.by() + " and " + second.by()));
    }

    private static String words(Read read) {
        String how = read.reading().inWords().isBlank()
                ? read.reading().sql()
                : read.reading().inWords();
        return how + " (" + read.by() + ": " + read.print().rows()
                + (read.print().rows() == 1 ? " row)" : " rows)");
    }

    private Print print(Reading reading, Optional<String> model) {
        journey.reached(Stage.EXECUTION, "running a reading to compare");
        return journey.print(reading.sql(), model);
    }

    /** A model's reading that ran; empty if it has none. */
    private Optional<Read> read(String question, Background background, SqlWriter writer) {
        Draft draft = writer.begin(
                question,
                background,
                journey.guard(writer.name()),
                account,
                journey.hearing(writer.name()),
                cancellation);
        while (true) {
            if (!(draft.next(cancellation) instanceof Written.Sql sql)) {
                return Optional.empty();
            }
            Reading reading = ModelAnswers.reading(sql);
            try {
                return Optional.of(new Read(reading, writer.name(), print(reading, Optional.of(writer.name()))));
            } catch (HowdahException failure) {
                if (!draft.repair(failure)) {
                    throw failure;
                }
                journey.repairing(failure);
            }
        }
    }
}
