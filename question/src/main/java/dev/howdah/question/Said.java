package dev.howdah.question;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a question names, as far as it decides between ways to join: tables, and words that tell parallel keys apart. */
final class Said {
    private static final Set<String> SMALL = Set.of("by", "from", "to", "of", "in", "for", "at", "on", "is", "a");

    private final Set<Table> tables = new HashSet<>();
    private final Set<String> stems = new HashSet<>();

    void add(Table table) {
        tables.add(table);
    }

    void words(List<Token> tokens) {
        for (Token token : tokens) {
            if (token.isWord()) {
                stems.add(token.lemma());
                stems.add(Lemmas.verb(token.word()));
            }
        }
    }

    boolean contains(Table table) {
        return tables.contains(table);
    }

    /** Whether the words that tell this key from others were said: "reported by" for reported_by_staff_id. */
    boolean tells(Edge edge) {
        boolean any = false;
        for (String part : edge.role()) {
            if (!SMALL.contains(part)) {
                any = true;
                if (!stems.contains(part) && !stems.contains(Lemmas.verb(part))) {
                    return false;
                }
            }
        }
        return any;
    }
}
