package dev.howdah.store.chain;

import dev.howdah.store.files.Private;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The secret that seals are made with: HMAC-SHA-256 (RFC 2104), the key being the bytes of a text. Written on MessageDigest
 * instead of {@code javax.crypto.Mac}, whose first use costs some 40 ms, more than all else that a short command's audit
 * does. Immutable and thread-safe; printing it shows nothing.
 */
public final class ChainKey {
    /** The shortest key that is taken, in characters. */
    public static final int SHORTEST = 16;

    private static final int BLOCK = 64;
    private static final int BYTES = 32;

    // Never updated, only cloned: each already holds its padded key.
    private final MessageDigest inner;
    private final MessageDigest outer;

    private ChainKey(byte[] key) {
        byte[] padded = Arrays.copyOf(key.length > BLOCK ? sha256().digest(key) : key, BLOCK);
        this.inner = padded(padded, 0x36);
        this.outer = padded(padded, 0x5c);
    }

    /**
     * The key that this text is, without white space around it.
     *
     * @throws ChainException if it is too short
     */
    public static ChainKey of(String text) throws ChainException {
        String stripped = text.strip();
        if (stripped.length() < SHORTEST) {
            throw new ChainException(
                    "The audit key has fewer than " + SHORTEST + " characters.",
                    "Take 64 random ones: openssl rand -hex 32");
        }
        return new ChainKey(stripped.getBytes(StandardCharsets.UTF_8));
    }

    /** The key that a file holds. */
    public static ChainKey read(Path file) throws IOException {
        return of(Files.readString(file));
    }

    /** Makes a key of 256 random bits and keeps it in a new file that only its owner may read. */
    static ChainKey create(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String text = Seals.hex(random);
        // Under another name first: half a key must never be found under this one.
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Private.write(fresh, (text + "\n").getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, file);
        Private.sync(file);
        return of(text);
    }

    /** The seal of these bytes, 64 hexadecimal digits. */
    String seal(byte[] bytes, int from, int length) {
        MessageDigest first = copy(inner);
        first.update(bytes, from, length);
        MessageDigest second = copy(outer);
        second.update(first.digest());
        return Seals.hex(second.digest());
    }

    /**
     * What stands for a text where the text itself must not: without the key nobody can find out by guessing what it was.
     *
     * @param purpose keeps digests of different things apart
     */
    public String digest(String purpose, String text) {
        byte[] bytes = (purpose + '\0' + text).getBytes(StandardCharsets.UTF_8);
        return seal(bytes, 0, bytes.length);
    }

    private static MessageDigest padded(byte[] key, int pad) {
        byte[] block = key.clone();
        for (int i = 0; i < block.length; i++) {
            block[i] ^= (byte) pad;
        }
        MessageDigest digest = sha256();
        digest.update(block);
        return digest;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    @Override
    public String toString() {
        return "ChainKey[********]";
    }
}
