package dev.howdah.library.settings;

import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.library.redaction.Redaction;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A password, key or URL: either the text itself or a reference to where it is kept, {@code env://NAME} or
 * {@code file:PATH}. It is looked up only when it is used, so that a missing one hurts nobody who does not need it, and it
 * never prints itself. Immutable and thread-safe.
 */
public final class SecretSetting {
    /** What is shown in a secret's place. */
    public static final String MASK = Redaction.MASK;

    private static final String VARIABLE = "env://";
    private static final String FILE = "file:";
    private static final int MAXIMUM_BYTES = 64 * 1024;

    private final String text;
    private final String owner;
    private final Environment environment;
    private final Path base;

    /**
     * @param text the secret or a reference
     * @param owner the setting and its place, for messages
     * @param environment where references are looked up
     * @param base the directory that relative file references start from
     */
    SecretSetting(String text, String owner, Environment environment, Path base) {
        this.text = text;
        this.owner = owner;
        this.environment = environment;
        this.base = base;
    }

    /**
     * The secret itself. Reads the variable or file that it refers to.
     *
     * @throws HowdahException of code CONFIGURATION if what it refers to is missing, empty or unreadable
     */
    public String reveal() {
        if (text.startsWith(VARIABLE)) {
            String name = text.substring(VARIABLE.length());
            return environment
                    .variable(name)
                    .orElseThrow(() -> new HowdahException(
                            ErrorCode.CONFIGURATION,
                            owner + " refers to " + text + ", and that variable is not set.",
                            "Set " + name + " in the environment, or change the setting."));
        }
        Optional<Path> file = file();
        return file.isEmpty() ? text : fromFile(file.get());
    }

    /** Whether the secret is kept elsewhere, so that the setting itself may be read by anyone. */
    public boolean isReference() {
        return isReference(text);
    }

    static boolean isReference(String text) {
        return text.startsWith(VARIABLE) || text.startsWith(FILE);
    }

    /** Whether the text itself must be kept from others: a reference need not be, nor a URL without a password. */
    boolean isSensitive() {
        return !isReference()
                && !(text.contains("://") && Redaction.PATTERNS.apply(text).equals(text));
    }

    /** The file that a file reference names. */
    Optional<Path> file() {
        if (!text.startsWith(FILE)) {
            return Optional.empty();
        }
        String path = text.substring(FILE.length());
        if (path.startsWith("///")) {
            path = path.substring(2);
        }
        try {
            return Optional.of(TextFile.path(path, environment, base));
        } catch (InvalidPathException e) {
            throw new HowdahException(
                    ErrorCode.CONFIGURATION, owner + " refers to a file whose name is no path.", null, e);
        }
    }

    private String fromFile(Path file) {
        String content = TextFile.read(file, TextFile.show(file, environment), MAXIMUM_BYTES)
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.CONFIGURATION,
                        owner + " refers to " + TextFile.show(file, environment) + ", and there is no such file.",
                        "Create it with the secret as its only line (mode 0600), or change the setting."));
        String secret = content.stripTrailing();
        if (secret.isEmpty()) {
            throw new HowdahException(
                    ErrorCode.CONFIGURATION,
                    owner + " refers to " + TextFile.show(file, environment) + ", which is empty.",
                    "Write the secret into it as its only line.");
        }
        return secret;
    }

    /** The mask; for a reference also where it points, and for a URL everything but its password. */
    @Override
    public String toString() {
        if (isReference()) {
            return MASK + " (" + text + ")";
        }
        return text.contains("://") ? Redaction.PATTERNS.apply(text) : MASK;
    }
}
