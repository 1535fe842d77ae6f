package dev.howdah.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.internal.ConnectionSource;
import dev.howdah.postgres.internal.Connector;
import dev.howdah.postgres.internal.Link;
import dev.howdah.postgres.internal.SingleConnection;
import dev.howdah.postgres.internal.Turns;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many statements as a profile has connections run at a time; the others wait in the order in which they came. */
@Timeout(300)
class TurnsTest {
    private static ConnectionSource turns(OpenWire open, int size, Duration patience) {
        Profile profile = open.profile.withPoolSize(size);
        return new Turns(new SingleConnection(new Connector(profile)), profile, patience);
    }

    @Test
    void saysWhatItWaitedFor() {
        try (OpenWire open = new OpenWire();
                ConnectionSource turns = turns(open, 1, Duration.ofMillis(200))) {
            Link first = turns.take(new Cancellation());
            assertThatThrownBy(() -> turns.take(new Cancellation()))
                    .isInstanceOfSatisfying(HowdahException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.LIMIT);
                        assertThat(e)
                                .hasMessageContaining("Another statement runs")
                                .hasMessageContaining("200 ms");
                        assertThat(e.hint().orElseThrow()).contains("pool.size");
                    });
            turns.give(first, true);
            turns.give(turns.take(new Cancellation()), true);
        }
    }

    @Test
    void lastsInTheOrderOfComing() throws InterruptedException {
        try (OpenWire open = new OpenWire();
                ConnectionSource turns = turns(open, 1, Duration.ofMinutes(4))) {
            Link first = turns.take(new Cancellation());
            List<Integer> served = new CopyOnWriteArrayList<>();
            CountDownLatch done = new CountDownLatch(5);
            for (int i = 0; i < 5; i++) {
                int number = i;
                Thread waiter = Thread.ofPlatform().start(() -> {
                    Link link = turns.take(new Cancellation());
                    served.add(number);
                    turns.give(link, true);
                    done.countDown();
                });
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
            }
            assertThat(served).isEmpty();
            turns.give(first, true);
            done.await();
            assertThat(served).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void whoeverCancelsLeavesTheQueue() {
        try (OpenWire open = new OpenWire();
                ConnectionSource turns = turns(open, 1, Duration.ofMinutes(4))) {
            Link first = turns.take(new Cancellation());
            Cancellation cancellation = new Cancellation();
            CompletableFuture<Link> impatient = CompletableFuture.supplyAsync(() -> turns.take(cancellation));
            cancellation.cancel();
            assertThatThrownBy(impatient::join)
                    .hasCauseInstanceOf(HowdahException.class)
                    .hasMessageContaining("Cancelled");
            turns.give(first, true);
            turns.give(turns.take(new Cancellation()), true);
        }
    }
}
