package dev.howdah.render;

import java.io.IOException;

/**
 * JSON's strings and embedded JSON, from UTF-8 to UTF-8. Written by hand on purpose: this is the hot path of exports,
 * where a string per value would cost more than the transport. Escapes exactly what PostgreSQL's {@code escape_json} does.
 */
final class JsonText {
    /** How much is encoded between two looks at the buffer. */
    private static final int CHUNK = 4096;

    /** 0: as it is; otherwise the letter after the backslash, {@code u} for those that have none. */
    private static final byte[] ESCAPE = new byte[256];

    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    static {
        for (int i = 0; i < 0x20; i++) {
            ESCAPE[i] = 'u';
        }
        ESCAPE['\b'] = 'b';
        ESCAPE['\f'] = 'f';
        ESCAPE['\n'] = 'n';
        ESCAPE['\r'] = 'r';
        ESCAPE['\t'] = 't';
        ESCAPE['"'] = '"';
        ESCAPE['\\'] = '\\';
    }

    private JsonText() {}

    /** The bytes as a JSON string with its quotes. */
    static void string(byte[] bytes, int start, int end, Output output) throws IOException {
        output.need(2);
        output.buffer[output.at++] = '"';
        escaped(bytes, start, end, output);
        output.need(1);
        output.buffer[output.at++] = '"';
    }

    private static void escaped(byte[] bytes, int start, int end, Output output) throws IOException {
        for (int from = start; from < end; from += CHUNK) {
            int to = Math.min(end, from + CHUNK);
            output.need(6 * (to - from));
            byte[] buffer = output.buffer;
            int at = output.at;
            for (int i = from; i < to; i++) {
                // Runs that need no escape are copied whole: with C1 alone, as the command runs, byte by byte is
                // slower.
                int run = i;
                while (i < to && ESCAPE[bytes[i] & 0xff] == 0) {
                    i++;
                }
                System.arraycopy(bytes, run, buffer, at, i - run);
                at += i - run;
                if (i < to) {
                    at = escape(bytes[i], ESCAPE[bytes[i] & 0xff], buffer, at);
                }
            }
            output.at = at;
        }
    }

    private static int escape(byte b, byte escape, byte[] buffer, int start) {
        int at = start;
        buffer[at++] = '\\';
        buffer[at++] = escape;
        if (escape == 'u') {
            buffer[at++] = '0';
            buffer[at++] = '0';
            buffer[at++] = HEX[b >> 4];
            buffer[at++] = HEX[b & 15];
        }
        return at;
    }

    /** JSON put in as it is. Line breaks can only stand between its tokens, and become spaces: one object, one line. */
    static void raw(byte[] bytes, int start, int end, Output output) throws IOException {
        for (int from = start; from < end; from += CHUNK) {
            int to = Math.min(end, from + CHUNK);
            output.need(to - from);
            byte[] buffer = output.buffer;
            int at = output.at;
            for (int i = from; i < to; i++) {
                byte b = bytes[i];
                buffer[at++] = b == '\n' || b == '\r' ? (byte) ' ' : b;
            }
            output.at = at;
        }
    }

    /** A number as PostgreSQL writes it; NaN and the infinities, which JSON lacks, as strings. */
    static void number(byte[] bytes, int start, int end, Output output) throws IOException {
        byte last = end > start ? bytes[end - 1] : 0;
        // NaN, Infinity and -Infinity end in a letter, numbers in a digit.
        if (last >= '0' && last <= '9') {
            output.write(bytes, start, end);
        } else {
            string(bytes, start, end, output);
        }
    }

    /**
     * A date or time stamp of DateStyle ISO as ISO 8601: {@code T} for the blank, minutes in the offset. Whatever looks
     * different, infinity for one, is a string as it is.
     */
    static void timestamp(byte[] bytes, int start, int end, Output output) throws IOException {
        int length = end - start;
        output.need(length + 8);
        byte[] buffer = output.buffer;
        int at = output.at;
        buffer[at++] = '"';
        int offset = -1;
        int blanks = 0;
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b == ' ') {
                if (blanks++ == 0) {
                    b = 'T';
                } else {
                    at = minutes(offset, at, buffer);
                    offset = -1;
                }
            } else if (blanks == 1 && (b == '+' || b == '-')) {
                offset = at;
            }
            buffer[at++] = b;
        }
        at = minutes(offset, at, buffer);
        buffer[at++] = '"';
        output.at = at;
    }

    /** Adds the minutes to an offset that has none, such as {@code +02}. */
    private static int minutes(int offset, int end, byte[] buffer) {
        int at = end;
        if (offset >= 0 && at - offset == 3) {
            buffer[at++] = ':';
            buffer[at++] = '0';
            buffer[at++] = '0';
        }
        return at;
    }
}
