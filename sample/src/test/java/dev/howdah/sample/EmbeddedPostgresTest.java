package dev.howdah.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    /** One server for the tests that leave it as it was, as making one takes longer than most of them. */
    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    EmbeddedPostgres common;
    EmbeddedPostgres postgres;

    @BeforeEach
    void prepare() {
        common = Scratch.postgres(Scratch.open(shared).resolve("server"));
        postgres = Scratch.postgres(Scratch.open(directory).resolve("server"));
    }

    @AfterEach
    void stop() {
        postgres.stop();
    }

    @AfterAll
    static void stopCommon() {
        Scratch.postgres(shared.resolve("server")).stop();
    }

    @Test
    void startsColdIsAdoptedAndStops() throws SQLException {
        List<String> steps = new ArrayList<>();
        Server server = postgres.start((step, fraction) -> steps.add(step));
        assertThat(steps).contains("creating the database server").anyMatch(step -> step.startsWith("starting"));
        try (Connection connection = server.connect("postgres")) {
            assertThat(Scratch.value(connection, "SHOW server_version_num")).startsWith("17");
            assertThat(Scratch.value(connection, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(Scratch.value(connection, "SELECT upper('straße é')")).isEqualTo("STRASSE É".replace("SS", "ß"));
        }

        PostmasterFile first = Scratch.postmaster(postgres);
        assertThat(Scratch.postgres(directory.resolve("server")).start(Progress.NONE))
                .isEqualTo(server);
        assertThat(Scratch.postmaster(postgres)).isEqualTo(first);

        postgres.stop();
        assertThat(postgres.running()).isEmpty();
        assertThat(first.alive()).isFalse();
        assertThat(postgres.start(Progress.NONE).port())
                .as("the port is remembered")
                .isEqualTo(server.port());
    }

    @Test
    void recoversWhatWasCommittedWhenItIsKilled() throws SQLException {
        postgres = Scratch.postgres(directory.resolve("server"), EmbeddedPostgres.Durability.KEPT);
        Server server = postgres.start(Progress.NONE);
        server.execute("postgres", "CREATE TABLE kept AS SELECT 1 AS one");
        Connection session = server.connect("postgres");
        Scratch.kill(postgres);
        assertThat(directory.resolve("server/data/postmaster.pid")).exists();
        assertThat(postgres.running()).isEmpty();

        Server again = postgres.start(Progress.NONE);
        try (Connection connection = again.connect("postgres")) {
            assertThat(Scratch.value(connection, "SELECT one FROM kept")).isEqualTo("1");
        }
        assertThat(session.isValid(1)).isFalse();
        session.close();
    }

    /** It notices the server's death when it next waits, which it never does. */
    @Test
    @Timeout(300)
    void startsAgainAlthoughASessionOfTheKilledServerGoesOnComputing() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/comm")), "only Linux tells whose session it is");
        Server server = postgres.start(Progress.NONE);
        try (Connection session = server.connect("postgres");
                Statement statement = session.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long computing = Long.parseLong(Scratch.value(session, "SELECT pg_backend_pid()"));
            Future<?> endless = threads.submit(() -> statement.execute("DO $$ BEGIN LOOP END LOOP; END $$"));
            try (Connection other = server.connect("postgres")) {
                while (!Scratch.value(other, "SELECT state FROM pg_stat_activity WHERE pid = " + computing)
                        .equals("active")) {
                    Thread.onSpinWait();
                }
            }
            Scratch.kill(postgres);

            Server again = postgres.start(Progress.NONE);
            try (Connection connection = again.connect("postgres")) {
                assertThat(Scratch.value(connection, "SELECT 1")).isEqualTo("1");
            }
            assertThatThrownBy(endless::get).hasMessageContaining("I/O error");
        }
    }

    @Test
    void takesOnlyTheRightPassword() {
        Server server = common.start(Progress.NONE);
        for (String wrong : List.of("", "postgres", server.password() + "x")) {
            assertThatThrownBy(
                            () -> server.as(EmbeddedPostgres.SUPERUSER, wrong).connect("postgres"))
                    .as(wrong)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }

    @Test
    void listensOnTheLoopbackAddressOnly() throws SQLException, IOException {
        Server server = common.start(Progress.NONE);
        try (Connection connection = server.connect("postgres")) {
            assertThat(Scratch.value(connection, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(Scratch.value(connection, "SHOW unix_socket_directories"))
                    .isEmpty();
            assertThat(Scratch.column(connection, "SELECT DISTINCT auth_method FROM pg_hba_file_rules"))
                    .containsExactly("scram-sha-256");
        }
        assumeTrue(Directories.isPosix(directory), "file permissions are POSIX's");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared.resolve("server/password"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared.resolve("server/data"))))
                .isEqualTo("rwx------");
    }

    @Test
    void takesAnotherPortWhenItsOwnIsTaken() throws IOException, SQLException {
        int port = common.start(Progress.NONE).port();
        common.stop();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Server server = common.start(Progress.NONE);
            assertThat(server.port()).isNotEqualTo(taken.getLocalPort());
            server.connect("postgres").close();
        }
    }

    @Test
    void severalAtOnceStartOne() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Server> start =
                    () -> Scratch.postgres(directory.resolve("server")).start(Progress.NONE);
            List<Future<Server>> servers = threads.invokeAll(List.of(start, start, start, start));
            for (Future<Server> server : servers) {
                assertThat(server.get()).isEqualTo(servers.getFirst().get());
            }
        }
    }

    @Test
    void survivesAnInitializationThatWasCutOff() throws IOException {
        Files.createDirectories(directory.resolve("server/data.unfinished/base"));
        Files.writeString(directory.resolve("server/data.unfinished/PG_VERSION"), "1");
        assertThat(postgres.start(Progress.NONE).port()).isPositive();
        assertThat(directory.resolve("server/data.unfinished")).doesNotExist();
    }

    @Test
    void hasASessionOfItsOwnSoThatControlCDoesNotReachIt() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "needs Linux's /proc");
        common.start(Progress.NONE);
        long pid = Scratch.postmaster(common).pid();
        // pid (name) state ppid pgrp session
        List<String> fields =
                List.of(Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ", -1));
        assertThat(fields.get(5)).isEqualTo(String.valueOf(pid));
    }

    @Test
    void saysWhatToDoWhereItCannotWrite() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> Scratch.postgres(file.resolve("server")).start(Progress.NONE))
                .asInstanceOf(type(HowdahException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.FILE);
                    assertThat(e).hasMessageContaining(file.toString()).hasMessageContaining("Not a directory");
                    assertThat(e.hint())
                            .hasValueSatisfying(hint -> assertThat(hint).contains("XDG_DATA_HOME"));
                });
    }

    @Test
    void saysWhyTheServerDoesNotStart() throws IOException {
        common.start(Progress.NONE);
        common.stop();
        Path settings = shared.resolve("server/data/postgresql.conf");
        String right = Files.readString(settings);
        Files.writeString(settings, right + "no_such_setting = 1\n");
        assertThatThrownBy(() -> common.start(Progress.NONE))
                .asInstanceOf(type(HowdahException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.NO_CONNECTION);
                    assertThat(e).hasMessageContaining("did not start").hasMessageContaining("contains errors");
                    assertThat(e.hint())
                            .hasValueSatisfying(hint -> assertThat(hint).contains("server.log"));
                });
        Files.writeString(settings, right);
    }

    @Test
    void deletedIsGoneAndMadeAnew() throws SQLException {
        Server server = postgres.start(Progress.NONE);
        server.execute("postgres", "CREATE DATABASE mine");
        postgres.delete();
        assertThat(directory.resolve("server/data")).doesNotExist();
        try (Connection connection = postgres.start(Progress.NONE).connect("postgres")) {
            assertThat(Scratch.column(connection, "SELECT datname FROM pg_database WHERE datname = 'mine'"))
                    .isEmpty();
        }
    }
}
