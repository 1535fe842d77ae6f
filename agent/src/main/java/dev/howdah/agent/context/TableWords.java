package dev.howdah.agent.context;

import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words by which relations are found: of names, comments and labels, in a form in which questions have them too. */
final class TableWords {
    /** The name says more of a relation than a column does. */
    private static final int NAME_COUNTS = 3;

    private TableWords() {}

    /** All words of a relation, as often as they count. */
    static List<String> of(Relation relation) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < NAME_COUNTS; i++) {
            words.addAll(of(relation.name()));
        }
        relation.comment().ifPresent(comment -> words.addAll(of(comment)));
        for (Column column : relation.columns()) {
            words.addAll(of(column.name()));
            column.comment().ifPresent(comment -> words.addAll(of(comment)));
            column.type().underlying().labels().forEach(label -> words.addAll(of(label)));
        }
        return words;
    }

    /** Lower-case words of at least two letters, split at underscores, humps and digits, by their stem. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean hump = i > 0 && Character.isUpperCase(c) && Character.isLowerCase(text.charAt(i - 1));
            if (!Character.isLetter(c) || hump) {
                if (word.length() > 1) {
                    words.add(stem(word.toString()));
                }
                word.setLength(0);
            }
            if (Character.isLetter(c)) {
                word.append(Character.toLowerCase(c));
            }
        }
        return words;
    }

    /** A coarse stem: both sides go through it, so it need not be a word. */
    static String stem(String given) {
        String word = given.toLowerCase(Locale.ROOT);
        word = word.length() > 4 && word.endsWith("ies") ? word.substring(0, word.length() - 3) + "y" : word;
        if (word.length() > 3 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us")) {
            word = word.substring(0, word.length() - (word.endsWith("sses") || word.endsWith("ches") ? 2 : 1));
        }
        for (String ending : new String[] {"ing", "ment", "ed", "er", "or"}) {
            if (word.length() - ending.length() >= 4 && word.endsWith(ending)) {
                word = word.substring(0, word.length() - ending.length());
                break;
            }
        }
        if (word.length() > 4 && word.endsWith("i")) {
            return word.substring(0, word.length() - 1) + "y";
        }
        return word.length() > 4 && word.endsWith("e") ? word.substring(0, word.length() - 1) : word;
    }
}
