package dev.howdah.library.settings;

import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Small text files of a person, read with errors that say what is wrong with them. */
final class TextFile {
    private TextFile() {}

    /** The path a person meant: {@code ~} is home, relative ones start from {@code base}. */
    static Path path(String text, Environment environment, Path base) {
        if (text.equals("~")) {
            return environment.home();
        }
        return text.startsWith("~/")
                ? environment.home().resolve(text.substring(2))
                : base.resolve(text).normalize();
    }

    /** The path as a person would write it. */
    static String show(Path path, Environment environment) {
        if (path.startsWith(environment.workingDirectory()) && !path.equals(environment.workingDirectory())) {
            return environment.workingDirectory().relativize(path).toString();
        }
        return path.startsWith(environment.home()) ? "~/" + environment.home().relativize(path) : path.toString();
    }

    /**
     * The file's text without a byte order mark, or nothing if there is no such file.
     *
     * @param name how messages call the file
     * @throws HowdahException of code CONFIGURATION if it is a directory, cannot be read, is too large or is not UTF-8
     */
    static Optional<String> read(Path file, String name, int maximumBytes) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw wrong(name + " is a directory, not a file.", "Move it away, or name another file.", null);
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(maximumBytes + 1);
            }
            if (bytes.length > maximumBytes) {
                throw wrong(
                        name + " is larger than " + (maximumBytes / 1024)
                                + " kB, so it is hardly the file it should be.",
                        "Check what it is; name another file or shorten it.",
                        null);
            }
            return Optional.of(decode(bytes, name));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (AccessDeniedException e) {
            throw wrong(name + " cannot be read: permission denied.", "Make it readable for you (chmod u+r).", e);
        } catch (IOException e) {
            throw wrong(name + " cannot be read: " + reason(e) + ".", "Check the file and the disk it is on.", e);
        }
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private static String decode(byte[] bytes, String name) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw wrong(name + ":" + line + " is not UTF-8 text.", "Save the file as UTF-8.", null);
        }
        out.flip();
        if (out.hasRemaining() && out.charAt(0) == '\ufeff') {
            out.get();
        }
        return out.toString();
    }

    /** Whether others than the owner can read the file; false where the system has no such permissions. */
    static boolean readableByOthers(Path file) {
        return permitted(file, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
    }

    /** Whether everybody can write the file. Its group may: on many systems that is the owner alone. */
    static boolean writableByOthers(Path file) {
        return permitted(file, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_WRITE);
    }

    private static boolean permitted(Path file, PosixFilePermission group, PosixFilePermission others) {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view == null) {
                return false;
            }
            Set<PosixFilePermission> permissions = view.readAttributes().permissions();
            return permissions.contains(group) || permissions.contains(others);
        } catch (IOException e) {
            // What cannot be looked at cannot be warned about; reading it says why.
            return false;
        }
    }

    private static HowdahException wrong(String message, String hint, @Nullable Exception e) {
        return new HowdahException(ErrorCode.CONFIGURATION, message, hint, e);
    }
}
