package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.howdah.cli.Workbench.Ran;
import dev.howdah.sample.Server;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which there is no connection: exit code 6, what failed, what to do, and no password shown. */
final class NoConnectionTest {
    private final Server server = TestPostgres.open().server();

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeEach
    void prepare() {
        bench = new Workbench(directory);
    }

    @Test
    void wrongPassword() {
        for (List<String> command : commands()) {
            Ran ran = run(command, server.as(server.user(), "hunter2-wrong").url("postgres"));
            if (command.getFirst().equals("doctor")) {
                assertThat(ran.exitCode()).isEqualTo(6);
                assertThat(ran.out())
                        .contains("WRONG  database: The password for user")
                        .doesNotContain("hunter2");
            } else {
                ran.failed(
                        6, "The password for user \"" + server.user() + "\" at 127.0.0.1:", "is wrong", "Correct it");
                assertThat(ran.err()).doesNotContain("hunter2");
            }
        }
        bench.assertNoSessionLeft();
    }

    @Test
    void noPassword() {
        bench.run(
                        "sql",
                        "-h",
                        server.host(),
                        "-p",
                        String.valueOf(server.port()),
                        "-U",
                        server.user(),
                        "-d",
                        "postgres",
                        "select 1")
                .failed(6, "password", "PGPASSWORD");
    }

    @Test
    void refusedPort() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        run(List.of("sql", "select 1"), "postgresql://me@127.0.0.1:" + port + "/shop")
                .failed(6, "Nothing accepts connections at 127.0.0.1:" + port, "Is PostgreSQL running");
    }

    @Test
    void unknownHost() {
        run(List.of("sql", "select 1"), "postgresql://me@no-such-host.invalid/shop")
                .failed(6, "no-such-host.invalid", "unknown");
    }

    @Test
    void silentHost() throws IOException {
        // Accepts and never answers.
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "postgresql://me@127.0.0.1:" + socket.getLocalPort() + "/shop?connect_timeout=2";
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> run(List.of("sql", "select 1"), url))
                    .failed(6, "No answer from 127.0.0.1:" + socket.getLocalPort() + " within 2 s.", "connect_timeout");
        }
    }

    @Test
    void missingDatabase() {
        run(List.of("ask", "how many orders are there"), server.url("no_such_database"))
                .failed(6, "There is no database \"no_such_database\" at 127.0.0.1:", "Name another with -d");
        bench.assertNoSessionLeft();
    }

    @Test
    void tlsThatTheServerDoesNotSpeak() {
        run(List.of("sql", "select 1"), server.url("postgres") + "?sslmode=require")
                .failed(6, "does not support TLS", "sslmode=require", "sslmode=prefer");
        bench.assertNoSessionLeft();
    }

    @Test
    void noDatabaseNamed() {
        bench.run("sql", "select 1").failed(2, "No database is named.", "howdah demo", "-d postgresql://");
        bench.run("ask", "how many orders").failed(2, "No database is named.");
    }

    @Test
    void brokenUrl() {
        run(List.of("sql", "select 1"), "postgresql://me:geheim@host:notaport/x")
                .failed(2, "port");
        run(List.of("sql", "select 1"), "postgresql://me@host/x?sslmod=require").failed(2, "sslmod");
    }

    @Test
    void sessionEndedByTheAdministrator() throws Exception {
        try (TestDatabase database = TestPostgres.open().empty()) {
            Thread killer = Thread.ofVirtual().unstarted(() -> terminate(database));
            killer.start();
            Ran ran = run(
                    List.of("sql", "select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b"),
                    database.url());
            killer.join();
            ran.failed(6, "try again");
            bench.assertNoSessionLeft();
        }
    }

    private void terminate(TestDatabase database) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> bench.sessions().stream().anyMatch(session -> session.contains("generate_series")));
        database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                + database.database() + "' AND pid <> pg_backend_pid()");
    }

    private Ran run(List<String> command, String url) {
        return bench.database(url).run(command.toArray(new String[0]));
    }

    private static List<List<String>> commands() {
        return List.of(
                List.of("sql", "select 1"),
                List.of("ask", "how many orders are there"),
                List.of("explain", "select 1"),
                List.of("schema"),
                List.of("doctor"));
    }
}
