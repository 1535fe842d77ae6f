package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.Kind;
import dev.howdah.guard.redaction.Detector.Context;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers of persons: cards, social security numbers, telephones. A number is looked at as the groups that it is written
 * in: the same digits are a telephone as 555-867-5309 and an order as 5558675309.
 */
final class NumberScanner {
    private static final Set<String> CARD_WORDS =
            Set.of("card", "cards", "visa", "mastercard", "amex", "discover", "credit", "debit", "pan", "cc", "karte");

    private static final Set<String> PHONE_WORDS = Set.of(
            "phone",
            "telephone",
            "tel",
            "mobile",
            "cell",
            "cellphone",
            "fax",
            "call",
            "called",
            "calling",
            "callback",
            "whatsapp",
            "sms",
            "telefon",
            "mobil",
            "handy",
            "dial",
            "ring",
            "ph",
            "tél",
            "móvil",
            "teléfono",
            "téléphone",
            "signal",
            "telegram",
            "contact",
            "text");

    private static final Set<String> SSN_WORDS = Set.of("ssn", "ssns", "itin", "social", "security");

    /** What a number is that is called like this has nothing to do with a person, as far as looks go. */
    private static final Set<String> REFERENCES = Set.of(
            "order",
            "orders",
            "invoice",
            "ticket",
            "tracking",
            "shipment",
            "parcel",
            "ref",
            "reference",
            "id",
            "sku",
            "ean",
            "gtin",
            "upc",
            "isbn",
            "imei",
            "serial",
            "item",
            "article",
            "product",
            "part",
            "batch",
            "lot",
            "case",
            "receipt",
            "booking",
            "version",
            "build",
            "timestamp",
            "epoch",
            "transaction",
            "txn",
            "po",
            "rma",
            "barcode",
            "iccid",
            "request",
            "trace",
            "job",
            "pid",
            "key",
            "seq",
            "usec",
            "nanos",
            "micros",
            "snowflake",
            "bestellung",
            "rechnung",
            "awb",
            "waybill",
            "policy",
            "claim",
            "model",
            "document",
            "file",
            "page",
            "row",
            "line");

    private final String text;
    private final Findings findings;
    private final Context context;

    NumberScanner(String text, Findings findings, Context context) {
        this.text = text;
        this.findings = findings;
        this.context = context;
    }

    void scan() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean begins = Chars.isDigit(c)
                    || ((c == '+' || c == '(') && Chars.isDigit(Chars.at(text, i + 1)))
                    || (c == '+' && Chars.at(text, i + 1) == '(' && Chars.isDigit(Chars.at(text, i + 2)));
            if (begins && !Chars.isWord(Chars.at(text, i - 1))) {
                DigitGroups groups = DigitGroups.read(text, i);
                findings.worked(groups.end() - i);
                numbers(groups);
                i = Math.max(groups.end(), i + 1);
            } else {
                i++;
            }
        }
    }

    private void numbers(DigitGroups groups) {
        if (!groups.beginsFree()) {
            return;
        }
        int g = 0;
        while (g < groups.count()) {
            int used = groups.startsAt(g) ? number(groups, g) : 0;
            g += Math.max(used, 1);
        }
    }

    /** How many groups were used. */
    private int number(DigitGroups groups, int first) {
        Optional<Kind> hint = context.kind();
        if (context.neutral()) {
            return groups.international(first) ? phone(groups, first, true) : 0;
        }
        int used = card(groups, first, hint.equals(Optional.of(Kind.CARD)));
        if (used == 0) {
            used = socialSecurity(groups, first, hint.equals(Optional.of(Kind.SSN)));
        }
        return used == 0 ? phone(groups, first, groups.international(first)) : used;
    }

    private boolean add(DigitGroups groups, int first, int count, Kind kind) {
        return findings.add(groups.start(first), groups.end(first + count - 1), kind);
    }

    // ---- cards -----------------------------------------------------------------------------------------------------

    private static final int[][] CARD_GROUPS = {{4, 4, 4, 4, 3}, {4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}};

    private int card(DigitGroups groups, int first, boolean expected) {
        if (groups.length(first) >= 13) {
            String digits = groups.digits(first, 1);
            boolean called = expected || before(groups, first, CARD_WORDS);
            boolean reference = groups.numbered() || before(groups, first, REFERENCES);
            boolean trade = digits.length() == 13 || Cards.isTradeItem(digits);
            boolean card = groups.standsAlone(first, 1) && Cards.isCard(digits) && (called || !(reference || trade));
            return card && add(groups, first, 1, Kind.CARD) ? 1 : 0;
        }
        for (int[] pattern : CARD_GROUPS) {
            if (groups.hasLengths(first, pattern)
                    && groups.isUniform(first, pattern.length, " -.")
                    && groups.endsAt(first + pattern.length - 1)
                    && Cards.isCard(groups.digits(first, pattern.length))
                    && add(groups, first, pattern.length, Kind.CARD)) {
                return pattern.length;
            }
        }
        return 0;
    }

    // ---- social security -------------------------------------------------------------------------------------------

    private int socialSecurity(DigitGroups groups, int first, boolean expected) {
        if (groups.length(first) == 9) {
            boolean called = expected || before(groups, first, SSN_WORDS);
            return called
                            && groups.standsAlone(first, 1)
                            && isSocialSecurity(groups.digits(first, 1))
                            && add(groups, first, 1, Kind.SSN)
                    ? 1
                    : 0;
        }
        if (!groups.hasLengths(first, 3, 2, 4) || !groups.standsAlone(first, 3)) {
            return 0;
        }
        boolean hyphens = groups.isUniform(first, 3, "-");
        boolean blanks = groups.isUniform(first, 3, " ") && (expected || before(groups, first, SSN_WORDS));
        boolean reference = groups.numbered() || before(groups, first, REFERENCES);
        return (hyphens || blanks)
                        && !(reference && !before(groups, first, SSN_WORDS))
                        && isSocialSecurity(groups.digits(first, 3))
                        && add(groups, first, 3, Kind.SSN)
                ? 3
                : 0;
    }

    /** Numbers that the administration gives (not 000, 666, 9xx) and the tax office's for others (9xx, group 50 on). */
    private static boolean isSocialSecurity(String nine) {
        int area = Integer.parseInt(nine, 0, 3, 10);
        int group = Integer.parseInt(nine, 3, 5, 10);
        boolean tax = area >= 900 && group >= 50 && group != 89 && group != 93;
        return (tax || (area > 0 && area != 666 && area < 900)) && group > 0 && !nine.endsWith("0000");
    }

    // ---- telephones ------------------------------------------------------------------------------------------------

    private int phone(DigitGroups groups, int first, boolean international) {
        if (international) {
            return internationalPhone(groups, first);
        }
        boolean called = context.kind().equals(Optional.of(Kind.PHONE)) || before(groups, first, PHONE_WORDS);
        if (!called && (groups.numbered() || before(groups, first, REFERENCES))) {
            return 0;
        }
        int used = northAmerican(groups, first, called);
        if (used == 0) {
            used = doubleZero(groups, first, called);
        }
        if (used == 0) {
            used = leadingZero(groups, first);
        }
        return used == 0 && called ? anyPhone(groups, first) : used;
    }

    /** The longest sequence of groups behind the plus sign that is a number of its country. */
    private int internationalPhone(DigitGroups groups, int first) {
        int digits = 0;
        int longest = 0;
        int taken = 0;
        for (int count = 1; first + count <= groups.count() && count <= 8; count++) {
            digits += groups.length(first + count - 1);
            if (digits > 16 || (count > 1 && !groups.isClose(first + count - 1))) {
                break;
            }
            // The zero of "+49 (0)30" is dialled at home only.
            String number = groups.digitsWithoutTrunkZero(first, count);
            if (groups.endsAt(first + count - 1) && Phones.isInternational(number)) {
                longest = count;
                taken = count;
            }
        }
        return longest > 0 && findings.add(groups.startWithSign(first), groups.end(first + taken - 1), Kind.PHONE)
                ? longest
                : 0;
    }

    private int northAmerican(DigitGroups groups, int first, boolean called) {
        boolean country = groups.length(first) == 1 && groups.digits(first, 1).equals("1");
        int at = country ? first + 1 : first;
        if (!groups.hasLengths(at, 3, 3, 4) || !groups.standsAlone(first, at - first + 3)) {
            return 0;
        }
        boolean written = groups.inParentheses(at)
                || groups.isUniform(at, 3, "-")
                || groups.isUniform(at, 3, ".")
                || ((called || country) && groups.isUniform(at, 3, " "));
        int count = at - first + 3;
        return written && Phones.isNorthAmerican(groups.digits(at, 3)) && addPhone(groups, first, count) ? count : 0;
    }

    /** {@code 0049 30 123456}; without blanks only where telephones are expected. */
    private int doubleZero(DigitGroups groups, int first, boolean called) {
        int count = groups.countTogether(first);
        String digits = groups.digits(first, count);
        boolean shape = digits.startsWith("00") && digits.length() <= 17 && groups.standsAlone(first, count);
        return shape
                        && (called || count >= 3)
                        && Phones.isInternational(digits.substring(2))
                        && addPhone(groups, first, count)
                ? count
                : 0;
    }

    /** A number as most of the world writes it at home: 030 123456, (0171) 1234567, 020 7946 0958, 06 12 34 56 78. */
    private int leadingZero(DigitGroups groups, int first) {
        int count = groups.countTogether(first);
        String digits = groups.digits(first, count);
        int head = groups.length(first);
        boolean zero =
                digits.length() >= 9 && digits.length() <= 12 && digits.charAt(0) == '0' && digits.charAt(1) != '0';
        if (!zero || count < 2 || head < 2 || head > 6 || !groups.standsAlone(first, count)) {
            return 0;
        }
        boolean pairs = count == 5 && head == 2 && groups.hasLengths(first, 2, 2, 2, 2, 2);
        boolean date = count >= 3 && !pairs && head == 2 && groups.length(first + 1) == 2;
        boolean postal = count == 2 && head == 5 && groups.length(first + 1) == 4;
        boolean dots = groups.separatedBy(first, count, '.') && !pairs;
        boolean shortTail = groups.length(first + count - 1) < 2;
        return !date && !postal && !dots && !shortTail && addPhone(groups, first, count) ? count : 0;
    }

    /** Where telephones are expected, seven to fifteen digits are one. */
    private int anyPhone(DigitGroups groups, int first) {
        int count = groups.countTogether(first);
        String digits = groups.digits(first, count);
        boolean date = count == 3 && groups.length(first) == 4 && groups.hasLengths(first, 4, 2, 2);
        return digits.length() >= 7
                        && digits.length() <= 15
                        && !date
                        && groups.standsAlone(first, count)
                        && addPhone(groups, first, count)
                ? count
                : 0;
    }

    private boolean addPhone(DigitGroups groups, int first, int count) {
        return findings.add(groups.startWithSign(first), groups.end(first + count - 1), Kind.PHONE);
    }

    private boolean before(DigitGroups groups, int first, Set<String> words) {
        return Words.anyBefore(text, groups.start(first), words, 2);
    }
}
