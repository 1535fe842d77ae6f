package dev.howdah.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a server held at one moment, part by part: two that are equal mean that nothing a {@link Fingerprints} looks at was
 * changed in between. Immutable.
 *
 * @param parts what each part held: a value where it is short, otherwise a count and a hash
 */
public record Fingerprint(SortedMap<String, String> parts) {
    /** The part that any change to permanent data moves, and housekeeping now and then, too. */
    public static final String LOG_POSITION = "log position";

    public Fingerprint {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /** Both together, as of a server and a session. */
    public Fingerprint and(Fingerprint other) {
        SortedMap<String, String> both = new TreeMap<>(parts);
        both.putAll(other.parts);
        return new Fingerprint(both);
    }

    /** The same without a part that is known to move by itself. */
    public Fingerprint without(String part) {
        SortedMap<String, String> rest = new TreeMap<>(parts);
        rest.remove(part);
        return new Fingerprint(rest);
    }

    /** What is different later, each as {@code part: before → after}; empty if nothing is. */
    public List<String> changes(Fingerprint later) {
        TreeSet<String> names = new TreeSet<>(parts.keySet());
        names.addAll(later.parts.keySet());
        List<String> changes = new ArrayList<>();
        for (String name : names) {
            String before = parts.getOrDefault(name, "nothing");
            String after = later.parts.getOrDefault(name, "nothing");
            if (!before.equals(after)) {
                changes.add(name + ": " + words(before, after) + " → " + words(after, before));
            }
        }
        return changes;
    }

    /** Of a long list only what the other does not have. */
    private static String words(String list, String other) {
        if (list.length() < 100 && other.length() < 100) {
            return list;
        }
        List<String> words = new ArrayList<>(List.of(list.split(" ")));
        words.removeAll(List.of(other.split(" ")));
        return String.join(" ", words);
    }

    static Fingerprint of(Map<String, String> parts) {
        return new Fingerprint(new TreeMap<>(parts));
    }
}
