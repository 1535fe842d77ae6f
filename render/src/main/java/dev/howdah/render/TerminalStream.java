package dev.howdah.render;

import dev.howdah.base.PlainText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps data in machine formats from driving a person's terminal: what {@link PlainText} makes visible is
 * made visible here too, in UTF-8 bytes, line breaks and tabs aside. In JSON the result means the same. Files and pipes
 * get the exact bytes and no such stream.
 */
final class TerminalStream extends OutputStream {
    private final OutputStream stream;

    /** What is safe, collected: the stream may be one that makes a system call of every write. */
    private final ByteArrayOutputStream safe = new ByteArrayOutputStream();

    /** The beginning of a character that may be a control: at most two bytes. */
    private final byte[] pending = new byte[2];

    private int pendingSize;

    TerminalStream(OutputStream stream) {
        this.stream = stream;
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        for (int i = start; i < start + length; i++) {
            take(bytes[i] & 0xff);
        }
        safe.writeTo(stream);
        safe.reset();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    private void take(int b) {
        if (pendingSize > 0) {
            continuation(b);
        } else if (b == 0xc2 || b == 0xd8 || b == 0xe2) {
            pending[pendingSize++] = (byte) b;
        } else if ((b < 0x20 && b != '\n' && b != '\t') || b == 0x7f) {
            escape(b);
        } else {
            safe.write(b);
        }
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }

    private void continuation(int b) {
        int first = pending[0] & 0xff;
        if (first == 0xe2 && pendingSize == 1 && (b == 0x80 || b == 0x81)) {
            pending[pendingSize++] = (byte) b;
            return;
        }
        int c = first == 0xe2
                ? ((first & 0x0f) << 12) | ((pending[1] & 0x3f) << 6) | (b & 0x3f)
                : ((first & 0x1f) << 6) | (b & 0x3f);
        boolean whole = first != 0xe2 || pendingSize == 2;
        int size = pendingSize;
        pendingSize = 0;
        if (whole && isControl(c)) {
            escape(c);
        } else {
            safe.write(pending, 0, size);
            safe.write(b);
        }
    }

    private void escape(int c) {
        String visible = c == '\r' ? "\\r" : String.format("\\u%04x", c);
        safe.writeBytes(visible.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isControl(int c) {
        String one = String.valueOf((char) c);
        return !PlainText.lines(one).equals(one);
    }
}
