package dev.howdah.store.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.store.chain.Verification.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What crashes leave, wherever they strike, and what is kept of it; files that follow each other. */
class CrashTest {
    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void begin() throws IOException {
        bench = new Bench(directory);
    }

    @Test
    void aLineThatIsTornAtAnyByteIsKeptAndRecorded() throws IOException {
        bench.write("entry", 3);
        byte[] three = bench.bytes();
        byte[] note = Files.readAllBytes(bench.files.note());
        bench.write("torn", 1);
        byte[] four = bench.bytes();

        for (int length = three.length + 1; length < four.length; length++) {
            bench.bytes(Arrays.copyOf(four, length));
            Files.write(bench.files.note(), note);
            assertThat(bench.kinds()).containsExactly(Kind.TORN);
            assertThat(bench.verify().intact()).isTrue();

            bench.write("after", 1);

            assertThat(bench.texts()).containsExactly("entry 1", "entry 2", "entry 3", "torn_line", "after 1");
            assertThat(bench.kinds()).isEmpty();
            Path kept = bench.files.torn(4, 1);
            assertThat(kept).hasBinaryContent(Arrays.copyOfRange(four, three.length, length));
            assertThat(bench.lines().get(3))
                    .contains("\"bytes\":" + (length - three.length), "audit-torn-000000000004-1");
            Files.delete(kept);
        }
    }

    @Test
    void aCrashWhileTheTornLineIsSetAsideLosesNothing() throws IOException {
        bench.write("entry", 2);
        bench.appendRaw("{\"seq\":3,\"half");
        // As if the process had been killed after the copy and before the record of it.
        Files.writeString(bench.files.torn(3, 1), "{\"seq\":3,\"half");
        bench.write("after", 1);

        assertThat(bench.texts()).containsExactly("entry 1", "entry 2", "torn_line", "after 1");
        assertThat(bench.lines().get(2)).contains("audit-torn-000000000003-1\",\"audit-torn-000000000003-2");
        assertThat(bench.kinds()).isEmpty();

        // As if it had been killed before the rest of the torn line was taken away.
        bench.appendRaw("rest of a long torn line");
        bench.write("later", 1);
        assertThat(bench.texts()).endsWith("after 1", "torn_line", "later 1");
        assertThat(bench.files.torn(5, 1)).hasContent("rest of a long torn line");
        assertThat(bench.kinds()).isEmpty();
    }

    @Test
    void aTornLineThatTheNoteKnowsAsWholeWasCutByHand() throws IOException {
        bench.write("entry", 3);
        byte[] bytes = bench.bytes();
        bench.bytes(Arrays.copyOf(bytes, bytes.length - 5));
        assertThat(bench.kinds()).containsExactly(Kind.TORN, Kind.MISSING);
        assertThat(bench.verify().intact()).isFalse();
    }

    @Test
    void aLogOfNothingButATornLineBeginsAfterIt() throws IOException {
        Files.writeString(bench.files.log(), "{\"se");
        bench.write("entry", 1);
        assertThat(bench.texts()).containsExactly("torn_line", "entry 1");
        assertThat(bench.kinds()).isEmpty();
    }

    @Test
    void veryLongRecordsAreFoundAgain() throws IOException {
        bench.write("x".repeat(300_000), 2);
        bench.appendRaw("y".repeat(200_000));
        bench.write("z".repeat(20_000), 1);
        assertThat(bench.verify().records()).isEqualTo(4);
        assertThat(bench.kinds()).isEmpty();
    }

    @Test
    void filesFollowEachOtherInOneChain() throws IOException {
        try (ChainedLog log = ChainedLog.open(bench.files, bench.key, bench.small(1_000, Optional.empty()))) {
            for (int i = 1; i <= 40; i++) {
                log.append(Bench.record("entry " + i), i % 4 == 0);
            }
        }
        assertThat(bench.files.rotated()).hasSizeGreaterThan(5);
        assertThat(bench.files.all())
                .allSatisfy(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(1_000));
        Verification verification = bench.verify();
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.records()).isEqualTo(40);

        List<String> last = new ChainReader(bench.files).last(7, line -> !line.contains("entry 38\""));
        assertThat(last.stream().map(ChainReader::sequence)).containsExactly(33L, 34L, 35L, 36L, 37L, 39L, 40L);
        List<Long> after = new ArrayList<>();
        new ChainReader(bench.files).after(31, line -> after.add(ChainReader.sequence(line)) && after.size() < 4);
        assertThat(after).containsExactly(32L, 33L, 34L, 35L);
        assertThat(ChainReader.sequence("no record")).isZero();

        Files.delete(bench.files.rotated().get(2));
        assertThat(bench.kinds()).containsExactly(Kind.MISSING);
    }

    @Test
    void aCrashBetweenTwoFilesBreaksNothing() throws IOException {
        bench.write("entry", 3);
        Files.move(bench.files.log(), bench.files.rotated(3));
        assertThat(bench.kinds()).isEmpty();
        bench.write("after", 2);
        assertThat(bench.texts()).containsExactly("entry 1", "entry 2", "entry 3", "after 1", "after 2");
        assertThat(bench.kinds()).isEmpty();
    }

    @Test
    void whatRetentionDeletesIsRecordedAndNotMissing() throws IOException {
        ChainOptions options = bench.small(1_000, Optional.of(Duration.ofDays(30)));
        Head early;
        try (ChainedLog log = ChainedLog.open(bench.files, bench.key, options)) {
            early = log.append(Bench.record("entry 1"), true);
            for (int i = 2; i <= 18; i++) {
                log.append(Bench.record("entry " + i), false);
            }
            List<Path> rotated = bench.files.rotated();
            assertThat(rotated).hasSizeGreaterThan(2);
            for (Path old : rotated.subList(0, 2)) {
                Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
            }
            for (int i = 19; i <= 26; i++) {
                log.append(Bench.record("entry " + i), false);
            }
            assertThat(rotated.get(0)).doesNotExist();
            assertThat(rotated.get(1)).doesNotExist();
            assertThat(rotated.get(2)).exists();
        }
        assertThat(bench.texts()).contains("records_deleted").doesNotContain("entry 1");
        assertThat(bench.kinds()).isEmpty();
        Verification early1 = ChainVerifier.verify(bench.files, bench.key, Optional.of(early));
        assertThat(early1.intact()).isTrue();
        assertThat(early1.findings()).extracting(Verification.Finding::kind).containsExactly(Kind.REMARK);

        Files.delete(bench.files.rotated().getFirst());
        assertThat(bench.kinds()).containsExactly(Kind.MISSING);
    }

    @Test
    void nobodyElseMayRead() throws IOException {
        bench.write("entry", 1);
        bench.appendRaw("torn");
        bench.write("entry", 1);
        for (Path path : List.of(
                bench.files.log(), bench.files.key(), bench.files.note(), bench.files.lock(), bench.files.torn(2, 1))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .as(path.toString())
                    .isEqualTo("rw-------");
        }
        Path below = directory.resolve("new/below/audit.jsonl");
        ChainFiles files = new ChainFiles(below);
        ChainKey key = ChainedLog.key(files);
        ChainedLog.open(files, key, bench.options()).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(below.getParent())))
                .isEqualTo("rwx------");
        assertThat(Files.readString(files.key(), StandardCharsets.UTF_8)).matches("[0-9a-f]{64}\n");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsSaid() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        ChainFiles files = new ChainFiles(file.resolve("audit.jsonl"));
        assertThatThrownBy(() -> ChainedLog.open(files, bench.key, bench.options()))
                .isInstanceOf(IOException.class);
        ChainedLog log = bench.open();
        log.close();
        log.close();
        assertThatThrownBy(() -> log.append(Bench.record("late"), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }
}
