package dev.howdah.question;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How likely a reading is right: a logistic model over its evidence. The weights are fitted on the development cases by the
 * benchmark {@code fit} and lie in a resource, each line {@code name: weight}. Immutable; thread-safe.
 */
final class Confidence {
    /** The weight that is always added. */
    static final String BASE = "base";

    private static final String THRESHOLD = "threshold";

    private final Map<String, Double> weights;

    private Confidence(Map<String, Double> weights) {
        this.weights = weights;
    }

    /** The fitted weights that come with the engine. */
    static Confidence fitted() {
        Map<String, Double> weights = new HashMap<>();
        for (Map.Entry<String, List<String>> line :
                Synonyms.read("confidence.txt").entrySet()) {
            weights.put(line.getKey(), Double.valueOf(line.getValue().getFirst()));
        }
        return new Confidence(Map.copyOf(weights));
    }

    /** From 0 to 1. */
    double of(Map<String, Double> evidence) {
        double sum = weights.getOrDefault(BASE, 0.0);
        for (Map.Entry<String, Double> feature : evidence.entrySet()) {
            sum += weights.getOrDefault(feature.getKey(), 0.0) * feature.getValue();
        }
        return 1 / (1 + Math.exp(-sum));
    }

    /** Below this, a reading is not offered as understood. */
    double threshold() {
        return weights.getOrDefault(THRESHOLD, 0.0);
    }
}
