package dev.howdah.guard.redaction;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Short names for values: HMAC-SHA-256 with a key of the profile's own, cut to 64 bits. The same value has the same name
 * in every table and every run, and none in another profile; without the key a guess cannot be checked. Thread-safe.
 */
public final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 8;

    private final SecretKeySpec key;

    private Pseudonyms(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * The names of one profile.
     *
     * @param secret what only the owner knows; the longer, the better
     * @param profile whose names; others' are different
     */
    public static Pseudonyms of(String secret, String profile) {
        SecretKeySpec given = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        return new Pseudonyms(new SecretKeySpec(mac(given, "howdah redaction " + profile), ALGORITHM));
    }

    /** The value's name, sixteen hexadecimal digits. */
    String of(String value) {
        return HexFormat.of().formatHex(mac(key, value), 0, BYTES);
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
