package dev.howdah.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Cancellation;
import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told when there is no connection to be had. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectingTest {
    /** What waits for ever is stopped well before; how long it takes on a busy machine is nobody's business. */
    private static final Duration HANG = Duration.ofSeconds(60);

    private final TestDatabase server = TestPostgres.open().empty();

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void connectsAndKnowsTheServer() {
        try (Database database = Database.single(profile(server.database(), server.user(), server.password()))) {
            Server found = database.server(new Cancellation());
            assertThat(found.isPostgres()).isTrue();
            assertThat(found.versionNumber()).isGreaterThan(130000);
            assertThat(found.version()).startsWith(Integer.toString(found.versionNumber() / 10000));
            assertThat(found.database()).isEqualTo(server.database());
            assertThat(found.role()).isEqualTo(server.user());
            assertThat(found.superuser()).isTrue();
            assertThat(found.inRecovery()).isFalse();
            assertThat(database.server(new Cancellation())).isSameAs(found);
        }
    }

    @Test
    void wrongPassword() {
        fails(
                profile(server.database(), server.user(), "hunter2"),
                "The password for user \"" + server.user() + "\"",
                "Correct it where it comes from");
    }

    @Test
    void missingPassword() {
        Profile with = profile(server.database(), server.user(), "");
        Profile without = new ProfileSource(
                        new Environment(
                                Map.of(),
                                Path.of("/nonexistent"),
                                Path.of("/nonexistent"),
                                Environment.OperatingSystem.LINUX),
                        warning -> {})
                .profile(
                        Optional.empty(),
                        ConnectionString.parse(
                                "postgresql://" + with.user() + "@" + with.address() + "/" + with.database(), "-d"));
        fails(without, "password", "PGPASSWORD");
    }

    @Test
    void unknownDatabase() {
        fails(profile("nowhere", server.user(), server.password()), "There is no database \"nowhere\"", "-d");
    }

    @Test
    void roleThatMayNotLogIn() {
        String role = "locked_" + server.database();
        server.execute("CREATE ROLE " + role + " NOLOGIN PASSWORD 'x'");
        try {
            fails(profile(server.database(), role, "x"), "does not let user", "pg_hba.conf");
        } finally {
            server.execute("DROP ROLE " + role);
        }
    }

    @Test
    void tooManyConnections() {
        String role = "crowded_" + server.database();
        server.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x' CONNECTION LIMIT 0");
        try {
            fails(profile(server.database(), role, "x"), "no connection left", "idle");
        } finally {
            server.execute("DROP ROLE " + role);
        }
    }

    @Test
    void refusedPort() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        fails(
                Profile.of("127.0.0.1", port, "d", "u", "p"),
                "Nothing accepts connections at 127.0.0.1:" + port,
                "Is PostgreSQL running");
    }

    @Test
    void unknownHost() {
        fails(Profile.of("no-such-host.invalid", 5432, "d", "u", "p"), "is unknown", "spelling");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql:///db?host=/var/run/postgresql&user=u",
                "postgresql://%2Fvar%2Frun%2Fpostgresql/db?user=u",
                "host=/tmp port=5433 dbname=db user=u",
                "host=@abstract dbname=db user=u"
            })
    void aUnixSocketIsRefusedAndNeverTakenForLocalhost(String target) {
        Profile profile = new ProfileSource(
                        new Environment(
                                Map.of(),
                                Path.of("/nonexistent"),
                                Path.of("/nonexistent"),
                                Environment.OperatingSystem.LINUX),
                        warning -> {})
                .profile(Optional.empty(), ConnectionString.parse(target, "-d"));
        for (Database database : List.of(Database.single(profile), Database.pooled(profile))) {
            try (database) {
                assertThatThrownBy(() -> database.connect(new Cancellation()))
                        .isInstanceOfSatisfying(HowdahException.class, e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
                            assertThat(e.getMessage())
                                    .contains("not by Unix socket")
                                    .contains("(-d)");
                            assertThat(e.hint().orElseThrow()).contains("host=localhost");
                        });
            }
        }
    }

    @Test
    void tlsThatTheServerDoesNotHave() {
        Profile profile = profile(server.database(), server.user(), server.password());
        fails(with(profile, SslMode.REQUIRE, Duration.ofSeconds(60)), "does not support TLS", "sslmode=prefer");
    }

    @Test
    void aServerThatNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Profile profile = Profile.of("127.0.0.1", silent.getLocalPort(), "d", "u", "p");
            long start = System.nanoTime();
            fails(with(profile, SslMode.PREFER, Duration.ofSeconds(1)), "No answer from", "connect_timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HANG);
        }
    }

    @Test
    void cancelledWhileConnecting() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Database database = Database.single(Profile.of("127.0.0.1", silent.getLocalPort(), "d", "u", "p"))) {
            Cancellation cancellation = new Cancellation();
            CompletableFuture<Void> canceller = CompletableFuture.runAsync(cancellation::cancel);
            long start = System.nanoTime();
            assertThatThrownBy(() -> database.connect(cancellation))
                    .isInstanceOfSatisfying(
                            HowdahException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            canceller.join();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HANG);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "57P03 | the database system is starting up | is starting or stopping",
                "53300 | sorry, too many clients already | no connection left",
                "28000 | no pg_hba.conf entry for host | does not let user",
                "XX000 | surprise | refused the connection: surprise",
            })
    void refusals(String state, String message, String said) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> fake = CompletableFuture.runAsync(() -> refuse(socket, state, message));
            Profile profile = Profile.of("127.0.0.1", socket.getLocalPort(), "d", "u", "p");
            fails(with(profile, SslMode.DISABLE, Duration.ofSeconds(60)), said, null);
            fake.join();
        }
    }

    @Test
    void somethingThatIsNotPostgres() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> fake = CompletableFuture.runAsync(() -> {
                try (Socket client = socket.accept()) {
                    client.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Profile profile = Profile.of("127.0.0.1", socket.getLocalPort(), "d", "u", "p");
            fails(with(profile, SslMode.DISABLE, Duration.ofSeconds(2)), "127.0.0.1:" + socket.getLocalPort(), null);
            fake.join();
        }
    }

    @Test
    void thePoolSaysTheSameAtOnce() {
        long start = System.nanoTime();
        try (Database database = Database.pooled(profile(server.database(), server.user(), "hunter2"))) {
            assertThatThrownBy(() -> database.connect(new Cancellation()))
                    .hasMessageContaining("The password for user");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HANG);
    }

    @Test
    void productsThatOnlySpeakTheProtocol() {
        assertThat(Server.product("PostgreSQL 17.2 on x86_64")).isEqualTo("PostgreSQL");
        assertThat(Server.product("CockroachDB CCL v23.1")).isEqualTo("CockroachDB");
        assertThat(Server.product("PostgreSQL 8.0.2 on i686, Redshift 1.0.1")).isEqualTo("Amazon Redshift");
        assertThat(Server.product("PostgreSQL 11.2-YB-2.18 on x86_64")).isEqualTo("YugabyteDB");
        assertThat(Server.product("Something else")).isEqualTo("Something else");
        assertThat(Server.product("PostgreSQL 13.14.0-RisingWave-1.8.0 (abc)")).isEqualTo("RisingWave");
        assertThat(Server.product("PostgreSQL 12.3, compiled by Visual C++, 64-bit, QuestDB"))
                .isEqualTo("QuestDB");
        assertThat(Server.product("PostgreSQL 14.0 with a difference")).isNotEqualTo("PostgreSQL");
        assertThat(Server.product("")).contains("does not say");
        for (String own : List.of(
                "PostgreSQL 17.11 (Debian 17.11-1.pgdg12+1) on x86_64-pc-linux-gnu, compiled by gcc, 64-bit",
                "PostgreSQL 19devel on aarch64-apple-darwin",
                "PostgreSQL 18beta1 on x86_64-pc-linux-musl",
                "PostgreSQL 17.2 - Percona Server for PostgreSQL 17.2.1 on x86_64-pc-linux-gnu")) {
            assertThat(Server.product(own)).isEqualTo("PostgreSQL");
        }
    }

    private static void refuse(ServerSocket socket, String state, String message) {
        try (Socket client = socket.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            in.readNBytes(in.readInt() - 4);
            ByteArrayOutputStream fields = new ByteArrayOutputStream();
            for (String field : List.of("SFATAL", "VFATAL", "C" + state, "M" + message, "")) {
                fields.write(field.getBytes(UTF_8));
                fields.write(0);
            }
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            out.write('E');
            out.writeInt(fields.size() + 4);
            out.write(fields.toByteArray());
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fails(Profile profile, String message, @Nullable String hint) {
        try (Database database = Database.single(profile)) {
            assertThatThrownBy(() -> database.connect(new Cancellation()))
                    .isInstanceOfSatisfying(HowdahException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.NO_CONNECTION);
                        assertThat(e.getMessage()).contains(message).doesNotContain("hunter2");
                        if (hint != null) {
                            assertThat(e.hint().orElseThrow()).contains(hint);
                        }
                    });
        }
    }

    private Profile profile(String database, String user, String password) {
        return Profile.of(server.host(), server.port(), database, user, password);
    }

    private static Profile with(Profile profile, SslMode mode, Duration connectTimeout) {
        return new Profile(
                profile.name(),
                profile.displayName(),
                profile.environment(),
                profile.hosts(),
                profile.database(),
                profile.user(),
                profile.password(),
                Profile.Tls.of(mode),
                connectTimeout,
                profile.applicationName(),
                profile.options(),
                profile.timeZone(),
                profile.sessionAttributes(),
                profile.poolSize(),
                profile.origins());
    }
}
