package dev.howdah.library.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings are read before anything else, so what they load, everybody waits for. */
class StartUpTest {
    @TempDir
    Path directory;

    @Test
    void withoutAFileNoYamlIsLoaded() throws Exception {
        List<String> classes = classesOfARun();

        assertThat(classes)
                .anyMatch(line -> line.contains("dev.howdah.library.settings.Settings "))
                .noneMatch(line -> line.contains("org.snakeyaml"))
                .noneMatch(line -> line.contains("ConfigurationFile"))
                .noneMatch(line -> line.contains("java.util.regex.Pattern$"))
                .noneMatch(line -> line.contains("dev.howdah.library.log"));
    }

    @Test
    void withAFileItIs() throws Exception {
        new Machine(directory).file("read_only: true");

        assertThat(classesOfARun()).anyMatch(line -> line.contains("org.snakeyaml"));
    }

    private List<String> classesOfARun() throws IOException, InterruptedException {
        Machine machine = new Machine(directory);
        Path output = directory.resolve("classes");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Run.class.getName(),
                        machine.home().toString(),
                        machine.work().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        return java.nio.file.Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    /** A program that only loads its settings, and says how many milliseconds that took. */
    static final class Run {
        private Run() {}

        public static void main(String[] arguments) {
            Environment environment =
                    new Environment(Map.of(), Path.of(arguments[0]), Path.of(arguments[1]), OperatingSystem.LINUX);
            long start = System.nanoTime();
            Settings settings = Settings.load(environment, Map.of());
            boolean readOnly = settings.value(Keys.READ_ONLY);
            System.out.println((System.nanoTime() - start) / 1_000 + " us, read-only " + readOnly);
        }
    }
}
