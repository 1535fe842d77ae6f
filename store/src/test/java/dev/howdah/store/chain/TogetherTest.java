package dev.howdah.store.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many write at once, and some are killed: the chain stays one, and what was acknowledged is there. */
@Timeout(600)
class TogetherTest {
    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void begin() throws IOException {
        bench = new Bench(directory);
    }

    @Test
    void threadsOfOneLogAndLogsOfOneProcess() throws Exception {
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        try (ChainedLog shared = ChainedLog.open(bench.files, bench.key, bench.small(20_000, Optional.empty()))) {
            for (int i = 0; i < 6; i++) {
                String name = "shared" + i;
                threads.add(start(failures, () -> append(shared, name, 50)));
            }
            for (int i = 0; i < 3; i++) {
                String name = "own" + i;
                threads.add(start(failures, () -> {
                    // Opened and closed again and again, while others hold the lock of the same file.
                    for (int part = 0; part < 5; part++) {
                        try (ChainedLog own =
                                ChainedLog.open(bench.files, bench.key, bench.small(20_000, Optional.empty()))) {
                            append(own, name + part, 10);
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(failures).isEmpty();
        assertThat(bench.verify().findings()).isEmpty();
        assertThat(new HashSet<>(bench.texts())).hasSize(450);
        assertThat(bench.texts()).hasSize(450);
    }

    private static void append(ChainedLog log, String name, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            log.append(Bench.record(name + " " + i), i % 3 == 0);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread start(ConcurrentLinkedQueue<Throwable> failures, Work work) {
        return Thread.ofPlatform().start(() -> {
            try {
                work.run();
            } catch (IOException | RuntimeException e) {
                failures.add(e);
            }
        });
    }

    @Test
    void anInterruptedThreadStillRecords() throws Exception {
        try (ChainedLog log = bench.open()) {
            Thread.currentThread().interrupt();
            log.append(Bench.record("interrupted"), true);
            assertThat(Thread.interrupted()).isTrue();
            log.append(Bench.record("after"), true);
        }
        assertThat(bench.texts()).containsExactly("interrupted", "after");
    }

    @Test
    void whatNobodyWaitsForIsNotedAsSyncedSoon() throws Exception {
        try (ChainedLog log = bench.open()) {
            log.append(Bench.record("lazy"), false);
            Awaitility.await().until(() -> Files.readString(bench.files.note()).startsWith("1:"));
            log.append(Bench.record("again"), false);
            Awaitility.await().until(() -> Files.readString(bench.files.note()).startsWith("2:"));
        }
    }

    @Test
    void processesWriteOneChain() throws Exception {
        List<Process> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            writers.add(Writer.start(bench, "process" + i, 60, List.of()));
        }
        Set<String> acknowledged = new HashSet<>();
        for (Process writer : writers) {
            acknowledged.addAll(Writer.acknowledged(writer));
            assertThat(writer.waitFor()).isZero();
        }
        assertThat(acknowledged).hasSize(180);
        assertThat(bench.verify().findings()).isEmpty();
        assertThat(bench.texts()).hasSize(180).containsAll(acknowledged);
    }

    /** {@code -Dhowdah.audit.kills=200} for the long run. */
    @Test
    void killedAtAnyMomentNothingAcknowledgedIsLost() throws Exception {
        int kills = Integer.getInteger("howdah.audit.kills", 10);
        long seed = Long.getLong("howdah.audit.seed", System.nanoTime());
        Random random = new Random(seed);
        Set<String> acknowledged = new HashSet<>();
        for (int kill = 0; kill < kills; kill++) {
            // Two write, so that one dies while the other waits for its lock, or holds it.
            Path heard = directory.resolve("heard");
            Path heardOfOther = directory.resolve("heard-other");
            Process victim = Writer.start(bench, "kill" + kill, 1_000_000, List.of(), Redirect.to(heard.toFile()));
            Process other =
                    Writer.start(bench, "other" + kill, 1_000_000, List.of(), Redirect.to(heardOfOther.toFile()));
            long enough = 1 + random.nextLong(4_000);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> Files.size(heard) >= enough);
            victim.destroyForcibly().waitFor();
            other.destroyForcibly().waitFor();
            for (Path file : List.of(heard, heardOfOther)) {
                Files.readString(file)
                        .lines()
                        .filter(line -> line.endsWith("."))
                        .map(line -> line.substring(0, line.length() - 1))
                        .forEach(acknowledged::add);
            }

            Verification verification = bench.verify();
            assertThat(verification.intact())
                    .as("seed %d, kill %d: %s", seed, kill, verification.findings())
                    .isTrue();
            Set<String> missing = new HashSet<>(acknowledged);
            bench.texts().forEach(missing::remove);
            assertThat(missing).as("seed %d, kill %d", seed, kill).isEmpty();
        }
        assertThat(acknowledged).hasSizeGreaterThan(kills);
    }

    @Test
    void aFullDiskIsSaidAndLeavesNoHalfLine() throws Exception {
        // A process that may write no file of more than 8 or 16 kB: its shell decides what a block is.
        Process writer = Writer.start(bench, "full", 1_000, List.of("sh", "-c", "ulimit -f 16; exec \"$@\"", "sh"));
        List<String> acknowledged = Writer.acknowledged(writer);
        assertThat(writer.waitFor()).isEqualTo(Writer.FAILED);
        assertThat(acknowledged).isNotEmpty().hasSizeLessThan(1_000);
        assertThat(bench.verify().findings()).isEmpty();
        assertThat(bench.texts()).containsExactlyElementsOf(acknowledged);

        bench.write("after", 1);
        assertThat(bench.texts()).endsWith("after 1").doesNotContain("torn_line");
        assertThat(bench.verify().findings()).isEmpty();
    }

    /** A program that appends and acknowledges each record on standard output once it is in the log. */
    static final class Writer {
        static final int FAILED = 3;

        private Writer() {}

        static Process start(Bench bench, String name, int count, List<String> before) throws IOException {
            return start(bench, name, count, before, Redirect.PIPE);
        }

        static Process start(Bench bench, String name, int count, List<String> before, Redirect output)
                throws IOException {
            List<String> command = new ArrayList<>(before);
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Writer.class.getName(),
                    bench.files.log().toString(),
                    name,
                    String.valueOf(count)));
            return new ProcessBuilder(command)
                    .redirectOutput(output)
                    .redirectError(Redirect.INHERIT)
                    .start();
        }

        static List<String> acknowledged(Process writer) throws IOException {
            List<String> lines = new ArrayList<>();
            try (BufferedReader reader = writer.inputReader(StandardCharsets.UTF_8)) {
                String line;
                while ((line = reader.readLine()) != null) {
                    lines.add(line.substring(0, line.length() - 1));
                }
            }
            return lines;
        }

        public static void main(String[] arguments) throws IOException {
            ChainFiles files = new ChainFiles(Path.of(arguments[0]));
            try (ChainedLog log =
                    ChainedLog.open(files, ChainedLog.key(files), ChainOptions.defaults(Clock.systemUTC()))) {
                for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                    String text = arguments[1] + " " + i;
                    log.append(Bench.record(text), i % 5 == 0);
                    System.out.write((text + ".\n").getBytes(StandardCharsets.UTF_8));
                    System.out.flush();
                }
            } catch (IOException e) {
                System.exit(FAILED);
            }
        }
    }
}
