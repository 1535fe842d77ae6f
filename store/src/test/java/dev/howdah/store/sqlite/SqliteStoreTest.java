package dev.howdah.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.store.state.Conversation;
import dev.howdah.store.state.Conversations;
import dev.howdah.store.state.Store;
import dev.howdah.store.state.StoreContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SqliteStoreTest extends StoreContract {
    @TempDir
    private Path directory;

    private final List<String> warnings = new ArrayList<>();

    private Path file() {
        return directory.resolve("deep/howdah.db");
    }

    @Override
    protected Store open(Clock with) {
        return new SqliteStore(file(), with, new SplittableRandom(System.nanoTime()), warnings::add);
    }

    /** A store with a conversation of so many exchanges, closed again. */
    private String filled(int exchanges) {
        try (Store store = open(clock)) {
            Conversation begun = store.conversations().create("shop", "kept");
            for (int i = 0; i < exchanges; i++) {
                store.conversations().add(begun.id(), exchange(clock.instant(), "question number " + i));
            }
            return begun.id();
        }
    }

    @Test
    void nothingIsMadeBeforeItIsUsed() {
        open(clock).close();
        assertThat(file()).doesNotExist();
    }

    @Test
    void itIsThereAfterARestart() {
        String id = filled(3);
        try (Store again = open(clock)) {
            assertThat(again.conversations().exchanges(id, 10)).hasSize(3);
            assertThat(again.conversations().search("number 2", 10)).hasSize(1);
        }
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        filled(1);
        try (Store open = open(clock)) {
            open.preferences().put("a", "b");
            try (Stream<Path> files = Files.list(file().getParent())) {
                for (Path one : files.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                            .as(one.toString())
                            .isEqualTo("rw-------");
                }
            }
        }
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        filled(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void severalStoresWriteToOneFile() throws InterruptedException {
        int writers = 8;
        int each = 25;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            threads.add(Thread.ofVirtual().start(() -> filled(each)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        try (Store store = open(clock)) {
            assertThat(store.conversations().recent(1_000)).hasSize(writers * each);
            assertThat(store.conversations().list(100)).hasSize(writers);
        }
        assertThat(warnings).isEmpty();
    }

    /** What another process stores until it is killed: prints each number once it is stored. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            SqliteStore store = new SqliteStore(
                    Path.of(arguments[0]), Clock.systemUTC(), new SplittableRandom(1), System.err::println);
            Conversation begun = store.conversations().create("shop", "killed");
            for (int i = 0; i < 1_000_000; i++) {
                System.out.println(store.conversations().add(begun.id(), exchange(Instant.now(), "question " + i)));
            }
        }
    }

    @Test
    void whatWasStoredIsThereAfterTheProcessWasKilled() throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Writer.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            while (last < 200) {
                last = Long.parseLong(out.readLine());
            }
            writer.destroyForcibly();
        }
        assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
        try (Store store = open(clock)) {
            Conversations conversations = store.conversations();
            assertThat(conversations.recent(Integer.MAX_VALUE).size()).isGreaterThanOrEqualTo((int) last);
            String id = conversations.find("killed").orElseThrow().id();
            assertThat(conversations.add(id, exchange(clock.instant(), "afterwards")))
                    .isGreaterThan(last - 1);
            assertThat(conversations.search("afterwards", 5)).hasSize(1);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void aFileThatIsNoneIsPutAsideAndSaid() throws IOException {
        filled(1);
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.write("This was once a database.".repeat(10).getBytes(StandardCharsets.UTF_8));
        }
        byte[] damaged = Files.readAllBytes(file());
        try (Store store = open(clock)) {
            assertThat(store.conversations().list(10)).isEmpty();
            store.conversations().create("shop", "");
        }
        assertThat(warnings).singleElement().asString().contains("was damaged", "damaged-20261120-120000");
        assertThat(Files.readAllBytes(file().resolveSibling("howdah.db.damaged-20261120-120000")))
                .as("nothing is lost")
                .isEqualTo(damaged);
    }

    @Test
    void whatCanBeReadOfADamagedFileIsSaved() throws IOException {
        String id = filled(2_000);
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            // A hole in the middle: pages of the table and of its indexes.
            bytes.seek(bytes.length() / 2 / 4096 * 4096);
            bytes.write(new byte[8 * 4096]);
        }
        try (Store store = open(clock)) {
            Conversations conversations = store.conversations();
            // Whatever is touched first finds the damage, and sees the repaired file.
            int saved = conversations.exchanges(id, Integer.MAX_VALUE).size();
            if (warnings.isEmpty()) {
                saved = conversations.search("question", Integer.MAX_VALUE).size();
            }
            assertThat(warnings).singleElement().asString().contains("records of it were saved");
            assertThat(saved).isBetween(1_000, 2_000);
            assertThat(conversations.search("question", Integer.MAX_VALUE)).hasSize(saved);
            assertThat(conversations.add(id, exchange(clock.instant(), "and on")))
                    .isPositive();
        }
    }

    @Test
    void aFileOfANewerHowdahIsLeftAlone() {
        filled(1);
        new SqliteFile(file(), new Schema("state", 1), clock, warnings::add).write(connection -> {
            SqliteFile.execute(connection, "PRAGMA user_version = 99");
            return 0;
        });
        try (Store store = open(clock)) {
            HowdahException failure = catchThrowableOfType(
                    HowdahException.class, () -> store.conversations().list(1));
            assertThat(failure.code()).isEqualTo(ErrorCode.FILE);
            assertThat(failure).hasMessageContaining("newer Howdah");
        }
    }

    @Test
    void aPlaceThatCannotBeUsedIsSaid() throws IOException {
        Files.writeString(directory.resolve("deep"), "a file where a directory should be");
        try (Store store = open(clock)) {
            HowdahException failure = catchThrowableOfType(
                    HowdahException.class, () -> store.preferences().get("a"));
            assertThat(failure.code()).isEqualTo(ErrorCode.FILE);
            assertThat(failure.hint()).get().asString().contains("history.file");
        }
    }

    @Test
    void aHalfWrittenChangeIsTakenBack() {
        SqliteFile sqlite = new SqliteFile(file(), Schema.STATE, clock, warnings::add);
        assertThatThrownBy(() -> sqlite.write(connection -> {
                    Row.change(connection, "INSERT INTO preference (name, value) VALUES ('a', 'b')");
                    throw new IllegalStateException("in the middle");
                }))
                .hasMessage("in the middle");
        assertThat(sqlite.<Integer>read(
                        connection -> Row.first(connection, "SELECT count(*) FROM preference", row -> row.getInt(1))
                                .orElseThrow()))
                .isZero();
        sqlite.close();
    }
}
