package dev.howdah.store.chain;

import dev.howdah.store.files.Private;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a chained log lives: {@code audit.jsonl}, and beside it what was rotated ({@code audit-000000001234.jsonl} ends
 * with record 1234), the key, the lock, the note of the head and what crashes left. Immutable.
 */
public final class ChainFiles {
    private final Path log;
    private final Path directory;
    private final String stem;
    private final String ending;

    /** The log that is written to this file. */
    public ChainFiles(Path log) {
        this.log = log.toAbsolutePath().normalize();
        Path parent = this.log.getParent();
        this.directory = parent == null ? this.log : parent;
        String name = String.valueOf(this.log.getFileName());
        int dot = name.lastIndexOf('.');
        this.stem = dot > 0 ? name.substring(0, dot) : name;
        this.ending = dot > 0 ? name.substring(dot) : "";
    }

    /** The file that is written to. */
    public Path log() {
        return log;
    }

    /** Where the key is unless a setting names another. */
    public Path key() {
        return directory.resolve(stem + ".key");
    }

    /** A file beside the log, for what goes with it. */
    public Path beside(String suffix) {
        return directory.resolve(stem + suffix);
    }

    /** Keeps text beside the log in a file that only its owner may read, replacing what was there in one step. */
    public void keep(String suffix, String text) throws IOException {
        Path fresh = beside(suffix + "." + ProcessHandle.current().pid() + "."
                + Thread.currentThread().threadId());
        Files.deleteIfExists(fresh);
        Private.write(fresh, text.getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, beside(suffix), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    Path directory() {
        return directory;
    }

    Path lock() {
        return directory.resolve(stem + ".lock");
    }

    Path note() {
        return directory.resolve(stem + ".head");
    }

    Path rotated(long lastSequence) {
        return directory.resolve(stem + "-" + padded(lastSequence) + ending);
    }

    /** A name for what a crash left where this record should be. */
    Path torn(long sequence, int number) {
        return directory.resolve(stem + "-torn-" + padded(sequence) + "-" + number);
    }

    /** The rotated files, the oldest first. */
    List<Path> rotated() throws IOException {
        List<Path> rotated = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return rotated;
        }
        int digits = padded(0).length();
        int length = stem.length() + 1 + digits + ending.length();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
            for (Path path : listing) {
                String name = String.valueOf(path.getFileName());
                if (name.length() == length
                        && name.startsWith(stem + "-")
                        && name.endsWith(ending)
                        && isNumber(name, stem.length() + 1, digits)) {
                    rotated.add(path);
                }
            }
        }
        rotated.sort(null);
        return rotated;
    }

    /** All files of the log that are there, the oldest first. */
    public List<Path> all() throws IOException {
        List<Path> all = rotated();
        if (Files.exists(log)) {
            all.add(log);
        }
        return all;
    }

    private static boolean isNumber(String name, int from, int digits) {
        for (int i = from; i < from + digits; i++) {
            if (!Seals.isDigit(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String padded(long number) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, 12 - digits.length())) + digits;
    }

    @Override
    public String toString() {
        return log.toString();
    }
}
