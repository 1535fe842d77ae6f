package dev.howdah.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** Generated passwords and the private files they are kept in. */
final class Passwords {
    private static final int BYTES = 24;

    private Passwords() {}

    /** A new password: 192 random bits in characters that need no escaping in SQL or a URL. */
    static String generate() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The password in a file; empty when there is no such file. */
    static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Directories.failure("read", file, e);
        }
    }
}
