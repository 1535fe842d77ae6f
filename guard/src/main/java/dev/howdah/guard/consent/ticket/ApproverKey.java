package dev.howdah.guard.consent.ticket;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An approver's private key, locked with a passphrase that is on no disk: an agent with a shell of the same account can read
 * the file and type {@code y}, and can sign nothing. Immutable.
 *
 * @param name the approver
 * @param publicKey what goes into {@code approval.approvers}, in base 64
 * @param locked the private key as it is stored
 */
public record ApproverKey(String name, String publicKey, String locked) {
    /** The shortest passphrase that is taken, in characters. */
    public static final int SHORTEST = 8;

    private static final String VERSION = "howdah-approver-1";
    private static final int ITERATIONS = 600_000;
    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;

    /** A new key, locked. */
    public static ApproverKey make(String name, char[] passphrase, SecureRandom random) {
        if (passphrase.length < SHORTEST) {
            throw new HowdahException(
                    ErrorCode.USAGE, "The passphrase is shorter than " + SHORTEST + " characters.", null);
        }
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] salt = new byte[SALT];
            byte[] nonce = new byte[NONCE];
            random.nextBytes(salt);
            random.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, passphrase, salt, nonce)
                    .doFinal(pair.getPrivate().getEncoded());
            Base64.Encoder base64 = Base64.getEncoder();
            return new ApproverKey(
                    name,
                    base64.encodeToString(pair.getPublic().getEncoded()),
                    base64.encodeToString(salt) + " " + base64.encodeToString(nonce) + " "
                            + base64.encodeToString(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519, PBKDF2 and AES", e);
        }
    }

    /**
     * The private key.
     *
     * @throws HowdahException of code REFUSED if the passphrase is not the right one
     */
    public PrivateKey unlocked(char[] passphrase) {
        String[] parts = locked.split(" ", -1);
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] opened = cipher(Cipher.DECRYPT_MODE, passphrase, base64.decode(parts[0]), base64.decode(parts[1]))
                    .doFinal(base64.decode(parts[2]));
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(opened));
        } catch (GeneralSecurityException e) {
            throw new HowdahException(ErrorCode.REFUSED, "That is not the passphrase of this key.", null, e);
        }
    }

    private static Cipher cipher(int mode, char[] passphrase, byte[] salt, byte[] nonce)
            throws GeneralSecurityException {
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(passphrase, salt, ITERATIONS, KEY_BITS))
                .getEncoded();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    /** As it is written into a file. */
    public String text() {
        return VERSION + "\n" + name + "\n" + publicKey + "\n" + locked + "\n";
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws HowdahException of code FILE if it is no such file
     */
    public static ApproverKey parse(String text) {
        String[] lines = text.strip().split("\n", -1);
        if (lines.length != 4 || !lines[0].equals(VERSION) || lines[3].split(" ", -1).length != 3) {
            throw new HowdahException(
                    ErrorCode.FILE, "The file holds no approver's key.", "`howdah approve --make-key NAME` makes one.");
        }
        return new ApproverKey(lines[1], lines[2], lines[3]);
    }
}
