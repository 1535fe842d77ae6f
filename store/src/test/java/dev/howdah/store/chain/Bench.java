package dev.howdah.store.chain;

import dev.howdah.base.JsonLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A log in a directory of its own, what it says, and ways to spoil it. */
final class Bench {
    final ChainFiles files;
    final ChainKey key;

    Bench(Path directory) throws IOException {
        files = new ChainFiles(directory.resolve("audit.jsonl"));
        key = ChainedLog.key(files);
    }

    ChainOptions options() {
        return ChainOptions.defaults(Clock.systemUTC());
    }

    ChainOptions small(long bytes, Optional<Duration> retention) {
        return new ChainOptions(bytes, retention, Duration.ofSeconds(60), "\"host\":\"here\"", Clock.systemUTC());
    }

    ChainedLog open() throws IOException {
        return ChainedLog.open(files, key, options());
    }

    /** Appends {@code what 1} to {@code what count}, every third durable. */
    void write(String what, int count) throws IOException {
        try (ChainedLog log = open()) {
            for (int i = 1; i <= count; i++) {
                log.append(record(what + " " + i), i % 3 == 0);
            }
        }
    }

    static String record(String text) {
        return new JsonLine().field("text", text).members();
    }

    Verification verify() throws IOException {
        return ChainVerifier.verify(files, key, Optional.empty());
    }

    List<Verification.Kind> kinds() throws IOException {
        return verify().findings().stream().map(Verification.Finding::kind).toList();
    }

    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        new ChainReader(files).forEach(line -> {
            lines.add(line);
            return true;
        });
        return lines;
    }

    /** The texts of all records, in order; what the log wrote itself is its event's name. */
    List<String> texts() throws IOException {
        return lines().stream()
                .map(line -> line.replaceAll("^.*?\"(?:text|event)\":\"([^\"]*)\".*$", "$1"))
                .toList();
    }

    void overwrite(List<String> lines) throws IOException {
        Files.writeString(files.log(), String.join("\n", lines) + "\n");
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(files.log());
    }

    void bytes(byte[] bytes) throws IOException {
        Files.write(files.log(), bytes);
    }

    void appendRaw(String text) throws IOException {
        byte[] before = bytes();
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, all, before.length, more.length);
        bytes(all);
    }
}
