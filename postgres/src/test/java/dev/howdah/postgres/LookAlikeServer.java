package dev.howdah.postgres;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks the protocol's start-up and answers every statement with one row of one column: what it says of
 * itself, or an error if it says nothing. It remembers what it was asked.
 */
public final class LookAlikeServer implements AutoCloseable {
    private static final int SSL_REQUEST = 80877103;

    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final String version;
    private final @Nullable String description;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /**
     * @param version its {@code server_version}
     * @param description its {@code version()}; null if it has no such function
     */
    public LookAlikeServer(String version, @Nullable String description) throws IOException {
        this.version = version;
        this.description = description;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Every statement that was sent to it. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            for (int code = startUp(in); code == SSL_REQUEST; code = startUp(in)) {
                out.write('N');
            }
            send(out, 'R', new byte[4]);
            send(out, 'S', text("server_version", version));
            send(out, 'S', text("client_encoding", "UTF8"));
            send(out, 'K', new byte[8]);
            send(out, 'Z', new byte[] {'I'});
            boolean failed = false;
            for (int type = in.read(); type >= 0 && type != 'X'; type = in.read()) {
                byte[] body = in.readNBytes(in.readInt() - 4);
                if (type == 'S') {
                    send(out, 'Z', new byte[] {'I'});
                    failed = false;
                } else if (!failed) {
                    failed = !answer(out, type, body);
                }
            }
        } catch (IOException e) {
            // The client hung up.
            asked.add("(hung up)");
        }
    }

    private static int startUp(DataInputStream in) throws IOException {
        byte[] body = in.readNBytes(in.readInt() - 4);
        return new DataInputStream(new ByteArrayInputStream(body)).readInt();
    }

    private boolean answer(DataOutputStream out, int type, byte[] body) throws IOException {
        switch (type) {
            case 'P' -> {
                String[] strings = new String(body, StandardCharsets.UTF_8).split("\0", -1);
                asked.add(strings[1]);
                if (description == null) {
                    send(out, 'E', text("SERROR", "VERROR", "C42883", "Mfunction version() does not exist", ""));
                    return false;
                }
                send(out, '1', new byte[0]);
            }
            case 'B' -> send(out, '2', new byte[0]);
            case 'D' -> {
                ByteArrayOutputStream row = new ByteArrayOutputStream();
                DataOutputStream data = new DataOutputStream(row);
                data.writeShort(1);
                data.write(text("version"));
                data.writeInt(0);
                data.writeShort(0);
                data.writeInt(25);
                data.writeShort(-1);
                data.writeInt(-1);
                data.writeShort(0);
                send(out, 'T', row.toByteArray());
            }
            case 'E' -> {
                ByteArrayOutputStream row = new ByteArrayOutputStream();
                DataOutputStream data = new DataOutputStream(row);
                byte[] value = String.valueOf(description).getBytes(StandardCharsets.UTF_8);
                data.writeShort(1);
                data.writeInt(value.length);
                data.write(value);
                send(out, 'D', row.toByteArray());
                send(out, 'C', text("SELECT 1"));
            }
            case 'Q' -> {
                asked.add(new String(body, 0, body.length - 1, StandardCharsets.UTF_8));
                send(out, 'C', text("SET"));
                send(out, 'Z', new byte[] {'I'});
            }
            default -> out.flush();
        }
        return true;
    }

    private static byte[] text(String... strings) {
        return (String.join("\0", strings) + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static void send(DataOutputStream out, char type, byte[] body) throws IOException {
        out.write(type);
        out.writeInt(body.length + 4);
        out.write(body);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
