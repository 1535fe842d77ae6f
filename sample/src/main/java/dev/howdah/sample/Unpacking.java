package dev.howdah.sample;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks a {@code tar.xz} with its links and permissions. Apart from {@link Binaries} so that a command which finds
 * everything unpacked does not load the libraries for it.
 */
final class Unpacking {
    private Unpacking() {}

    /** Unpacks {@code archive} into {@code target}, which is made, and reports how far it is as {@code step}. */
    static void unpack(URL archive, Path target, String step, Progress progress) throws IOException {
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
