package dev.howdah.sample.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other rooms' tests rely on. */
@Timeout(120)
class FakeModelServerTest {
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> ask(FakeModelServer server, Duration patience)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.url())
                        .timeout(patience)
                        .header("X-Test", "yes")
                        .POST(BodyPublishers.ofString("wie groß?"))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> ask(FakeModelServer server) throws IOException, InterruptedException {
        return ask(server, Duration.ofSeconds(60));
    }

    @Test
    void playsItsRepliesAndRemembersWhatItWasAsked() throws Exception {
        try (FakeModelServer server = new FakeModelServer(
                connection -> connection.json(429, "{\"error\":\"busy\"}", "Retry-After: 3"),
                FakeModelServer.says("a \"word\""))) {
            HttpResponse<String> first = ask(server);
            assertThat(first.statusCode()).isEqualTo(429);
            assertThat(first.headers().firstValue("Retry-After")).contains("3");
            assertThat(first.body()).isEqualTo("{\"error\":\"busy\"}");
            for (int again = 0; again < 2; again++) {
                assertThat(ask(server).body())
                        .startsWith("data: {")
                        .contains("a \\\"word\\\"")
                        .endsWith("data: [DONE]\n\n");
            }
            assertThat(server.requests()).hasSize(3);
            assertThat(server.requests().getFirst().line()).isEqualTo("POST /v1 HTTP/1.1");
            assertThat(server.requests().getFirst().headers()).contains("X-Test: yes");
            assertThat(server.requests().getFirst().body()).isEqualTo("wie groß?");
        }
    }

    @Test
    void resetsAndStalls() throws Exception {
        try (FakeModelServer server = new FakeModelServer(
                FakeModelServer.Connection::reset,
                connection -> {
                    connection.events(FakeModelServer.call(0, "a", "echo", "{}"));
                    connection.stall();
                },
                FakeModelServer.Connection::stall)) {
            assertThatThrownBy(() -> ask(server)).isInstanceOf(IOException.class);
            HttpResponse<java.io.InputStream> stream =
                    client.send(HttpRequest.newBuilder(server.url()).build(), BodyHandlers.ofInputStream());
            assertThat((char) stream.body().read()).isEqualTo('d');
            stream.body().close();
            assertThat(server.gone().await(60, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> ask(server, Duration.ofMillis(300))).isInstanceOf(IOException.class);
        }
    }
}
