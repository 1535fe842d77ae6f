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

    /** The beginning of a character of several bytes. */
    private final byte[] pending = new byte[4];

    private int pendingSize;
    private int expected;

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
        if (pendingSize > 0 && (b & 0xc0) == 0x80) {
            continuation(b);
            return;
        }
        broken();
        if (b >= 0xc2 && b <= 0xf4) {
            pending[pendingSize++] = (byte) b;
            expected = b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
        } else if (b >= 0x80) {
            // No UTF-8: a terminal may take it for a control of eight bits.
            escape(0xfffd);
        } else if ((b < 0x20 && b != '\n' && b != '\t') || b == 0x7f) {
            escape(b);
        } else {
            safe.write(b);
        }
    }

    /** A character that did not become whole. */
    private void broken() {
        if (pendingSize > 0) {
            pendingSize = 0;
            escape(0xfffd);
        }
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }

    private void continuation(int b) {
        pending[pendingSize++] = (byte) b;
        if (pendingSize < expected) {
            return;
        }
        String character = new String(pending, 0, pendingSize, StandardCharsets.UTF_8);
        int c = character.codePointAt(0);
        pendingSize = 0;
        if (character.length() > Character.charCount(c) || isControl(c, character)) {
            character.chars().forEach(this::escape);
        } else {
            safe.write(pending, 0, expected);
        }
    }

    private void escape(int c) {
        String visible = c == '\r' ? "\\r" : String.format("\\u%04x", c);
        safe.writeBytes(visible.getBytes(StandardCharsets.US_ASCII));
    }

    /** Joiners stay: emoji are joined with them, and what stands beside them is not known here. */
    private static boolean isControl(int c, String character) {
        return c != 0x200c && c != 0x200d && !PlainText.lines(character).equals(character);
    }
}
