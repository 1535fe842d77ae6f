package dev.howdah.guard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.howdah.base.HowdahException;
import dev.howdah.store.chain.ChainFiles;
import dev.howdah.store.chain.ChainReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies arrive at real receivers, late if they have to, and the local record never waits. */
@Timeout(120)
class SinkTest {
    private static final Optional<String> TOKEN = Optional.of("t0ken");

    @TempDir
    Path directory;

    private ChainFiles files = new ChainFiles(Path.of("audit.jsonl"));

    @BeforeEach
    void begin() {
        files = new ChainFiles(directory.resolve("audit.jsonl"));
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    private AuditLog open(String url) {
        return AuditLog.open(new AuditOptions(
                files,
                Optional.empty(),
                false,
                false,
                true,
                1 << 20,
                Optional.empty(),
                text -> text,
                new Actor("ada", "lap top", 42, "s1", "test"),
                Clock.systemUTC(),
                List.of(SinkTarget.of("audit.sink", url, TOKEN))));
    }

    private static void record(AuditLog audit, int count) {
        for (int i = 1; i <= count; i++) {
            audit.record(new AuditEntry(AuditEvent.REFUSAL).with("number", i));
        }
    }

    private List<String> local() throws IOException {
        List<String> lines = new ArrayList<>();
        new ChainReader(files).forEach(lines::add);
        return lines;
    }

    @Test
    void httpGetsEveryLineAfterItsReceiverWasDown() throws IOException {
        List<String> received = new CopyOnWriteArrayList<>();
        List<String> tokens = new CopyOnWriteArrayList<>();
        AtomicInteger failing = new AtomicInteger(2);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/audit", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean down = failing.getAndDecrement() > 0;
            if (!down) {
                received.addAll(body.lines().toList());
                tokens.add(exchange.getRequestMethod() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
            }
            exchange.sendResponseHeaders(down ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/audit";
        try (AuditLog audit = open(url)) {
            record(audit, 450);
            Awaitility.await().until(() -> received.size() >= 450);
        }
        // The next run goes on where this one stopped.
        try (AuditLog audit = open(url)) {
            record(audit, 1);
            Awaitility.await().until(() -> received.getLast().contains("\"number\":1,") && received.size() > 451);
        }
        server.stop(0);
        assertThat(received).containsExactlyElementsOf(local());
        assertThat(tokens).containsOnly("POST Bearer t0ken");
        assertThat(local().stream().filter(line -> line.contains("\"event\":\"copies\"")))
                .hasSize(2)
                .first()
                .asString()
                .contains("\"sink\":\"" + url + "\",\"ok\":false");
    }

    @Test
    void aReceiverThatIsNotThereHoldsUpNothing() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (AuditLog audit = open("syslog+tcp://127.0.0.1:" + port)) {
            record(audit, 20);
        }
        assertThat(local().stream().filter(line -> line.contains("\"event\":\"refusal\"")))
                .hasSize(20);
    }

    @Test
    void syslogOverTcpCountsOctets() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                AuditLog audit = open("syslog+tcp://127.0.0.1:" + server.getLocalPort())) {
            record(audit, 3);
            try (InputStream in = server.accept().getInputStream()) {
                for (int i = 1; i <= 3; i++) {
                    assertMessage(frame(in), i);
                }
            }
        }
    }

    @Test
    void syslogOverAUnixSocket() throws IOException {
        Path socket = Path.of("/tmp", "howdah-" + ProcessHandle.current().pid() + ".sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            try (AuditLog audit = open("syslog+unix://" + socket)) {
                record(audit, 1);
                assertMessage(frame(Channels.newInputStream(server.accept())), 1);
            }
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    @Test
    void syslogOverUdpIsADatagramEach() throws IOException {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                AuditLog audit = open("syslog://127.0.0.1:" + server.getLocalPort())) {
            server.setSoTimeout(60_000);
            record(audit, 2);
            for (int i = 1; i <= 2; i++) {
                DatagramPacket packet = new DatagramPacket(new byte[10_000], 10_000);
                server.receive(packet);
                assertMessage(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8), i);
            }
        }
    }

    private static String frame(InputStream in) throws IOException {
        int length = 0;
        int c;
        while ((c = in.read()) != ' ') {
            length = length * 10 + (c - '0');
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private void assertMessage(String message, int number) throws IOException {
        String line = local().stream()
                .filter(each -> each.contains("\"number\":" + number + ","))
                .findFirst()
                .orElseThrow();
        String time = AuditRecord.parse(line).orElseThrow().value("ts");
        assertThat(message).isEqualTo("<108>1 " + time + " lap_top howdah 42 refusal - " + line);
    }

    @Test
    void targetsAreCheckedWhenTheyAreRead() {
        for (String wrong : List.of(
                "nonsense", "ftp://host/", "syslog+tcp://", "syslog+unix://relative", "https://user:pw@host/", "a b")) {
            assertThatThrownBy(() -> SinkTarget.of("audit.syslog", wrong, TOKEN))
                    .as(wrong)
                    .isInstanceOf(HowdahException.class)
                    .hasMessageStartingWith("audit.syslog ");
        }
        assertThat(SinkTarget.of("s", "syslog+tls://host", TOKEN).port()).isEqualTo(6514);
        assertThat(SinkTarget.of("s", "syslog://host", TOKEN).port()).isEqualTo(514);
    }
}
