package dev.howdah.sample;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's programs as zonky packs them: a {@code tar.xz} inside a jar, one jar for each platform and version. They
 * are unpacked once into a directory named after both, so that versions live side by side. Immutable and thread-safe.
 */
public final class Binaries {
    private static final Logger LOG = LoggerFactory.getLogger(Binaries.class);

    private final String version;
    private final Optional<Path> jar;

    private Binaries(String version, Optional<Path> jar) {
        this.version = version;
        this.jar = jar;
    }

    /** The binaries on the class path. Whether there are any for this platform is seen when they are unpacked. */
    public static Binaries ofClassPath() {
        Properties properties = new Properties();
        try (InputStream in = Binaries.class.getResourceAsStream("binaries.properties")) {
            properties.load(Objects.requireNonNull(in, "binaries.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Binaries(properties.getProperty("version"), Optional.empty());
    }

    /** The binaries of another version, in a jar that is not on the class path. */
    public static Binaries ofJar(Path jar, String version) {
        return new Binaries(version, Optional.of(jar));
    }

    /** PostgreSQL's version as the packager counts it, such as 17.11.0. */
    public String version() {
        return version;
    }

    /** PostgreSQL's major version, which decides whether a data directory fits. */
    public int major() {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    /**
     * The directory with {@code bin}, {@code lib} and {@code share}, unpacked now if it was not before. Processes that
     * ask at the same time wait for one another; nobody ever sees half of it.
     *
     * @param cache where unpacked versions are kept; readable by every user of the machine afterwards
     * @throws HowdahException if there are none for this platform, or they cannot be written
     */
    Path unpack(Path cache, Progress progress) {
        Path home = cache.resolve(version + "-" + platform());
        if (Files.isDirectory(home)) {
            return home;
        }
        Directories.createReachable(cache);
        try (DirectoryLock _ = DirectoryLock.take(cache.resolve("lock"), Duration.ofMinutes(2))) {
            if (!Files.isDirectory(home)) {
                unpackAtomically(cache, home, progress);
            }
            return home;
        }
    }

    private void unpackAtomically(Path cache, Path home, Progress progress) {
        // One name for all, as the lock is held: what a killed process left behind is found and cleared.
        Path unfinished = cache.resolve(home.getFileName() + ".unfinished");
        long start = System.nanoTime();
        try {
            Directories.delete(unfinished);
            Unpacking.unpack(archive(), unfinished, "unpacking PostgreSQL " + version, progress);
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
            LOG.debug("unpacked {} in {} ms", home, (System.nanoTime() - start) / 1_000_000);
        } catch (IOException e) {
            HowdahException failure = Directories.failure("unpack PostgreSQL into", cache, e);
            try {
                Directories.delete(unfinished);
            } catch (IOException cleaning) {
                failure.addSuppressed(cleaning);
            }
            throw failure;
        }
    }

    private URL archive() throws IOException {
        String name = "/postgres-" + platform() + ".txz";
        if (jar.isPresent()) {
            return URI.create("jar:" + jar.get().toUri() + "!" + name).toURL();
        }
        URL archive = Binaries.class.getResource(name);
        if (archive == null) {
            throw new HowdahException(
                    ErrorCode.FILE,
                    "This build of Howdah holds no PostgreSQL for " + platform() + ".",
                    "Build it on this machine, or point Howdah at a database of your own.");
        }
        return archive;
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        String family = os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "darwin" : "linux";
        return family + "-" + (arch.equals("aarch64") ? "arm_64" : "x86_64");
    }
}
