package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.cli.Workbench.Ran;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One demo through its life by commands; each test goes on where the one before left it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DemoTest {
    private static final String QUESTION = "how many orders are there";

    private Path data = Path.of("data");
    private Path directory = Path.of("directory");

    @BeforeAll
    void prepare(@TempDir Path temporary) throws IOException {
        directory = temporary;
        data = temporary.resolve("data");
        // The server's user has to reach it, and the programs are unpacked already.
        TestPostgres.open();
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(data.resolve("howdah"));
        Files.createSymbolicLink(
                data.resolve("howdah/binaries"),
                Path.of(System.getProperty("howdah.test.directory"))
                        .toAbsolutePath()
                        .resolve("binaries"));
    }

    @AfterAll
    void stop() {
        bench().run("demo", "stop");
    }

    private Workbench bench() {
        return new Workbench(directory).variable("XDG_DATA_HOME", data.toString());
    }

    @Test
    @Order(1)
    void beforeItIsMade() {
        assertThat(bench().run("demo", "status").answered().out())
                .contains("running    no (`howdah demo start`", "version    PostgreSQL 17.", "not loaded yet");
        bench().run("demo", "url").failed(6, "The demo database is not running.", "howdah demo start");
        bench().run("demo", "stop").answered();
    }

    @Test
    @Order(2)
    void aQuestionMakesAndStartsIt() {
        Ran ran = bench().terminal().run("demo", "-At", QUESTION).answered();
        assertThat(ran.out()).matches("[0-9]+\n");
        assertThat(ran.err()).contains("Read as: ");
        assertThat(bench().run("demo", "status").out()).contains("running    on 127.0.0.1 port ", "data up to 20");
    }

    @Test
    @Order(3)
    void theUrlServesEverything() {
        String url = bench().run("demo", "url").answered().out().strip();
        assertThat(url).startsWith("postgresql://howdah_demo:").endsWith("/shop");
        String count = bench().run("demo", "-At", QUESTION).out();
        bench().run("sql", "-At", "-d", url, "select count(*) from orders").answered(count);
        bench().run("sql", "-At", "-d", "demo", "select count(*) from orders").answered(count);
        bench().run("ask", "-At", "-d", "demo", "how", "many", "orders", "are", "there")
                .answered(count);
        assertThat(bench().run("schema", "-d", "demo", "orders").answered().out())
                .contains("Table shop.orders");
        bench().run("sql", "-d", "demo", "delete from orders").failed(4, "Refused: DELETE changes rows.");
        assertThat(bench().run("demo", "--dry-run", QUESTION).answered().out()).startsWith("SELECT count(*)");
        assertThat(bench().run("doctor", "-d", "demo").answered().out()).contains("howdah_demo, not a superuser");
    }

    @Test
    @Order(4)
    void startingWhatRunsIsNoError() {
        assertThat(bench().run("demo", "start").answered().out()).contains("The demo database runs on 127.0.0.1 port");
    }

    @Test
    @Order(5)
    void killedBetweenCommandsItRecovers() throws Exception {
        String count = bench().run("demo", "-At", QUESTION).answered().out();
        killServer();
        Ran url = bench().run("demo", "url");
        assertThat(url.exitCode()).as(url.err()).isEqualTo(6);
        assertThat(bench().run("demo", "status").answered().out()).contains("running    no");
        bench().run("demo", "-At", QUESTION).answered().printed(count);
    }

    @Test
    @Order(6)
    void killedDuringACommandItRecovers() throws Exception {
        String url = bench().run("demo", "url").answered().out().strip();
        Thread killer = Thread.ofVirtual().start(() -> {
            try (Connection connection = DriverManager.getConnection(jdbc(url));
                    Statement statement = connection.createStatement()) {
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    try (ResultSet rows = statement.executeQuery(
                            "SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%generate_series%' AND pid <> pg_backend_pid()")) {
                        return rows.next();
                    }
                });
                killServer();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        Ran ran = bench().run(
                        "sql",
                        "-d",
                        "demo",
                        "select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b");
        killer.join();
        ran.failed(6, "try again");
        assertThat(bench().run("demo", "-At", QUESTION).answered().out()).matches("[0-9]+\n");
    }

    @Test
    @Order(7)
    void stopsAndStartsAgain() {
        bench().run("demo", "stop").answered("The demo database is stopped; its data stays.\n");
        assertThat(bench().run("demo", "status").out()).contains("running    no", "data up to 20");
        assertThat(bench().run("demo", "start").answered().out()).contains("runs on 127.0.0.1");
    }

    @Test
    @Order(8)
    void resetMakesItAnew() throws Exception {
        assertThat(bench().run("demo", "reset").answered().out()).contains("runs on 127.0.0.1");
        assertThat(bench().run("demo", "-At", QUESTION).answered().out()).matches("[0-9]+\n");
    }

    @Test
    @Order(9)
    void saysWhereItCannotBeKept() throws IOException {
        Path file = Files.createFile(directory.resolve("a-file"));
        new Workbench(directory)
                .variable("XDG_DATA_HOME", file.toString())
                .run("demo", "start")
                .failed(1, file.toString());
    }

    private static String jdbc(String url) {
        URI uri = URI.create(url);
        String[] user = uri.getUserInfo().split(":", 2);
        return "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath() + "?user=" + user[0]
                + "&password=" + user[1];
    }

    /** As {@code kill -9} does it. */
    private void killServer() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path pidFile = data.resolve("howdah/demo/17/data/postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        // A session that computes goes on for a while without its parent, so they are all killed.
        List<ProcessHandle> sessions = server.descendants().toList();
        server.destroyForcibly();
        sessions.forEach(ProcessHandle::destroyForcibly);
        server.onExit().get(10, TimeUnit.SECONDS);
    }
}
