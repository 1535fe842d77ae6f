package dev.howdah.sample.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * A model server on raw sockets, so that it can do what real ones do on bad days: reset, stall, cut, lie. It plays its
 * replies one request after the other, the last one again and again, and remembers what it was asked.
 */
public final class FakeModelServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();
    private final CountDownLatch gone = new CountDownLatch(1);

    /**
     * What came in.
     *
     * @param line the request line
     * @param headers the other lines, as sent
     * @param body the body, UTF-8
     */
    public record Request(String line, List<String> headers, String body) {}

    /** What goes out; the connection is closed when it returns. */
    @FunctionalInterface
    public interface Reply {
        /** Answers one request. */
        void to(Connection connection) throws IOException, InterruptedException;
    }

    /** One connection, headers and body of the request read. */
    public final class Connection {
        private final Socket peer;

        Connection(Socket peer) {
            this.peer = peer;
        }

        /** Sends these bytes as they are. */
        public void send(String text) throws IOException {
            OutputStream out = peer.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** Sends a status line and headers. */
        public void head(int status, String... headers) throws IOException {
            send("HTTP/1.1 " + status + " X\r\n" + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n")
                    + "Connection: close\r\n\r\n");
        }

        /** Sends a whole answer. */
        public void json(int status, String body, String... headers) throws IOException {
            List<String> all = new ArrayList<>(List.of(headers));
            all.add("Content-Type: application/json");
            all.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
            head(status, all.toArray(String[]::new));
            send(body);
        }

        /** Sends the head of a stream and these events; a text that begins with {@code event:} is one as it stands. */
        public void events(String... data) throws IOException {
            head(200, "Content-Type: text/event-stream");
            for (String event : data) {
                send(event.startsWith("event:") ? event + "\n\n" : "data: " + event + "\n\n");
            }
        }

        /** Closes with a reset instead of an end. */
        public void reset() throws IOException {
            peer.setSoLinger(true, 0);
            peer.close();
        }

        /** Says nothing until the other side is gone. */
        public void stall() throws IOException {
            try {
                InputStream in = peer.getInputStream();
                while (in.read() >= 0) {
                    // Nothing more is expected; the end is what counts.
                }
            } catch (IOException resetByPeer) {
                // Gone as well.
            }
            gone.countDown();
        }
    }

    /** Listens on a free port of the loopback address. */
    public FakeModelServer(Reply... replies) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.replies.addAll(List.of(replies));
        Thread.ofVirtual().start(this::accept);
    }

    /** The base URL, up to the version. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
    }

    /** What was asked so far, oldest first. */
    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Ends when a stalled connection was closed by the other side. */
    public CountDownLatch gone() {
        return gone;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket peer = socket.accept();
                Thread.ofVirtual().start(() -> serve(peer));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket peer) {
        try (peer) {
            Request request = read(peer);
            next(request).to(new Connection(peer));
        } catch (IOException | InterruptedException clientIsGone) {
            gone.countDown();
        }
    }

    private synchronized Reply next(Request request) {
        requests.add(request);
        return replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
    }

    private static Request read(Socket peer) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.ISO_8859_1));
        String line = reader.readLine();
        List<String> headers = new ArrayList<>();
        int length = 0;
        for (String header = reader.readLine(); header != null && !header.isEmpty(); header = reader.readLine()) {
            headers.add(header);
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).trim());
            }
        }
        char[] body = new char[length];
        int read = 0;
        while (read < length) {
            int count = reader.read(body, read, length - read);
            if (count < 0) {
                break;
            }
            read += count;
        }
        String latin = new String(body, 0, read);
        return new Request(
                line, headers, new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    /** An OpenAI event with a piece of text. */
    public static String piece(String text) {
        return "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                + quoted(text) + "}}]}";
    }

    /** An OpenAI event that ends the answer. */
    public static String finish(String reason) {
        return "{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason
                + "\"}]}";
    }

    /** An OpenAI event with the tokens used. */
    public static String usage(int input, int cached, int output) {
        return "{\"id\":\"1\",\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":" + input
                + ",\"completion_tokens\":" + output + ",\"total_tokens\":" + (input + output)
                + ",\"prompt_tokens_details\":{\"cached_tokens\":" + cached + "}}}";
    }

    /** An OpenAI event with (a part of) a tool call. */
    public static String call(int index, String id, String name, String arguments) {
        return "{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":" + index
                + (id.isEmpty() ? "" : ",\"id\":" + quoted(id)) + ",\"type\":\"function\",\"function\":{"
                + (name.isEmpty() ? "" : "\"name\":" + quoted(name) + ",") + "\"arguments\":" + quoted(arguments)
                + "}}]}}]}";
    }

    /** A whole answer. */
    public static Reply says(String text) {
        return connection -> connection.events(piece(text), finish("stop"), usage(100, 0, 10), "[DONE]");
    }

    /** As a JSON string. */
    public static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
