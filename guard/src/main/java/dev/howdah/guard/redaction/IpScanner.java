package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.Kind;
import dev.howdah.guard.redaction.Detector.Context;
import java.util.Set;

/**
 * Addresses of the internet, version 4 and 6. Not versions, section numbers and object identifiers, and not addresses that
 * everybody has: unspecified, loopback, netmasks.
 */
final class IpScanner {
    private static final Set<String> VERSIONS = Set.of(
            "version",
            "versions",
            "ver",
            "v",
            "release",
            "build",
            "chapter",
            "section",
            "oid",
            "rev",
            "driver",
            "firmware",
            "figure",
            "table",
            "clause",
            "upgrade",
            "upgraded",
            "postgresql",
            "chrome",
            "edge",
            "safari");

    private static final int LONGEST_V6 = 45;

    private final String text;
    private final Findings findings;
    private final Context context;

    IpScanner(String text, Findings findings, Context context) {
        this.text = text;
        this.findings = findings;
        this.context = context;
    }

    void scan() {
        boolean four = text.indexOf('.') >= 0;
        boolean six = text.indexOf(':') >= 0;
        int i = 0;
        while (i < text.length() && (four || six)) {
            char c = text.charAt(i);
            boolean begins = !Chars.isWord(Chars.at(text, i - 1)) && Chars.at(text, i - 1) != '.';
            int end = i;
            if (begins && six && (Chars.isHex(c) || (c == ':' && Chars.at(text, i + 1) == ':'))) {
                end = version6(i);
            }
            if (begins && end == i && four && Chars.isDigit(c)) {
                end = version4(i);
            }
            i = Math.max(end, i + 1);
        }
    }

    private int version4(int start) {
        int[] parts = new int[4];
        int at = start;
        for (int part = 0; part < 4; part++) {
            if (part > 0 && Chars.at(text, at++) != '.') {
                return start;
            }
            int digits = at;
            while (at - digits < 4 && Chars.isDigit(Chars.at(text, at))) {
                parts[part] = parts[part] * 10 + text.charAt(at++) - '0';
            }
            int count = at - digits;
            if (count == 0 || count > 3 || parts[part] > 255 || (count > 1 && text.charAt(digits) == '0')) {
                return start;
            }
        }
        findings.worked(at - start);
        char after = Chars.at(text, at);
        boolean goesOn = Chars.isWord(after)
                || (after == '.' && Chars.isWord(Chars.at(text, at + 1)))
                || (after == '-' && Chars.isLetter(Chars.at(text, at + 1)));
        if (goesOn || Chars.at(text, start - 1) == '-' || isNobodys(parts) || isVersion(start, parts)) {
            return at;
        }
        findings.add(start, at, Kind.IP);
        return at;
    }

    private static boolean isNobodys(int[] parts) {
        boolean mask = parts[0] == 255 || (parts[0] == 0 && parts[1] == 0);
        return mask || parts[0] == 127 || parts[0] == 0;
    }

    private boolean isVersion(int start, int[] parts) {
        if (context.kind().equals(java.util.Optional.of(Kind.IP))) {
            return false;
        }
        boolean small = parts[0] < 10 && parts[1] < 10 && parts[2] < 10 && parts[3] < 10;
        return small || context.neutral() || Words.anyBefore(text, start, VERSIONS, 2);
    }

    private int version6(int start) {
        int at = start;
        int colons = 0;
        while (at < text.length() && at - start <= LONGEST_V6 && isPartOf6(text.charAt(at))) {
            colons += text.charAt(at) == ':' ? 1 : 0;
            at++;
        }
        findings.worked(at - start);
        if (Chars.isWord(Chars.at(text, at)) || at - start > LONGEST_V6) {
            return start;
        }
        int end = at;
        while (end > start && (text.charAt(end - 1) == '.' || isLoneColon(end - 1, start))) {
            end--;
        }
        if (colons >= 2 && isVersion6(text.substring(start, end))) {
            findings.add(start, end, Kind.IP);
            return end;
        }
        // Where nothing began that is an address, none of its parts does either, but one of version 4 may.
        return start;
    }

    private boolean isLoneColon(int at, int start) {
        return text.charAt(at) == ':' && !(at > start && text.charAt(at - 1) == ':');
    }

    private static boolean isPartOf6(char c) {
        return Chars.isHex(c) || c == ':' || c == '.';
    }

    private static boolean isVersion6(String address) {
        int gap = address.indexOf("::");
        if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        String[] groups = address.split(":", -1);
        int count = 0;
        boolean digit = false;
        for (int i = 0; i < groups.length; i++) {
            String group = groups[i];
            if (group.isEmpty()) {
                continue;
            }
            if (group.indexOf('.') >= 0) {
                if (i != groups.length - 1 || !isVersion4(group)) {
                    return false;
                }
                count++;
            } else if (group.length() > 4) {
                return false;
            }
            count++;
            digit |= group.chars().anyMatch(c -> Chars.isDigit((char) c));
        }
        // "::1" is everybody's, and "a::b" is a cast.
        return gap < 0
                ? count == 8
                : count >= 2 && count < 8 && digit && (groups[0].length() >= 3 || count > 3 || address.contains("."));
    }

    private static boolean isVersion4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean digits =
                    !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> Chars.isDigit((char) c));
            if (!digits || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
