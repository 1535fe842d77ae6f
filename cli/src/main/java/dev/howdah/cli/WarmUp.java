package dev.howdah.cli;

import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Run once by the build: walks the ways that people use most, so that the classes they need are in the class data
 * archive. Uses a sample database of its own, below the directory it is given.
 */
public final class WarmUp {
    private WarmUp() {}

    /** Runs the commands; the process's exit writes the archive. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]).toAbsolutePath();
        Environment environment = new Environment(
                Map.of("XDG_DATA_HOME", directory.toString()),
                directory,
                directory,
                OperatingSystem.of(System.getProperty("os.name")));
        try {
            run(environment, "--help");
            run(environment, "version");
            run(environment, "demo", "show latest 20 orders");
            run(environment, "demo", "total revenue last month by region", "-o", "json");
            run(environment, "sql", "-d", "demo", "select 1");
            run(environment, "sql", "-d", "demo", "select count(*) from orders", "-o", "csv");
            run(environment, "schema", "-d", "demo", "orders");
        } finally {
            run(environment, "demo", "stop");
        }
    }

    private static void run(Environment environment, String... command) {
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                false,
                true,
                true,
                100);
        OptionalInt exitCode = Main.run(environment, console, command);
        if (!exitCode.equals(OptionalInt.of(0))) {
            System.err.println("warm-up: " + String.join(" ", command) + " ended with " + exitCode);
        }
    }
}
