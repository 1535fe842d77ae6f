package dev.howdah.library.settings;

import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A machine made for one test: its own home, working directory, variables, file and .env. */
final class Machine {
    private final Path home;
    private final Path work;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> flags = new HashMap<>();

    Machine(Path directory) {
        try {
            home = Files.createDirectories(directory.resolve("home"));
            work = Files.createDirectories(directory.resolve("work"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Machine file(String yaml) {
        return write(configuration(), yaml);
    }

    Machine dotenv(String text) {
        return write(work.resolve(".env"), text);
    }

    Machine variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    Machine flag(String name, String value) {
        flags.put(name, value);
        return this;
    }

    Machine write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Path configuration() {
        return environment().configurationDirectory().resolve("config.yaml");
    }

    Path home() {
        return home;
    }

    Path work() {
        return work;
    }

    Environment environment() {
        return new Environment(variables, home, work, OperatingSystem.LINUX);
    }

    Settings load() {
        return Settings.load(environment(), flags);
    }
}
