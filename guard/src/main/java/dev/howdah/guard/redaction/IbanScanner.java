package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.Kind;
import java.util.Map;

/**
 * International bank account numbers: the length that the SWIFT registry gives the country, and check digits of ISO 7064
 * (mod 97). Written together or in groups with single blanks or hyphens, in either case.
 */
final class IbanScanner {
    private static final String LENGTHS = """
        AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29
        ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20
        LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29
        PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20
        YE30\
        """;

    private static final Map<String, Integer> BY_COUNTRY = read();

    private final String text;
    private final Findings findings;

    IbanScanner(String text, Findings findings) {
        this.text = text;
        this.findings = findings;
    }

    void scan() {
        for (int i = 0; i + 14 < text.length(); i++) {
            if (Chars.isAsciiLetter(text.charAt(i))
                    && Chars.isAsciiLetter(text.charAt(i + 1))
                    && Chars.isDigit(text.charAt(i + 2))
                    && Chars.isDigit(text.charAt(i + 3))
                    && !Chars.isWord(Chars.at(text, i - 1))) {
                account(i);
            }
        }
    }

    private void account(int start) {
        Integer length = BY_COUNTRY.get(text.substring(start, start + 2).toUpperCase(java.util.Locale.ROOT));
        if (length == null) {
            return;
        }
        char[] account = new char[length];
        int taken = 0;
        int at = start;
        while (taken < length && at < text.length()) {
            char c = text.charAt(at);
            if (Chars.isDigit(c) || Chars.isAsciiLetter(c)) {
                account[taken++] = Character.toUpperCase(c);
            } else if (!((Chars.isBlank(c) || c == '-') && taken % 4 == 0 && Chars.isWord(text.charAt(at - 1)))) {
                break;
            }
            at++;
        }
        findings.worked(at - start);
        if (taken == length && !Chars.isWord(Chars.at(text, at)) && remainder(account) == 1) {
            findings.add(start, at, Kind.IBAN);
        }
    }

    /** The number with its first four characters at the end and letters as 10 to 35, modulo 97. */
    private static int remainder(char[] account) {
        int remainder = 0;
        for (int i = 0; i < account.length; i++) {
            int value = Character.digit(account[(i + 4) % account.length], 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder;
    }

    private static Map<String, Integer> read() {
        return java.util.Arrays.stream(LENGTHS.split("\\s+", -1))
                .collect(java.util.stream.Collectors.toUnmodifiableMap(
                        entry -> entry.substring(0, 2), entry -> Integer.valueOf(entry.substring(2))));
    }
}
