package dev.howdah.question;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * English dictionary forms by rule, with the irregular words that names of tables and questions use. Names and
 * questions go through the same rules, so a form that is no real word does no harm as long as both sides agree.
 */
final class Lemmas {
    private static final Map<String, String> NOUNS = pairs(
            "ids id people person persons person children child men man women woman feet foot mice mouse geese goose "
                    + "criteria criterion data data statuses status staff staff series series news news "
                    + "analyses analysis indices index indexes index matrices matrix vertices vertex lives life "
                    + "wives wife knives knife leaves leave shelves shelf halves half addresses address buses bus "
                    + "movies movie cookies cookie ties tie pies pie dies die heroes hero potatoes potato "
                    + "tomatoes tomato echoes echo has have does do was be is be goes go caches cache axes axis "
                    + "queries query businesses business expenses expense courses course houses house nurses nurse "
                    + "purchases purchase warehouses warehouse databases database leases lease releases release "
                    + "licenses license licences licence invoices invoice prices price employees employee bases base "
                    + "diagnoses diagnosis crises crisis lenses lens gases gas canceled cancelled cancelation "
                    + "cancellation clothes clothes premises premise cases case phases phase phrases phrase roses rose "
                    + "noses nose horses horse races race places place pieces piece services service sizes size "
                    + "prizes prize exercises exercise responses response causes cause clauses clause excuses excuse "
                    + "uses use increases increase decreases decrease diseases disease archives archive");

    private static final Map<String, String> VERBS = pairs(
            "bought buy paid pay sold sell sent send made make taken take took take began begin begun begin "
                    + "wrote write written write taught teach spent spend left leave held hold lent lend met meet "
                    + "won win lost lose built build came come gave give given give got get went go gone go had have "
                    + "has have did do done do was be were be been be ran run saw see seen see said say told tell "
                    + "found find kept keep grew grow grown grow drove drive driven drive rode ride ridden ride "
                    + "flew fly flown fly chose choose chosen choose broke break broken break ate eat eaten eat "
                    + "slept sleep brought bring thought think caught catch led lead fed feed read read put put "
                    + "set set cut cut hit hit let let shut shut cost cost spoke speak spoken speak drew draw "
                    + "drawn draw threw throw thrown throw knew know known know born bear died die withdrawn withdraw froze freeze frozen freeze hidden hide hid hide");

    private Lemmas() {}

    /** The form under which names and questions meet: singular, lower case expected. */
    static String noun(String word) {
        String irregular = NOUNS.get(word);
        if (irregular != null) {
            return irregular;
        }
        int n = word.length();
        if (n < 4 || word.charAt(n - 1) != 's') {
            return n == 3 && word.equals("ins") ? "in" : word;
        }
        char before = word.charAt(n - 2);
        if (before == 's' || before == 'u' || (before == 'i' && n > 4)) {
            return word;
        }
        if (before == 'e') {
            char stem = word.charAt(n - 3);
            if (stem == 'i') {
                return n > 4 ? word.substring(0, n - 3) + "y" : word.substring(0, n - 1);
            }
            if (stem == 'x'
                    || (stem == 'z' && n > 5)
                    || word.endsWith("ches")
                    || word.endsWith("shes")
                    || word.endsWith("sses")) {
                return word.substring(0, n - 2);
            }
        }
        return word.substring(0, n - 1);
    }

    /**
     * What the forms of a verb and the nouns made from it have in common: borrow, borrowed, borrowing; pay, payment; book,
     * bookings; reserve, reservation.
     */
    static String verb(String word) {
        String irregular = VERBS.get(word);
        String w = irregular != null ? irregular : noun(word);
        w = cut(w, "ation", 4);
        w = cut(w, "ment", 3);
        if (w.length() > 5 && w.endsWith("ied")) {
            w = w.substring(0, w.length() - 3) + "y";
        } else {
            w = cut(w, "ing", 3);
            w = cut(w, "ed", 2);
        }
        int n = w.length();
        if (n > 3 && w.charAt(n - 1) == w.charAt(n - 2) && "lsfz".indexOf(w.charAt(n - 1)) < 0) {
            w = w.substring(0, n - 1);
        } else if (n > 4 && w.endsWith("ll") && !w.equals("bill") && !w.equals("enroll")) {
            w = w.substring(0, n - 1);
        }
        return w.length() > 2 && w.endsWith("e") ? w.substring(0, w.length() - 1) : w;
    }

    private static final List<String> ENDINGS = List.of(
            "ation", "ator", "ment", "ance", "ence", "ing", "age", "ery", "ier", "ied", "ate", "ant", "ion", "ee", "er",
            "or", "ed", "al", "y", "e");

    /**
     * What a verb, who does it and what comes of it have in common: supply, supplier; use, usage; perform, performance.
     * Shorter than {@link #verb} leaves it, so only to be trusted where both words are of the same few.
     */
    static String root(String word) {
        String irregular = VERBS.get(word);
        String w = noun(irregular != null ? irregular : word);
        for (String ending : ENDINGS) {
            if (w.endsWith(ending) && w.length() - ending.length() >= 2) {
                w = w.substring(0, w.length() - ending.length());
                break;
            }
        }
        int n = w.length();
        return n > 3 && w.charAt(n - 1) == w.charAt(n - 2) ? w.substring(0, n - 1) : w;
    }

    /** Whether a word looks like a past participle, so that it may describe a noun. */
    static boolean isPast(String word) {
        return word.endsWith("ed") || (VERBS.containsKey(word) && !word.equals("has"));
    }

    private static String cut(String word, String ending, int keep) {
        return word.endsWith(ending) && word.length() - ending.length() >= keep
                ? word.substring(0, word.length() - ending.length())
                : word;
    }

    private static Map<String, String> pairs(String list) {
        Map<String, String> map = new HashMap<>();
        int at = 0;
        while (at < list.length()) {
            int gap = list.indexOf(' ', at);
            int end = list.indexOf(' ', gap + 1);
            end = end < 0 ? list.length() : end;
            map.put(list.substring(at, gap), list.substring(gap + 1, end));
            at = end + 1;
        }
        return map;
    }
}
