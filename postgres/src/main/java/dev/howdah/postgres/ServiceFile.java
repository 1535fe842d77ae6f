package dev.howdah.postgres;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** libpq's connection service file: sections of {@code keyword=value} lines. */
final class ServiceFile {
    private final Path path;

    ServiceFile(Path path) {
        this.path = path;
    }

    /**
     * The section of this name; empty if the file or the section does not exist.
     *
     * @throws HowdahException of code {@link ErrorCode#CONFIGURATION} if the file cannot be read or understood
     */
    Optional<ConnectionParameters> service(String name) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(path);
        } catch (IOException e) {
            throw new HowdahException(
                    ErrorCode.CONFIGURATION,
                    "The service file " + path + " cannot be read.",
                    "Check its permissions.",
                    e);
        }
        String header = "[" + name + "]";
        ConnectionParameters found = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                if (found != null) {
                    break;
                }
                found = line.equals(header) ? ConnectionParameters.empty() : null;
            } else if (found != null) {
                found = parameter(found, line, i + 1);
            }
        }
        return Optional.ofNullable(found);
    }

    private ConnectionParameters parameter(ConnectionParameters found, String line, int number) {
        int equals = line.indexOf('=');
        String keyword = equals < 0 ? "" : line.substring(0, equals).strip();
        if (keyword.isEmpty() || keyword.equals("service")) {
            throw new HowdahException(
                    ErrorCode.CONFIGURATION,
                    "Line " + number + " of the service file " + path + " is not right.",
                    keyword.isEmpty() ? "A line is keyword=value." : "A service cannot name another service.");
        }
        if (found.value(keyword).isPresent()) {
            return found;
        }
        return found.with(keyword, line.substring(equals + 1).strip(), "service file " + path + " line " + number);
    }
}
