package dev.howdah.guard.redaction;

import java.util.Locale;
import java.util.Set;

/** The words just before a number, which say what it is. */
final class Words {
    /** How far back a word may be: "phone number of the customer: ". */
    private static final int REACH = 32;

    private Words() {}

    /** Whether one of the last few words before this place is among them; a line break or a number ends the search. */
    static boolean anyBefore(String text, int place, Set<String> words, int most) {
        int limit = Math.max(0, place - REACH);
        int at = place;
        for (int count = 0; count < most; count++) {
            while (at > limit && !Chars.isLetter(text.charAt(at - 1))) {
                char c = text.charAt(at - 1);
                if (c == '\n' || c == ';' || c == ',' || (Chars.isDigit(c) && count > 0)) {
                    return false;
                }
                at--;
            }
            int end = at;
            while (at > limit && Chars.isLetter(text.charAt(at - 1))) {
                at--;
            }
            if (end == at) {
                return false;
            }
            if (words.contains(text.substring(at, end).toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
