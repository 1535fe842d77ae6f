package dev.howdah.guard.journal;

import dev.howdah.guard.change.Act;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.wire.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Putting back what one entry of the journal keeps: an act like any write, rehearsed, consented to, executed with a tripwire
 * and journaled itself. Immutable.
 */
public final class Undo implements Act {
    private final Place place;
    private final Entry entry;
    private final Choice choice;
    private final List<String> relations;

    Undo(Place place, Entry entry, Choice choice, List<String> relations) {
        this.place = place;
        this.entry = entry;
        this.choice = choice;
        this.relations = List.copyOf(relations);
    }

    /** The number of the entry that is undone. */
    public long entry() {
        return entry.id();
    }

    /** The entry that is undone. */
    public Entry kept() {
        return entry;
    }

    @Override
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        texts.add("undo of " + entry.id()
                + switch (choice) {
                    case STOP -> "";
                    case SKIP -> ", leaving rows that were changed since";
                    case OVERWRITE -> ", overwriting rows that were changed since";
                });
        texts.addAll(entry.texts());
        return texts;
    }

    @Override
    public List<List<@Nullable String>> parameters() {
        return texts().stream().map(text -> List.<@Nullable String>of()).toList();
    }

    @Override
    public List<Review> reviews() {
        return List.of();
    }

    @Override
    public List<String> relations() {
        return relations;
    }

    @Override
    public Optional<List<String>> searchPath() {
        return Optional.empty();
    }

    @Override
    public Optional<String> ownSchema() {
        return Optional.of(place.schema());
    }

    @Override
    public void run(WriteTransaction transaction, Returning returning) {
        new Restoration(place, entry.id(), choice, transaction).run();
    }

    /** Says of an entry that it is undone; what it undid itself is done again. */
    static void settle(Place place, long undone, long by, Asked within) {
        within.rows("UPDATE " + place.table("entry") + " SET undone_by = " + by + " WHERE id = " + undone);
        within.rows("UPDATE " + place.table("entry") + " SET undone_by = NULL WHERE undone_by = " + undone);
    }
}
