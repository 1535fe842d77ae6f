package dev.howdah.library.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that begins anew when it is full and keeps a few of its forerunners. Several processes may append to the same one:
 * each record is one write in append mode, and rotation is done under a lock by whoever finds the file full first. Not
 * thread-safe.
 */
final class RotatingFile implements Closeable {
    private final Path path;
    private final long maximumBytes;
    private final int files;
    private @Nullable FileChannel channel;

    RotatingFile(Path path, long maximumBytes, int files) {
        this.path = path.toAbsolutePath();
        this.maximumBytes = maximumBytes;
        this.files = files;
    }

    void append(byte[] line) throws IOException {
        FileChannel open = channel == null ? open() : channel;
        if (open.size() > 0 && open.size() + line.length > maximumBytes) {
            open = rotate(line.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            open.write(bytes);
        }
    }

    private FileChannel open() throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path directory = path.getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(directory, attributes(posix, "rwx------"));
        }
        FileChannel opened = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), attributes(posix, "rw-------"));
        channel = opened;
        return opened;
    }

    private static FileAttribute<?>[] attributes(boolean posix, String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private FileChannel rotate(int bytes) throws IOException {
        close();
        Path guard = sibling(".lock");
        try (FileChannel locked = FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = locked.lock()) {
            // Another process may have rotated since: then this one only has to open the new file.
            if (lock.isValid() && size() > 0 && size() + bytes > maximumBytes) {
                shift();
            }
        } catch (OverlappingFileLockException e) {
            // Another log of this very process is rotating; this record may make the file a little larger.
            return open();
        }
        return open();
    }

    private long size() throws IOException {
        try {
            return Files.size(path);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private void shift() throws IOException {
        if (files == 1) {
            Files.delete(path);
            return;
        }
        for (int i = files - 1; i > 1; i--) {
            Path from = sibling("." + (i - 1));
            if (Files.exists(from)) {
                Files.move(from, sibling("." + i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(path, sibling(".1"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path sibling(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
