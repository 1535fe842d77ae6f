package dev.howdah.guard.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * RFC 5424 messages, facility 13 (log audit): a datagram each (RFC 5426), or one after the other on a stream with the
 * number of their octets before them (RFC 6587, with TLS RFC 5425). Syslog acknowledges nothing: what a dead connection
 * had taken is lost there, and is in the log here.
 */
final class SyslogSink implements Sink {
    private static final int FACILITY = 13;
    private static final int WARNING = 4;
    private static final int INFORMATIONAL = 6;
    /** What a datagram may hold without anybody on the way having to object to its size; longer ones are cut. */
    private static final int LONGEST_DATAGRAM = 8_192;

    private final SinkTarget target;
    private final Actor actor;
    private @Nullable AutoCloseable connection;
    private @Nullable OutputStream stream;

    SyslogSink(SinkTarget target, Actor actor) {
        this.target = target;
        this.actor = actor;
    }

    @Override
    public void send(List<String> lines) throws IOException {
        if (target.kind() == SinkTarget.Kind.SYSLOG_UDP) {
            datagrams(lines);
            return;
        }
        try {
            OutputStream out = stream == null ? connect() : stream;
            for (String line : lines) {
                byte[] message = message(line);
                out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
                out.write(message);
            }
            out.flush();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void datagrams(List<String> lines) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            InetSocketAddress address = address();
            for (String line : lines) {
                byte[] message = message(line);
                int length = Math.min(message.length, LONGEST_DATAGRAM);
                socket.send(new DatagramPacket(message, length, address));
            }
        }
    }

    private InetSocketAddress address() throws IOException {
        InetSocketAddress address = new InetSocketAddress(target.address().getHost(), target.port());
        if (address.isUnresolved()) {
            throw new IOException("unknown host " + target.address().getHost());
        }
        return address;
    }

    private OutputStream connect() throws IOException {
        OutputStream out;
        if (target.kind() == SinkTarget.Kind.SYSLOG_UNIX) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            connection = channel;
            channel.connect(UnixDomainSocketAddress.of(target.address().getPath()));
            out = Channels.newOutputStream(channel);
        } else {
            Socket socket = new Socket();
            connection = socket;
            socket.connect(address(), TIMEOUT);
            socket.setSoTimeout(TIMEOUT);
            if (target.kind() == SinkTarget.Kind.SYSLOG_TLS) {
                socket = secured(socket);
                connection = socket;
            }
            out = socket.getOutputStream();
        }
        stream = out;
        return out;
    }

    private Socket secured(Socket plain) throws IOException {
        Socket layered = ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(plain, target.address().getHost(), target.port(), true);
        if (layered instanceof SSLSocket socket) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        }
        return layered;
    }

    private byte[] message(String line) {
        AuditRecord record = AuditRecord.parse(line).orElse(new AuditRecord(line, Map.of()));
        boolean grave = record.value("event").equals(AuditEvent.REFUSAL.word())
                || record.value("ok").equals("false");
        String time = record.value("ts");
        String header = "<" + (FACILITY * 8 + (grave ? WARNING : INFORMATIONAL)) + ">1 "
                + (time.isEmpty() ? "-" : time) + " " + word(actor.host(), 255) + " howdah " + actor.process() + " "
                + word(record.value("event"), 32) + " - ";
        return (header + line).getBytes(StandardCharsets.UTF_8);
    }

    /** What RFC 5424 allows in a header: printable ASCII, not too long; nothing is a hyphen. */
    private static String word(String text, int most) {
        char[] word = text.toCharArray();
        for (int i = 0; i < word.length; i++) {
            if (word[i] <= ' ' || word[i] > '~') {
                word[i] = '_';
            }
        }
        return word.length == 0 ? "-" : new String(Arrays.copyOf(word, Math.min(word.length, most)));
    }

    @Override
    public void close() throws IOException {
        AutoCloseable open = connection;
        connection = null;
        stream = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
