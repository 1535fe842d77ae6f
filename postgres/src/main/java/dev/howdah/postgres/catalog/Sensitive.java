package dev.howdah.postgres.catalog;

import dev.howdah.base.privacy.ColumnNames;
import dev.howdah.base.privacy.ColumnNames.Tag;
import java.util.Optional;
import java.util.Set;

/** Recognises columns whose values nobody should keep a copy of: secrets and what identifies a person to an office. */
public final class Sensitive {
    /** Mostly harmless, and never words of a question. */
    private static final Set<String> USELESS = Set.of("hash", "signature", "fingerprint", "salt");

    private Sensitive() {}

    /** By its comment's tag, else by its name. */
    public static boolean isSensitive(Column column) {
        Optional<Tag> tag = column.comment().flatMap(ColumnNames::tag);
        return tag.isPresent()
                ? tag.get().kind().isPresent()
                : ColumnNames.kind(column.name()).isPresent()
                        || NameWords.of(column.name()).stream().anyMatch(USELESS::contains);
    }
}
