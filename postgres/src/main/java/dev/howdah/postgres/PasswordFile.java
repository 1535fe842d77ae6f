package dev.howdah.postgres;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** libpq's password file: lines of {@code host:port:database:user:password}, the first that fits counts. */
final class PasswordFile {
    private final Path path;
    private final Consumer<String> warnings;

    PasswordFile(Path path, Consumer<String> warnings) {
        this.path = path;
        this.warnings = warnings;
    }

    /** The password for this target. A file that others may read is not used, as libpq does not. */
    Optional<Secret> password(String host, int port, String database, String user) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            if (!Files.isRegularFile(path)) {
                warnings.accept("The password file " + path + " is not a plain file; it is ignored.");
                return Optional.empty();
            }
            if (othersMayRead()) {
                warnings.accept("The password file " + path
                        + " may be read by others; it is ignored. Correct it with: chmod 0600 " + path);
                return Optional.empty();
            }
            String portText = Integer.toString(port);
            for (String line : Files.readAllLines(path)) {
                Optional<Secret> password = password(line, List.of(host, portText, database, user));
                if (password.isPresent()) {
                    return password;
                }
            }
            return Optional.empty();
        } catch (MalformedInputException e) {
            warnings.accept("The password file " + path + " is not UTF-8 text; it is ignored.");
            return Optional.empty();
        } catch (IOException e) {
            warnings.accept("The password file " + path + " cannot be read; it is ignored.");
            return Optional.empty();
        }
    }

    private boolean othersMayRead() throws IOException {
        if (!Files.getFileStore(path).supportsFileAttributeView("posix")) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        return permissions.stream()
                .anyMatch(p -> p.name().startsWith("GROUP_") || p.name().startsWith("OTHERS_"));
    }

    private static Optional<Secret> password(String line, List<String> wanted) {
        if (line.startsWith("#")) {
            return Optional.empty();
        }
        List<String> fields = fields(line);
        if (fields.size() != wanted.size() + 1) {
            return Optional.empty();
        }
        for (int i = 0; i < wanted.size(); i++) {
            String field = fields.get(i);
            // A star that was written \* is a star, not a wildcard; fields() keeps its backslash for that reason.
            if (!field.equals("*") && !unescaped(field).equals(wanted.get(i))) {
                return Optional.empty();
            }
        }
        String password = unescaped(fields.getLast());
        return password.isEmpty() ? Optional.empty() : Optional.of(new Secret(password));
    }

    /** Four fields and the rest of the line, backslashes kept. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>(5);
        int start = 0;
        for (int i = 0; i < line.length() && fields.size() < 4; i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == ':') {
                fields.add(line.substring(start, i));
                start = i + 1;
            }
        }
        fields.add(line.substring(start));
        return fields;
    }

    private static String unescaped(String field) {
        StringBuilder plain = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            plain.append(c == '\\' && i + 1 < field.length() ? field.charAt(++i) : c);
        }
        return plain.toString();
    }
}
