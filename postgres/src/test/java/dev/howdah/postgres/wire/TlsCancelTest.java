package dev.howdah.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Cancellation;
import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.ConnectionString;
import dev.howdah.postgres.CountingProxy;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.ProfileSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that cancels a statement is as secret as the statement. */
class TlsCancelTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory;

    @Test
    void aRequestToCancelIsEncryptedWhenTheConnectionIs()
            throws IOException, GeneralSecurityException, InterruptedException {
        try (OpenWire open = new OpenWire();
                CountingProxy proxy = new CountingProxy(open.server.host(), open.server.port(), context());
                Database database = Database.single(profile(open, proxy));
                Wire wire = new Wire(database)) {
            assertThatThrownBy(() -> wire.read(
                            ReadRequest.of("SELECT pg_sleep(600)").withFirstRowWithin(Duration.ofMillis(300)),
                            new Collected(),
                            new Cancellation()))
                    .isInstanceOfSatisfying(
                            HowdahException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
            assertThat(proxy.cancels()).isPositive();
            assertThat(proxy.clearCancels()).isZero();
            Collected next = new Collected();
            wire.read(ReadRequest.of("SELECT 1"), next, new Cancellation());
            assertThat(next.rows).hasSize(1);
        }
    }

    private Profile profile(OpenWire open, CountingProxy proxy) {
        return new ProfileSource(
                        new Environment(Map.of(), directory, directory, Environment.OperatingSystem.LINUX),
                        warning -> {})
                .profile(
                        Optional.empty(),
                        ConnectionString.parse(
                                "host=127.0.0.1 sslmode=require port=" + proxy.port() + " dbname="
                                        + open.server.database() + " user=" + open.server.user() + " password="
                                        + open.server.password(),
                                "-d"));
    }

    private SSLContext context() throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("server.p12");
        List<String> keytool = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=server.example",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        assertThat(new ProcessBuilder(keytool).inheritIO().start().waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
