package dev.howdah.store.chain;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One record as it is written: {@code {"seq":17,…,"prev":"…","mac":"…"}}. The seal is made from everything before
 * {@code ,"mac"}, which the seal of the record before is a part of.
 */
record ChainLine(long sequence, String previous, String seal, boolean genuine) {
    static final String BEGIN = "{\"seq\":";
    private static final String PREVIOUS = ",\"prev\":\"";
    private static final String SEAL = "\",\"mac\":\"";
    private static final String END = "\"}";
    /** What follows the members: previous seal, seal and everything around them. */
    private static final int TRAILER = PREVIOUS.length() + Seals.LENGTH + SEAL.length() + Seals.LENGTH + END.length();

    Head head() {
        return new Head(sequence, seal);
    }

    /** The record that comes after {@code before}, with its line end. */
    static byte[] write(Head before, String members, ChainKey key) {
        StringBuilder text =
                new StringBuilder(members.length() + 200).append(BEGIN).append(before.sequence() + 1);
        if (!members.isEmpty()) {
            text.append(',').append(members);
        }
        String body = text.append(PREVIOUS).append(before.seal()).append('"').toString();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] rest =
                (SEAL.substring(1) + key.seal(bytes, 0, bytes.length) + END + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] line = java.util.Arrays.copyOf(bytes, bytes.length + rest.length);
        System.arraycopy(rest, 0, line, bytes.length, rest.length);
        return line;
    }

    /** The seal of a line that {@link #write} made. */
    static String sealOf(byte[] line) {
        return text(line, line.length - 1 - END.length() - Seals.LENGTH, Seals.LENGTH);
    }

    /** The line without its line end; null if it does not look like a record at all. */
    static @Nullable ChainLine parse(byte[] bytes, int from, int to, ChainKey key) {
        int trailer = to - TRAILER;
        if (trailer < from + BEGIN.length() + 1
                || !text(bytes, from, BEGIN.length()).equals(BEGIN)) {
            return null;
        }
        int digits = from + BEGIN.length();
        int end = digits;
        while (end < trailer && Seals.isDigit(bytes[end])) {
            end++;
        }
        int previous = trailer + PREVIOUS.length();
        int seal = previous + Seals.LENGTH + SEAL.length();
        if (end == digits
                || end - digits > 18
                || !text(bytes, trailer, PREVIOUS.length()).equals(PREVIOUS)
                || !text(bytes, previous + Seals.LENGTH, SEAL.length()).equals(SEAL)
                || !text(bytes, to - END.length(), END.length()).equals(END)
                || !isHex(bytes, previous)
                || !isHex(bytes, seal)) {
            return null;
        }
        String claimed = text(bytes, seal, Seals.LENGTH);
        int sealed = previous + Seals.LENGTH + 1 - from;
        return new ChainLine(
                Long.parseLong(text(bytes, digits, end - digits)),
                text(bytes, previous, Seals.LENGTH),
                claimed,
                key.seal(bytes, from, sealed).equals(claimed));
    }

    private static boolean isHex(byte[] bytes, int from) {
        for (int i = from; i < from + Seals.LENGTH; i++) {
            if (!Seals.isHex(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
}
