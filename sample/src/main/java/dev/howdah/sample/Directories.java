package dev.howdah.sample;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The file system as the launcher needs it: permissions set whatever the umask is, and failures that say what to do. */
final class Directories {
    private static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> REACHABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private static final long NEARLY_FULL_BYTES = 50_000_000;

    private Directories() {}

    /** Creates a directory and its missing parents so that every user can reach what is below. */
    static void createReachable(Path directory) {
        try {
            createMissing(directory.toAbsolutePath());
        } catch (IOException e) {
            throw failure("create", directory, e);
        }
    }

    private static void createMissing(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            createMissing(parent);
        }
        Files.createDirectories(directory);
        if (isPosix(directory)) {
            Files.setPosixFilePermissions(directory, REACHABLE);
        }
    }

    /** Writes a file that only its owner may read. It never exists half-written or readable by others. */
    static void writePrivate(Path file, String content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        if (isPosix(Objects.requireNonNull(file.getParent()))) {
            Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(PRIVATE_FILE));
        } else {
            Files.createFile(unfinished);
        }
        Files.writeString(unfinished, content, StandardOpenOption.SYNC);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes a directory with all that is in it, without following links. Nothing there is fine. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** How many bytes the files below a directory hold, as far as this user can see; 0 when there is none. */
    static long size(Path directory) {
        LongAdder bytes = new LongAdder();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes.add(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    // A running server removes files at any time.
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw failure("read", directory, e);
        }
        return bytes.sum();
    }

    /** Whether owner, group and permissions mean something there. */
    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Whether the disk has so little space left that this is probably why something failed. A server that cannot write
     * its log of changes goes down at once and cannot say why.
     */
    static boolean isNearlyFull(Path path) {
        try {
            return Files.getFileStore(path).getUsableSpace() < NEARLY_FULL_BYTES;
        } catch (IOException e) {
            // The failure that is being explained has its own message; this one only adds advice.
            return false;
        }
    }

    /** What a person is told when a file operation failed. */
    static HowdahException failure(String attempt, Path path, IOException e) {
        return new HowdahException(
                ErrorCode.FILE, "Cannot " + attempt + " " + path + ": " + reason(e) + ".", advice(e), e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " is not there";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static String advice(IOException e) {
        if (reason(e).contains("No space left")) {
            return "The demo needs about 200 MB: free some space, or set XDG_DATA_HOME to a directory on another disk.";
        }
        return "Make it writable for this user, or set XDG_DATA_HOME to a directory that is.";
    }
}
