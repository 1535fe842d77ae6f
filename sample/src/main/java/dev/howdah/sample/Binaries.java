package dev.howdah.sample;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs as zonky packs them: a {@code tar.xz} inside a jar, one jar for each platform and version. They
 * are unpacked once into a directory named after both, so that versions live side by side. Immutable and thread-safe.
 */
public final class Binaries {
    private static final Logger LOG = LoggerFactory.getLogger(Binaries.class);

    private final String version;
    private final String platform;
    private final URL archive;

    private Binaries(String version, String platform, URL archive) {
        this.version = version;
        this.platform = platform;
        this.archive = archive;
    }

    /**
     * The binaries on the class path.
     *
     * @throws HowdahException if there are none for this platform
     */
    public static Binaries ofClassPath() {
        Properties properties = new Properties();
        try (InputStream in = Binaries.class.getResourceAsStream("binaries.properties")) {
            properties.load(Objects.requireNonNull(in, "binaries.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String platform = platform();
        URL archive = Binaries.class.getResource("/postgres-" + platform + ".txz");
        if (archive == null) {
            throw new HowdahException(
                    ErrorCode.FILE,
                    "This build of Howdah holds no PostgreSQL for " + platform + ".",
                    "Build it on this machine, or point Howdah at a database of your own.");
        }
        return new Binaries(properties.getProperty("version"), platform, archive);
    }

    /** The binaries of another version, in a jar that is not on the class path. */
    public static Binaries ofJar(Path jar, String version) {
        String platform = platform();
        try {
            URL archive = URI.create("jar:" + jar.toUri() + "!/postgres-" + platform + ".txz")
                    .toURL();
            return new Binaries(version, platform, archive);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
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
     */
    Path unpack(Path cache, Progress progress) {
        Path home = cache.resolve(version + "-" + platform);
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
            extract(unfinished, progress);
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

    private void extract(Path target, Progress progress) throws IOException {
        String step = "unpacking PostgreSQL " + version;
        URLConnection connection = archive.openConnection();
        // A cached jar file would stay open until the JVM ends.
        connection.setUseCaches(false);
        long length = connection.getContentLengthLong();
        progress.report(step, 0);
        try (InputStream raw = new Measured(connection.getInputStream(), length, step, progress);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(raw, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("an entry of the archive leads out of it: " + entry.getName());
                }
                extract(tar, entry, path);
            }
        }
        progress.report(step, 1);
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            createDirectories(path);
            return;
        }
        createDirectories(Objects.requireNonNull(path.getParent()));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        setPermissions(path, (entry.getMode() & 0100) != 0);
    }

    private static void createDirectories(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            createDirectories(Objects.requireNonNull(path.getParent()));
            Files.createDirectory(path);
            setPermissions(path, true);
        }
    }

    /** Whatever this process's umask is, the server's user has to read and run them. */
    private static void setPermissions(Path path, boolean executable) throws IOException {
        if (Directories.isPosix(path)) {
            Set<PosixFilePermission> permissions = EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.OTHERS_READ);
            if (executable) {
                permissions.addAll(EnumSet.of(
                        PosixFilePermission.OWNER_EXECUTE,
                        PosixFilePermission.GROUP_EXECUTE,
                        PosixFilePermission.OTHERS_EXECUTE));
            }
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        String family = os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "darwin" : "linux";
        return family + "-" + (arch.equals("aarch64") ? "arm_64" : "x86_64");
    }

    /** Reports how much of a stream was read, at most a hundred times. */
    private static final class Measured extends FilterInputStream {
        private final long length;
        private final String step;
        private final Progress progress;
        private long read;
        private long reported;

        Measured(InputStream in, long length, String step, Progress progress) {
            super(in);
            this.length = length;
            this.step = step;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int size) throws IOException {
            int n = super.read(buffer, offset, size);
            count(Math.max(n, 0));
            return n;
        }

        private void count(int n) {
            read += n;
            if (length > 0 && (read - reported) * 100 >= length) {
                reported = read;
                progress.report(step, Math.min(1, (double) read / length));
            }
        }
    }
}
