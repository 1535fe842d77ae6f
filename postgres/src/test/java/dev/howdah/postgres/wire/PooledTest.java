package dev.howdah.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Cancellation;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.Database;
import dev.howdah.sample.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PooledTest {
    @Test
    void sharesFewConnectionsAmongMany() {
        try (OpenWire open = new OpenWire();
                Database database = Database.pooled(open.profile.withPoolSize(3));
                Wire wire = new Wire(database);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(CompletableFuture.supplyAsync(() -> pid(wire), threads));
            }
            Set<String> sessions = new HashSet<>();
            answers.forEach(answer -> sessions.add(answer.join()));
            assertThat(sessions).hasSizeBetween(1, 3);
        }
    }

    @Test
    void replacesWhatWasStoppedOrKilled() {
        try (OpenWire open = new OpenWire();
                Database database = Database.pooled(open.profile.withPoolSize(1));
                Wire wire = new Wire(database)) {
            String first = pid(wire);
            assertThat(pid(wire)).isEqualTo(first);
            assertThatThrownBy(() -> wire.read(
                            ReadRequest.of("SELECT pg_sleep(600)").withFinishWithin(Duration.ofMillis(100)),
                            new Collected(),
                            new Cancellation()))
                    .isInstanceOf(HowdahException.class);
            String second = pid(wire);
            assertThat(second).isNotEqualTo(first);
            kill(open.server, second);
            assertThat(pid(wire)).as("ended while nobody used it").isNotEqualTo(second);
            Collected cut = new Collected();
            wire.copyRows(
                    ReadRequest.of("SELECT * FROM generate_series(1, 1000000)").withMaxRows(5),
                    cut,
                    new Cancellation());
            assertThat(cut.rows).hasSize(5);
            assertThat(pid(wire)).isNotEmpty();
        }
    }

    private static void kill(TestDatabase server, String pid) {
        server.execute("SELECT pg_terminate_backend(" + pid + ", 5000)");
    }

    private static String pid(Wire wire) {
        Collected collected = new Collected();
        wire.read(ReadRequest.of("SELECT pg_backend_pid()"), collected, new Cancellation());
        return String.valueOf(collected.rows.getFirst().getFirst());
    }
}
