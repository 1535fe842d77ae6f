package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Cancellation;
import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates that do not fit, shown by a server that only speaks the beginning of the protocol. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path directory;

    @BeforeAll
    void certificates() throws IOException, InterruptedException {
        for (String name : List.of("server", "stranger")) {
            keytool(
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name + ".example",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    store(name).toString());
            keytool(
                    "-exportcert",
                    "-rfc",
                    "-alias",
                    name,
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    store(name).toString(),
                    "-file",
                    directory.resolve(name + ".pem").toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "verify-ca   | stranger.pem | is not trusted             | sslrootcert",
                "verify-full | server.pem   | issued for another host    | sslmode=verify-ca",
                "verify-full | missing.pem  | cannot be read             | sslrootcert",
            })
    void whatDoesNotFitIsSaid(String mode, String root, String message, String hint)
            throws IOException, GeneralSecurityException {
        SSLContext context = context();
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> fake = CompletableFuture.runAsync(() -> shakeHands(socket, context));
            Profile profile = new ProfileSource(
                            new Environment(Map.of(), directory, directory, OperatingSystem.LINUX), warning -> {})
                    .profile(
                            Optional.empty(),
                            ConnectionString.parse(
                                    "host=127.0.0.1 user=u password=p port=" + socket.getLocalPort() + " sslmode="
                                            + mode + " sslrootcert=" + root,
                                    "-d"));
            try (Database database = Database.single(profile)) {
                assertThatThrownBy(() -> database.connect(new Cancellation()))
                        .isInstanceOfSatisfying(HowdahException.class, e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.NO_CONNECTION);
                            assertThat(e.getMessage()).contains(message);
                            assertThat(e.hint().orElseThrow()).contains(hint);
                        });
            }
            fake.join();
        }
    }

    private static void shakeHands(ServerSocket socket, SSLContext context) {
        try (Socket client = socket.accept()) {
            assertThat(client.getInputStream().readNBytes(8)).hasSize(8);
            client.getOutputStream().write('S');
            SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(client, null, true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            assertThat(secure.getInputStream().read()).isNegative();
        } catch (SSLException e) {
            // The client hung up on this certificate, which is what the test is about.
            assertThat(e).isNotNull();
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?i).*(reset|closed|broken|terminated).*");
        }
    }

    private static SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store("server"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static Path store(String name) {
        return directory.resolve(name + ".p12");
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
