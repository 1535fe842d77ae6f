package dev.howdah.guard.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** POSTs JSON lines, many at a time. The JDK's old client: the new one costs a start-up of its own and threads. */
final class HttpSink implements Sink {
    private final SinkTarget target;

    HttpSink(SinkTarget target) {
        this.target = target;
    }

    @Override
    public void send(List<String> lines) throws IOException {
        byte[] body = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        URLConnection opened = target.address().toURL().openConnection();
        if (!(opened instanceof HttpURLConnection connection)) {
            throw new IOException("no HTTP: " + target);
        }
        try {
            connection.setRequestMethod("POST");
            connection.setConnectTimeout(TIMEOUT);
            connection.setReadTimeout(TIMEOUT);
            // Followed redirects would carry the records, and the token, to where nobody decided.
            connection.setInstanceFollowRedirects(false);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            connection.setRequestProperty("Content-Type", "application/x-ndjson");
            if (target.token().isPresent()) {
                connection.setRequestProperty(
                        "Authorization", "Bearer " + target.token().get());
            }
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            int status = connection.getResponseCode();
            if (status < 200 || status > 299) {
                throw new IOException("it answered " + status);
            }
        } finally {
            connection.disconnect();
        }
    }

    @Override
    public void close() {
        // Each batch has a connection of its own.
    }
}
