package dev.howdah.store.events;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory for each history, a file for each event, numbered. A file is written whole under a name of its own and then
 * linked to its number: the file system lets exactly one have a number, and no reader sees half an event, whenever a
 * process dies.
 */
public final class HistoryFiles implements Histories {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final Path directory;

    /** Histories below a directory, which is made when the first event is added. */
    public HistoryFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<String> events(String history) {
        Path place = place(history);
        List<String> events = new ArrayList<>();
        try {
            while (true) {
                events.add(Files.readString(place.resolve(name(events.size()))));
            }
        } catch (NoSuchFileException e) {
            // The first number that is not there ends the history.
            return List.copyOf(events);
        } catch (IOException e) {
            throw failure("read", place, e);
        }
    }

    @Override
    public boolean add(String history, int seen, String event) {
        Path place = place(history);
        try {
            if (!Files.isDirectory(place)) {
                Files.createDirectories(place, attributes("rwx------"));
            }
            if (seen > 0 && !Files.exists(place.resolve(name(seen - 1)))) {
                throw new IllegalArgumentException("nobody can have seen " + seen + " events");
            }
            Path whole = place.resolve("new-" + UUID.randomUUID());
            write(whole, event);
            try {
                Files.createLink(place.resolve(name(seen)), whole);
            } catch (FileAlreadyExistsException e) {
                return false;
            } finally {
                Files.delete(whole);
            }
            sync(place);
            return true;
        } catch (IOException e) {
            throw failure("write", place, e);
        }
    }

    private void write(Path file, String event) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                attributes("rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(event.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private void sync(Path place) throws IOException {
        if (isPosix()) {
            try (FileChannel channel = FileChannel.open(place, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public List<String> all() {
        try (Stream<Path> places = Files.list(directory)) {
            return places.map(place -> String.valueOf(place.getFileName()))
                    .filter(name -> IDENTIFIER.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw failure("read", directory, e);
        }
    }

    private Path place(String history) {
        if (!IDENTIFIER.matcher(history).matches()) {
            throw new IllegalArgumentException("no identifier of a history");
        }
        return directory.resolve(history);
    }

    private static String name(int number) {
        return String.format(java.util.Locale.ROOT, "%06d.json", number);
    }

    private boolean isPosix() {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private FileAttribute<?>[] attributes(String permissions) {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static HowdahException failure(String what, Path place, IOException cause) {
        return new HowdahException(
                ErrorCode.FILE,
                "Cannot " + what + " " + place + ".",
                "Its directory has to be yours and writable.",
                cause);
    }
}
