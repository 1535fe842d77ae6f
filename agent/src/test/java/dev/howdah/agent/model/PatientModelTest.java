package dev.howdah.agent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.agent.model.Completion.Finish;
import dev.howdah.agent.model.Completion.Usage;
import dev.howdah.agent.model.ModelException.Fault;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatientModelTest {
    private static final Completion ANSWER = new Completion("ok", List.of(), Finish.DONE, Usage.NONE);

    private final List<Duration> waits = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    /** Fails as scripted, then answers. */
    private static final class Script implements Model {
        private final Deque<ModelException> failures;
        private int calls;

        Script(ModelException... failures) {
            this.failures = new ArrayDeque<>(List.of(failures));
        }

        @Override
        public String name() {
            return "script";
        }

        @Override
        public Completion complete(Prompt prompt, TextListener text, Cancellation cancellation) {
            calls++;
            text.text("part");
            ModelException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            return ANSWER;
        }
    }

    private static ModelException failure(Fault fault, @Nullable Duration retryAfter) {
        return new ModelException(fault, "failed", null, retryAfter, null);
    }

    private PatientModel patient(Model model) {
        return new PatientModel(
                model,
                60_000,
                (time, cancellation) -> {
                    if (time.compareTo(Duration.ofMillis(10)) > 0) {
                        waits.add(time);
                    }
                },
                new Random(1));
    }

    private Completion complete(Model model) {
        return model.complete(
                Prompt.of(new Message.FromPerson("?")),
                new Model.TextListener() {
                    @Override
                    public void text(String piece) {
                        heard.add(piece);
                    }

                    @Override
                    public void again() {
                        heard.add("<again>");
                    }
                },
                new Cancellation());
    }

    @Test
    void passingFailuresAreTriedAgainAndWhatWasHeardIsVoid() {
        Script script = new Script(failure(Fault.BROKEN, null), failure(Fault.SERVER, null), failure(Fault.CUT, null));
        assertThat(complete(patient(script))).isEqualTo(ANSWER);
        assertThat(script.calls).isEqualTo(4);
        assertThat(heard).containsExactly("part", "<again>", "part", "<again>", "part", "<again>", "part");
        assertThat(waits).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(waits.get(i)).isBetween(Duration.ofMillis(250L << i), Duration.ofMillis(500L << i));
        }
    }

    @Test
    void givesUpAfterThreeMoreAttempts() {
        Script script = new Script(
                failure(Fault.BUSY, null),
                failure(Fault.BUSY, null),
                failure(Fault.BUSY, null),
                failure(Fault.BUSY, null));
        assertThatThrownBy(() -> complete(patient(script))).isInstanceOf(ModelException.class);
        assertThat(script.calls).isEqualTo(4);
    }

    @Test
    void obeysRetryAfter() {
        complete(patient(new Script(failure(Fault.BUSY, Duration.ofSeconds(7)))));
        assertThat(waits).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void doesNotWaitMinutes() {
        Script script = new Script(failure(Fault.BUSY, Duration.ofMinutes(5)));
        assertThatThrownBy(() -> complete(patient(script))).isInstanceOf(ModelException.class);
        assertThat(script.calls).isEqualTo(1);
        assertThat(waits).isEmpty();
    }

    @Test
    void whatWillNotPassIsNotTriedAgain() {
        for (Fault fault : Fault.values()) {
            if (!fault.isPassing()) {
                Script script = new Script(failure(fault, null));
                assertThatThrownBy(() -> complete(patient(script))).isInstanceOf(ModelException.class);
                assertThat(script.calls).as(fault.name()).isEqualTo(1);
            }
        }
    }

    @Test
    void leavesAFailingServerAlone() {
        Script script = new Script(java.util.stream.Stream.generate(() -> failure(Fault.SERVER, null))
                .limit(8)
                .toArray(ModelException[]::new));
        PatientModel patient = patient(script);
        assertThatThrownBy(() -> complete(patient))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        failure -> assertThat(failure.fault()).isEqualTo(Fault.SERVER));
        assertThatThrownBy(() -> complete(patient))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        failure -> assertThat(failure.fault()).isEqualTo(Fault.RESTING))
                .hasMessageContaining("5 times running");
        assertThat(script.calls).isEqualTo(5);
    }

    @Test
    void stopsWaitingWhenCancelled() {
        Script script = new Script(failure(Fault.BUSY, null));
        Cancellation cancellation = new Cancellation();
        PatientModel patient = new PatientModel(script, 60_000, (time, given) -> cancellation.cancel(), new Random(1));
        assertThatThrownBy(() -> patient.complete(
                        Prompt.of(new Message.FromPerson("?")), Model.TextListener.none(), cancellation))
                .isInstanceOfSatisfying(
                        HowdahException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED));
    }
}
