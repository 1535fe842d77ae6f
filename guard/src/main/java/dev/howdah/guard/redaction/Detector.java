package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.ColumnNames;
import dev.howdah.base.privacy.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Finds values that should not travel by what they look like, checked as far as their form can be checked: check digits,
 * issuers, country codes and lengths, decodable headers. Hand-written scanners that go over the text a fixed number of
 * times, because a regular expression that is tricked into backtracking would be a way to stop the program. Stateless and
 * thread-safe.
 */
public final class Detector {
    private Detector() {}

    /**
     * What is known about where a text comes from.
     *
     * @param kind what it would be if it looks halfway like it: a phone number needs no plus sign in a column of them
     * @param neutral whether its numbers are references or measures, so that what merely looks like a number of a person
     *     is none
     */
    public record Context(Optional<Kind> kind, boolean neutral) {
        /** Nothing is known. */
        public static final Context NONE = new Context(Optional.empty(), false);

        /** A column of this name. */
        public static Context ofColumn(String name) {
            return new Context(ColumnNames.kind(name), ColumnNames.isNeutral(name));
        }
    }

    /** What is in the text, in its order, without overlaps. */
    public static List<Finding> find(String text, Context context) {
        return scan(text, context).sorted();
    }

    static Findings scan(String text, Context context) {
        Findings findings = new Findings();
        if (!isWorthIt(text)) {
            return findings;
        }
        new SecretScanner(text, findings).scan();
        if (text.indexOf('@') >= 0) {
            new EmailScanner(text, findings).scan();
        }
        if (hasDigit(text)) {
            new IbanScanner(text, findings).scan();
            new OpaqueScanner(text, findings).scan();
            new IpScanner(text, findings, context).scan();
            new NumberScanner(text, findings, context).scan();
        }
        return findings;
    }

    /** Everything that can be found has a digit, an @, or a sign that assigns or quotes. */
    private static boolean isWorthIt(String text) {
        if (text.length() < 4) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Chars.isDigit(c) || c == '@' || c == '=' || c == ':' || c == '\'' || c == '-' || c == '_') {
                return true;
            }
        }
        // "bearer abcdefgh"
        return text.regionMatches(true, 0, "bearer", 0, 6) || text.contains("earer ") || text.contains("EARER ");
    }

    private static boolean hasDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Chars.isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
