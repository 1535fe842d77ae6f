package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.Kind;
import java.util.Locale;
import java.util.Set;

/**
 * E-mail addresses: a local part of up to 64 characters, an @, a domain of at least two labels that ends in letters. Not
 * {@code git@host:path}, {@code package@1.2.3}, {@code picture@2x.png}.
 */
final class EmailScanner {
    private static final String LOCAL = ".!#$%&'*+/=^_~-";
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 253;
    /** File endings that are no top-level domains of anybody's mail. */
    private static final Set<String> FILES =
            Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "js", "ts", "css", "html", "json", "java", "jar", "tgz");

    private final String text;
    private final Findings findings;

    EmailScanner(String text, Findings findings) {
        this.text = text;
        this.findings = findings;
    }

    void scan() {
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            address(at);
        }
    }

    private void address(int at) {
        int start = at;
        while (start > 0 && at - start <= LONGEST_LOCAL && isLocal(text.charAt(start - 1))) {
            start--;
        }
        int end = at + 1;
        int limit = Math.min(text.length(), at + 1 + LONGEST_DOMAIN);
        while (end < limit && isDomain(text.charAt(end))) {
            end++;
        }
        findings.worked(end - start);
        start = withoutDecoration(start, at);
        while (end > at + 1 && !Chars.isAlphanumeric(text.charAt(end - 1))) {
            end--;
        }
        if (at - start > LONGEST_LOCAL || start == at || text.charAt(at - 1) == '.') {
            return;
        }
        // scp's and git's way to write a path on a host.
        boolean path = Chars.at(text, end) == ':' && Chars.isWord(Chars.at(text, end + 1)) && !isPort(end + 1);
        if (!path && isMailDomain(text.substring(at + 1, end))) {
            findings.add(start, end, Kind.EMAIL);
        }
    }

    /** What may stand in a local part and at its beginning is more likely the text's; so is a name with an equals sign. */
    private int withoutDecoration(int from, int at) {
        int start = from;
        String local = text.substring(from, at);
        int equals = local.lastIndexOf('=');
        // bounce+ada=example.com@lists.example is an address within an address.
        if (equals >= 0 && !local.substring(0, equals).contains("+")) {
            start = from + equals + 1;
        }
        while (start < at && isDecoration(text.charAt(start))) {
            start++;
        }
        return start;
    }

    private boolean isPort(int from) {
        return Chars.isDigit(Chars.at(text, from));
    }

    private static boolean isMailDomain(String domain) {
        String[] labels = domain.split("\\.", -1);
        if (labels.length < 2) {
            return false;
        }
        for (String label : labels) {
            if (label.isEmpty() || label.length() > 63 || label.startsWith("-") || label.endsWith("-")) {
                return false;
            }
        }
        String last = labels[labels.length - 1].toLowerCase(Locale.ROOT);
        if (FILES.contains(last) || isVersion(labels)) {
            return false;
        }
        return last.startsWith("xn--") || (last.length() >= 2 && last.chars().allMatch(Character::isLetter));
    }

    /** {@code 18.2.0-rc.next} behind a package's name. */
    private static boolean isVersion(String[] labels) {
        return labels.length > 2
                && labels[0].chars().allMatch(c -> Chars.isDigit((char) c))
                && Chars.isDigit(labels[1].charAt(0));
    }

    private static boolean isLocal(char c) {
        return Chars.isAlphanumeric(c) || LOCAL.indexOf(c) >= 0;
    }

    private static boolean isDecoration(char c) {
        return LOCAL.indexOf(c) >= 0 && c != '+';
    }

    private static boolean isDomain(char c) {
        return Chars.isAlphanumeric(c) || c == '.' || c == '-';
    }
}
