package dev.howdah.postgres.catalog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The words in a table's or column's name. */
final class NameWords {
    private static final Map<String, String> IRREGULAR = Map.of(
            "people",
            "person",
            "children",
            "child",
            "men",
            "man",
            "women",
            "woman",
            "feet",
            "foot",
            "mice",
            "mouse",
            "teeth",
            "tooth",
            "indices",
            "index",
            "criteria",
            "criterion",
            "analyses",
            "analysis");

    private static final Pattern AFTER_HISS = Pattern.compile(".*(s|x|z|ch|sh|o)es");
    private static final Pattern SINGULAR_IN_S = Pattern.compile(".*(ss|us|is)");

    private NameWords() {}

    /** Lower-case words: {@code billing_customerID2} is billing, customer, id. Digits at a word's end are dropped. */
    static List<String> of(String name) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = Character.isLetter(c);
            if (word.length() > 0 && (!letter || startsWord(name, i))) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (letter) {
                word.append(Character.toLowerCase(c));
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** In camelCase at each capital after a small letter; in HTTPServer before the S. */
    private static boolean startsWord(String name, int at) {
        if (!Character.isUpperCase(name.charAt(at))) {
            return false;
        }
        return !Character.isUpperCase(name.charAt(at - 1))
                || (at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1)));
    }

    /** The word and what may be its singular: the spelling alone does not tell whether {@code -ses} ends in s or se. */
    static Set<String> singulars(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        Set<String> forms = new LinkedHashSet<>();
        forms.add(lower);
        String irregular = IRREGULAR.get(lower);
        if (irregular != null) {
            forms.add(irregular);
        } else if (lower.endsWith("ies") && lower.length() > 4) {
            forms.add(lower.substring(0, lower.length() - 3) + "y");
            forms.add(lower.substring(0, lower.length() - 1));
        } else if (lower.endsWith("es") && lower.length() > 4) {
            forms.add(lower.substring(0, lower.length() - 1));
            if (AFTER_HISS.matcher(lower).matches()) {
                forms.add(lower.substring(0, lower.length() - 2));
            }
            if (lower.endsWith("ves")) {
                forms.add(lower.substring(0, lower.length() - 3) + "f");
            }
        } else if (lower.endsWith("s") && !SINGULAR_IN_S.matcher(lower).matches() && lower.length() > 3) {
            forms.add(lower.substring(0, lower.length() - 1));
        }
        return forms;
    }
}
