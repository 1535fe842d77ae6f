package dev.howdah.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a file consists of: a folder of scripts beside this class, {@code v1.sql} and on, each of which turns a file of the
 * version before into its own. A script that was once released is never changed; a change is the next script.
 *
 * @param folder its name
 * @param version the newest
 */
record Schema(String folder, int version) {
    /** What Howdah remembers; tickets of other rooms are to come in here, too. */
    static final Schema STATE = new Schema("state", 1);

    /** Caches, which may be deleted at any time. */
    static final Schema CACHE = new Schema("cache", 1);

    /** The script that makes this version out of the one before. */
    String script(int toVersion) {
        return read("v" + toVersion + ".sql");
    }

    /** The script that puts in order what could be saved of a damaged file. */
    String salvaged() {
        return read("salvaged.sql");
    }

    private String read(String name) {
        try (InputStream script = Schema.class.getResourceAsStream(folder + "/" + name)) {
            if (script == null) {
                throw new IllegalStateException("no script " + folder + "/" + name);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
