package dev.howdah.terminal.result;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A local file of bounded size that holds what no longer fits into the memory; when it is full, it begins again at its
 * start. Only its owner may read it, and where the system allows, it has no name from the beginning, so that it is gone
 * with the process. Not thread-safe.
 */
final class Spill implements AutoCloseable {
    private final long bound;
    private @Nullable FileChannel channel;
    private long at;

    Spill(long bound) {
        this.bound = bound;
    }

    /** Writes the bytes and gives the place where they are; what stood there before is lost. */
    long write(byte[] bytes, int length) throws IOException {
        FileChannel file = channel;
        if (file == null) {
            file = open();
            channel = file;
        }
        if (at + length > bound) {
            at = 0;
        }
        long place = at;
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            at += file.write(buffer, at);
        }
        return place;
    }

    byte[] read(long place, int length) throws IOException {
        FileChannel file = channel;
        if (file == null) {
            throw new IOException("nothing was spilled");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, place + buffer.position()) < 0) {
                throw new IOException("the spill file was cut");
            }
        }
        return buffer.array();
    }

    private static FileChannel open() throws IOException {
        Path path = Files.createTempFile("howdah-rows", ".tmp");
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.deleteIfExists(path);
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
