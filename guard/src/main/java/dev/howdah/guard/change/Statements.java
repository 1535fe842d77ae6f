package dev.howdah.guard.change;

import dev.howdah.guard.review.Review;
import dev.howdah.postgres.wire.WriteTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reviewed statements, each run byte for byte as it was reviewed. Immutable. */
final class Statements implements Act {
    private final List<Review> reviews;
    private final List<List<@Nullable String>> parameters;

    /**
     * @param parameters the values that travel with each
     * @throws dev.howdah.base.HowdahException of code REFUSED if one of them must not run
     */
    static Statements proposable(List<Review> reviews, List<List<@Nullable String>> parameters) {
        reviews.forEach(Review::requireProposable);
        return new Statements(reviews, parameters);
    }

    /** Statements that are only looked at, or are known to be proposable. */
    Statements(List<Review> reviews, List<List<@Nullable String>> parameters) {
        this.reviews = List.copyOf(reviews);
        this.parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    @Override
    public List<String> texts() {
        return reviews.stream().map(review -> review.statement().text()).toList();
    }

    @Override
    public List<List<@Nullable String>> parameters() {
        return parameters;
    }

    @Override
    public List<Review> reviews() {
        return reviews;
    }

    @Override
    public List<String> relations() {
        return reviews.stream()
                .flatMap(review -> review.footprint().relations().stream())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public Optional<List<String>> searchPath() {
        return reviews.getFirst().searchPath();
    }

    @Override
    public void run(WriteTransaction transaction, Returning returning) {
        for (int i = 0; i < reviews.size(); i++) {
            transaction.execute(
                    reviews.get(i).statement().text(), parameters.get(i), returning.sink(i), returning.most());
        }
    }
}
