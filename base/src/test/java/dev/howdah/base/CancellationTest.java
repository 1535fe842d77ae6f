package dev.howdah.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest {
    @Test
    void runsWhatIsRegisteredOnce() {
        List<String> ran = new ArrayList<>();
        Cancellation cancellation = new Cancellation();
        cancellation.onCancel(() -> ran.add("first"));
        cancellation.cancel();
        cancellation.cancel();
        assertThat(ran).containsExactly("first");
    }

    @Test
    void runsAtOnceWhatComesTooLate() {
        List<String> ran = new ArrayList<>();
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        cancellation.onCancel(() -> ran.add("late")).close();
        assertThat(ran).containsExactly("late");
    }

    @Test
    void forgetsWhatWasTakenBack() {
        List<String> ran = new ArrayList<>();
        Cancellation cancellation = new Cancellation();
        cancellation.onCancel(() -> ran.add("closed")).close();
        cancellation.cancel();
        assertThat(ran).isEmpty();
    }

    @Test
    void checkFailsOnlyAfterCancelling() {
        Cancellation cancellation = new Cancellation();
        cancellation.check();
        cancellation.cancel();
        assertThatThrownBy(cancellation::check).isInstanceOfSatisfying(HowdahException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(e.code().exitCode()).isEqualTo(130);
            assertThat(e.hint()).isEmpty();
        });
    }
}
