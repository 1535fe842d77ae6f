package dev.howdah.guard.journal;

import dev.howdah.guard.change.Act;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.wire.WriteTransaction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Forgetting entries of the journal, after which they cannot be undone. Immutable. */
public final class Forget implements Act {
    private final Place place;
    private final List<Long> entries;

    Forget(Place place, List<Long> entries) {
        this.place = place;
        this.entries = List.copyOf(entries);
    }

    @Override
    public List<String> texts() {
        return List.of("purge of " + words());
    }

    private String words() {
        return entries.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public List<List<@Nullable String>> parameters() {
        return List.of(List.of());
    }

    @Override
    public List<Review> reviews() {
        return List.of();
    }

    @Override
    public List<String> relations() {
        return List.of();
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
        if (!entries.isEmpty()) {
            Purge.forget(place, "id IN (" + words() + ")", Asked.within(transaction));
        }
    }
}
