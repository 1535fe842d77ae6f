package dev.howdah.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * Asks a port whether PostgreSQL is behind it, without logging in: one message and one byte back, where a session costs
 * the server a process and both sides the password's arithmetic.
 */
final class Knock {
    private static final int TIMEOUT_MILLIS = 1_000;
    /** The code of an SSLRequest in PostgreSQL's frontend/backend protocol. */
    private static final int SSL_REQUEST = 80877103;

    private Knock() {}

    /** Whether PostgreSQL answers on this port of 127.0.0.1 within a second. */
    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(8).putInt(8).putInt(SSL_REQUEST).array());
            int answer = socket.getInputStream().read();
            return answer == 'N' || answer == 'S';
        } catch (IOException e) {
            // Nobody there, which is an answer.
            return false;
        }
    }
}
