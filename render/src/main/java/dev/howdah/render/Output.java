package dev.howdah.render;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The one buffer that every writer of text fills. Its array is open to the encoders because a call per byte would cost
 * more than the encoding. Not thread-safe.
 */
final class Output {
    private static final int SIZE = 1 << 17;

    private final OutputStream stream;

    /** What is waiting to be written; valid up to {@link #at}. May be replaced by {@link #need}. */
    byte[] buffer;

    /** Where the next byte goes. */
    int at;

    Output(OutputStream stream) {
        this(stream, SIZE);
    }

    Output(OutputStream stream, int size) {
        this.stream = stream;
        this.buffer = new byte[size];
    }

    /** Makes room for at least this many more bytes. */
    void need(int bytes) throws IOException {
        if (buffer.length - at < bytes) {
            makeRoom(bytes);
        }
    }

    private void makeRoom(int bytes) throws IOException {
        drain();
        if (buffer.length < bytes) {
            buffer = new byte[bytes];
        }
    }

    void write(int oneByte) throws IOException {
        need(1);
        buffer[at++] = (byte) oneByte;
    }

    void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    void write(byte[] bytes, int start, int end) throws IOException {
        int length = end - start;
        if (length > SIZE) {
            drain();
            stream.write(bytes, start, length);
            return;
        }
        need(length);
        System.arraycopy(bytes, start, buffer, at, length);
        at += length;
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same byte many times. */
    void repeat(char ascii, int times) throws IOException {
        for (int left = times; left > 0; ) {
            int part = Math.min(left, SIZE);
            need(part);
            Arrays.fill(buffer, at, at + part, (byte) ascii);
            at += part;
            left -= part;
        }
    }

    /** Hands everything to the stream, and the stream's own to where it goes. */
    void flush() throws IOException {
        drain();
        stream.flush();
    }

    private void drain() throws IOException {
        int length = at;
        at = 0;
        stream.write(buffer, 0, length);
    }
}
