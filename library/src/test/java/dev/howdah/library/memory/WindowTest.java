package dev.howdah.library.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.agent.context.Background;
import dev.howdah.store.state.Exchange;
import dev.howdah.store.state.Exchange.Cost;
import dev.howdah.store.state.Exchange.Ending;
import dev.howdah.store.state.Exchange.Result;
import dev.howdah.store.state.Mistakes.Mistake;
import dev.howdah.store.state.Pin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static Exchange exchange(long number, Ending ending) {
        return new Exchange(
                number,
                Instant.EPOCH,
                "question " + number,
                "read as " + number,
                Optional.of("SELECT " + "x".repeat(80)),
                true,
                "built-in engine",
                new Result(ending, OptionalLong.of(number), false, ""),
                Cost.of(Duration.ZERO));
    }

    private static List<Exchange> exchanges(int count) {
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            exchanges.add(exchange(i, Ending.ANSWERED));
        }
        return exchanges;
    }

    @Test
    void whatFitsStaysAsItWasAndTheRestIsSummedUp() {
        Background background = new Window(150).of(exchanges(50), List.of(), List.of());
        assertThat(background.questions())
                .containsExactly("question 46", "question 47", "question 48", "question 49", "question 50");
        assertThat(background.summary())
                .get()
                .asString()
                .contains("(25 more questions)", "- question 45 (45 rows)")
                .doesNotContain("question 46", "question 25 ");
        assertThat(new Window(150).summaryOf(exchanges(50)).orElseThrow().until())
                .isEqualTo(45);
        assertThat(new Window(150).summaryOf(exchanges(2))).isEmpty();
        assertThat(new Window(0).of(exchanges(3), List.of(), List.of()).turns()).isEmpty();
    }

    @Test
    void pinsAndMistakesComeAlongWhateverTheirAge() {
        Background background = new Window(150)
                .of(
                        exchanges(50),
                        List.of(
                                new Pin(Pin.Kind.TABLE, "orders"),
                                new Pin(Pin.Kind.NOTE, "in cents"),
                                new Pin(Pin.Kind.RESULT, "3")),
                        List.of(
                                new Mistake("q", "SELECT totl", "no column totl", "SELECT total"),
                                new Mistake("q", "SELECT ?", "no table", "")));
        assertThat(background.tables()).containsExactly("orders");
        assertThat(background.notes()).hasSize(2).first().isEqualTo("in cents");
        assertThat(background.notes().getLast()).contains("no column totl", "SELECT total");
        assertThat(background.questions()).startsWith("question 3", "question 46");
    }

    @Test
    void whatWasNotUnderstoodIsNothingToGoOnFrom() {
        List<Exchange> exchanges =
                List.of(exchange(1, Ending.ANSWERED), exchange(2, Ending.DECLINED), exchange(3, Ending.FAILED));
        assertThat(new Window(1_000).of(exchanges, List.of(), List.of()).questions())
                .containsExactly("question 1");
    }
}
