package dev.howdah.library.redaction;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text before it is written anywhere: what looks like one (passwords in URLs and assignments, keys,
 * tokens), and the ones it was told about, whatever they look like. Thread-safe.
 */
public final class Redaction {
    /** What stands in a secret's place. */
    public static final String MASK = "********";

    /** Knows the patterns and no particular secret. */
    public static final Redaction PATTERNS = new Redaction(Set.of());

    // A shorter secret would turn half of the log into masks and is no secret anyway.
    private static final int SHORTEST = 4;
    // The patterns take quadratic time on text made to annoy them: 60 ms at this length, a second at four times as
    // much.
    private static final int LONGEST = 8_000;

    private record Rule(Pattern pattern, String replacement) {}

    private static final List<Rule> RULES = List.of(
            // scheme://user:password@host; the password may hold an unescaped @ or /, so up to the last @ of the word
            rule("(?i)\\b([a-z][a-z0-9+.-]{0,30}://[^\\s:/?#@\"'<>]{0,200}):[^\\s\"'<>]*@", "$1:" + MASK + "@"),
            // ALTER ROLE … PASSWORD 'x'
            rule("(?i)\\b(password\\s+)(?:[eEuU]&?)?'(?:[^']|'')*+'?", "$1" + MASK),
            // Authorization: Bearer x
            rule("(?i)\\b((?:bearer|basic)\\s+)[A-Za-z0-9._~+/=-]{6,}", "$1" + MASK),
            // password=x, "api_key": "x", PGPASSWORD=x, token => 'x'
            rule(
                    "(?i)([a-z0-9_.-]{0,40}(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|authorization)[\"']?\\s{0,3}"
                            + "(?:=>|:=|=|:)\\s{0,3})(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|'(?:[^'\\\\]|\\\\.|'')*+'?|[^\\s,;&)}\\]]+)",
                    "$1" + MASK),
            // Keys of model services, code hosts and clouds; JSON Web Tokens
            rule("\\b(?:sk|pk|rk|gsk|xai|ghp|gho|ghs|glpat|xox[abp])[-_][A-Za-z0-9_-]{8,}", MASK),
            rule("\\bAKIA[A-Z0-9]{12,}", MASK),
            rule("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*", MASK));

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    /** A redaction that also takes out these secrets. */
    public Redaction(Set<String> secrets) {
        secrets.forEach(this::hide);
    }

    /** From now on takes out this secret too. Secrets of fewer than four characters are left to the patterns. */
    public void hide(String secret) {
        if (this != PATTERNS && secret.length() >= SHORTEST) {
            secrets.add(secret);
        }
    }

    /** The text without secrets; text beyond 8,000 characters is cut, and says so. */
    public String apply(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, MASK);
        }
        clean = cut(clean);
        for (Rule rule : RULES) {
            clean = rule.pattern.matcher(clean).replaceAll(rule.replacement);
        }
        return clean;
    }

    /** Cuts between words, because half of a URL no longer looks like one and would show half of its password. */
    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = LONGEST;
        while (end > 0 && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        return text.substring(0, end) + " … (cut)";
    }

    private static Rule rule(String pattern, String replacement) {
        return new Rule(Pattern.compile(pattern), replacement);
    }
}
