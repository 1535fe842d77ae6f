package dev.howdah.guard.review;

import dev.howdah.postgres.catalog.CodeCatalog;
import java.util.concurrent.atomic.AtomicReference;

/** What is known about the newest snapshot. Thread-safe. */
final class KnownThings {
    private final AtomicReference<Known> newest = new AtomicReference<>();

    /** What is known about this snapshot; begins anew with each. */
    Known of(CodeCatalog code) {
        Known known = newest.get();
        if (known == null || known.code != code) {
            known = new Known(code);
            newest.set(known);
        }
        return known;
    }
}
