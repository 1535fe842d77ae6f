package dev.howdah.question;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Words that people say for what names in databases usually say. Each line of the resource is {@code said, said: target,
 * target}; the targets are tried in this order. Immutable.
 */
final class Synonyms {
    private final Map<String, List<String>> targets;

    private Synonyms(Map<String, List<String>> targets) {
        this.targets = targets;
    }

    /** The curated list that comes with the engine. */
    static Synonyms curated() {
        return new Synonyms(read("synonyms.txt"));
    }

    /** Names for what a key stands for, best first; empty if there are none. */
    List<String> of(String key) {
        return targets.getOrDefault(key, List.of());
    }

    Set<String> words() {
        return new HashSet<>(targets.keySet());
    }

    /** Reads a resource of this package: {@code said, said: target, target} on each line, # begins a comment. */
    static Map<String, List<String>> read(String resource) {
        Map<String, List<String>> map = HashMap.newHashMap(512);
        for (String line : Words.split(text(resource), "\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.charAt(0) != '#') {
                List<String> right = Words.split(line.substring(colon + 1), ",");
                for (String said : Words.split(line.substring(0, colon), ",")) {
                    map.computeIfAbsent(said, key -> new ArrayList<>(right.size()))
                            .addAll(right);
                }
            }
        }
        return map;
    }

    static String text(String resource) {
        try (InputStream in = Synonyms.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new HowdahException(
                        ErrorCode.INTERNAL, "The word list " + resource + " is missing from the program.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new HowdahException(ErrorCode.INTERNAL, "The word list " + resource + " cannot be read.", null, e);
        }
    }
}
