package dev.howdah.postgres;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Passes bytes between clients and a server and counts how often a client asks for an answer: each Sync and each simple
 * query is one round trip.
 */
public final class CountingProxy implements AutoCloseable {
    private static final int CANCEL_REQUEST = 80877102;

    private final ServerSocket socket;
    private final String host;
    private final int port;
    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong cancels = new AtomicLong();
    private final AtomicLong clearCancels = new AtomicLong();
    private final @Nullable SSLContext tls;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    public CountingProxy(String host, int port) throws IOException {
        this(host, port, null);
    }

    /** One that encrypts towards its clients. */
    public CountingProxy(String host, int port, @Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        this.host = host;
        this.port = port;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public long roundTrips() {
        return roundTrips.get();
    }

    /** Requests to cancel. */
    public long cancels() {
        return cancels.get();
    }

    /** Those of them that were not encrypted. */
    public long clearCancels() {
        return clearCancels.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                client.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void connect(Socket plain) {
        try {
            Socket client = tls == null ? plain : encrypted(plain, tls);
            Socket server = new Socket(host, port);
            server.setTcpNoDelay(true);
            open.add(client);
            open.add(server);
            Thread.ofVirtual().start(() -> requests(client, server));
            Thread.ofVirtual().start(() -> answers(server, client));
        } catch (IOException e) {
            close(plain);
        }
    }

    /** After the question for TLS; a client that asks for something else in clear text is counted and let go. */
    private Socket encrypted(Socket plain, SSLContext context) throws IOException {
        DataInputStream in = new DataInputStream(plain.getInputStream());
        byte[] first = in.readNBytes(in.readInt() - 4);
        if (first.length > 4) {
            clearCancels.incrementAndGet();
            throw new IOException("not encrypted");
        }
        plain.getOutputStream().write('S');
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        return secure;
    }

    /** Message by message: a type and a length, but for the first ones of a connection, which have no type. */
    private void requests(Socket client, Socket server) {
        try (client;
                server) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(server.getOutputStream());
            boolean started = false;
            while (true) {
                int type = started ? in.readUnsignedByte() : 0;
                byte[] body = in.readNBytes(in.readInt() - 4);
                if (started) {
                    out.writeByte(type);
                }
                out.writeInt(body.length + 4);
                out.write(body);
                out.flush();
                if (type == 'S' || type == 'Q') {
                    roundTrips.incrementAndGet();
                }
                if (!started) {
                    int code = new DataInputStream(new ByteArrayInputStream(body)).readInt();
                    if (code == CANCEL_REQUEST) {
                        cancels.incrementAndGet();
                    }
                    // A major version, rather than a question whether there is TLS.
                    started = code >>> 16 == 3;
                }
            }
        } catch (IOException e) {
            // One side hung up, which is how a connection ends.
            close(client, server);
        }
    }

    private static void answers(Socket server, Socket client) {
        try (server;
                client) {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            close(client, server);
        }
    }

    private static void close(Socket... sockets) {
        for (Socket each : sockets) {
            try {
                each.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        close(open.toArray(Socket[]::new));
    }
}
