package dev.howdah.postgres.catalog;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.wire.Premise;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot of a database's catalog, read when it is first needed and again when somebody has reason to doubt
 * it. Thread-safe; readers that come together wait for one reading.
 */
public final class CatalogSnapshot {
    private final CatalogReader reader;
    private @Nullable Catalog current;
    private @Nullable CodeCatalog code;
    private String mark = "";

    /** A snapshot that this reader reads. */
    public CatalogSnapshot(CatalogReader reader) {
        this.reader = reader;
    }

    /** What reads it, and everything else about the database's objects. */
    public CatalogReader reader() {
        return reader;
    }

    /** The snapshot, read now if it was not before. */
    public synchronized Catalog current(Cancellation cancellation) {
        if (current == null) {
            mark = reader.mark(cancellation);
            current = reader.read(cancellation);
        }
        return current;
    }

    /** The schemas that unqualified names are looked up in, as of the snapshot; empty if it was not read yet. */
    public synchronized Optional<List<String>> searchPath() {
        return Optional.ofNullable(current).map(Catalog::searchPath);
    }

    /** A snapshot that is newer than whatever was known before. */
    public synchronized Catalog refreshed(Cancellation cancellation) {
        code = null;
        mark = reader.mark(cancellation);
        current = reader.read(cancellation);
        return current;
    }

    /** What may run code, as of the snapshot; read when it is first needed after that. */
    public synchronized CodeCatalog code(Cancellation cancellation) {
        if (code == null) {
            code = reader.code(cancellation);
        }
        return code;
    }

    /** What the server's transactions were when the snapshot was read; empty if it was not read yet. */
    public synchronized Optional<String> mark() {
        return current == null ? Optional.empty() : Optional.of(mark);
    }

    /** That nothing of this was made or changed since the mark, for the server to hold a read to; no round trip. */
    public static Premise premise(String mark, Watched watched) {
        return Freshness.premise(mark, watched);
    }

    /** Whether any of this was made or changed since the snapshot; one round trip. */
    public boolean isOutdated(Watched watched, Cancellation cancellation) {
        String since;
        synchronized (this) {
            since = mark;
        }
        return since.isEmpty() || reader.changedSince(since, watched, cancellation);
    }
}
