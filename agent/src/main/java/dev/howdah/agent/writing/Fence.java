package dev.howdah.agent.writing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Marks text from the database as data in a prompt. The fence carries a digest of what it encloses, so the text cannot
 * hold its own end; and the same text always has the same fence, so that servers can cache the prompt's beginning.
 */
final class Fence {
    private Fence() {}

    static String around(String data) {
        String mark = digest(data);
        return "DATA " + mark + "\n" + data + (data.endsWith("\n") ? "" : "\n") + "END " + mark + "\n";
    }

    private static String digest(String data) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(data.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
