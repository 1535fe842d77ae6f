package dev.howdah.guard.review;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reviewed lists of PostgreSQL's own functions and relations, from resource files in which every line has its
 * reason. Immutable.
 */
final class BuiltIns {
    /** What the lists say of a name. */
    enum Entry {
        ALLOWED,
        REFUSED
    }

    /**
     * A line of a list.
     *
     * @param entry what it says
     * @param reason why
     */
    record Judgement(Entry entry, String reason) {}

    private final Map<String, Judgement> exact = new HashMap<>();
    private final List<Map.Entry<String, Judgement>> families = new ArrayList<>();

    private BuiltIns() {}

    static BuiltIns functions() {
        return read("built-in-functions.txt");
    }

    static BuiltIns relations() {
        return read("built-in-relations.txt");
    }

    /** Names are {@code extension}, for whatever the list does not name, and {@code extension.function}. */
    static BuiltIns extensions() {
        return read("extensions.txt");
    }

    Optional<Judgement> of(String name) {
        Judgement judgement = exact.get(name);
        if (judgement != null) {
            return Optional.of(judgement);
        }
        for (Map.Entry<String, Judgement> family : families) {
            if (name.startsWith(family.getKey())) {
                return Optional.of(family.getValue());
            }
        }
        return Optional.empty();
    }

    private static BuiltIns read(String resource) {
        BuiltIns lists = new BuiltIns();
        try (InputStream in = BuiltIns.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    lists.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lists;
    }

    private void add(String line) {
        int space = line.indexOf(' ');
        int colon = line.indexOf(" : ");
        Entry entry = switch (line.substring(0, space)) {
            case "allow" -> Entry.ALLOWED;
            case "refuse" -> Entry.REFUSED;
            default -> throw new IllegalStateException("neither allow nor refuse: " + line);
        };
        Judgement judgement = new Judgement(entry, line.substring(colon + 3).strip());
        for (String name : line.substring(space + 1, colon).strip().split(",", -1)) {
            if (name.endsWith("*")) {
                families.add(Map.entry(name.substring(0, name.length() - 1), judgement));
            } else {
                exact.put(name, judgement);
            }
        }
    }
}
