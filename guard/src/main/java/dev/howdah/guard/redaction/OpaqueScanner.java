package dev.howdah.guard.redaction;

/**
 * Rules out what is made of digits by chance: UUIDs, hexadecimal hashes and other runs of letters and digits, so that no
 * part of one is taken for a number of a person.
 */
final class OpaqueScanner {
    private static final int SHORTEST_HASH = 7;

    private final String text;
    private final Findings findings;

    OpaqueScanner(String text, Findings findings) {
        this.text = text;
        this.findings = findings;
    }

    void scan() {
        int i = 0;
        while (i < text.length()) {
            if (!Chars.isWord(text.charAt(i))) {
                i++;
                continue;
            }
            int uuid = uuid(i);
            if (uuid > i) {
                findings.ruleOut(i, uuid);
                i = uuid;
                continue;
            }
            int end = i;
            boolean letters = false;
            boolean digits = false;
            boolean hex = true;
            while (end < text.length() && Chars.isWord(text.charAt(end))) {
                char c = text.charAt(end);
                letters |= !Chars.isDigit(c);
                digits |= Chars.isDigit(c);
                hex &= Chars.isHex(c);
                end++;
            }
            findings.worked(end - i);
            if (letters && digits && hex && end - i >= SHORTEST_HASH) {
                findings.ruleOut(i, end);
            }
            i = end;
        }
    }

    /** The end of 8-4-4-4-12 hexadecimal digits that stand alone, or {@code start}. */
    private int uuid(int start) {
        int[] groups = {8, 4, 4, 4, 12};
        int at = start;
        for (int g = 0; g < groups.length; g++) {
            if (g > 0) {
                if (Chars.at(text, at) != '-') {
                    return start;
                }
                at++;
            }
            for (int i = 0; i < groups[g]; i++, at++) {
                if (!Chars.isHex(Chars.at(text, at))) {
                    return start;
                }
            }
        }
        return Chars.isWord(Chars.at(text, at)) ? start : at;
    }
}
