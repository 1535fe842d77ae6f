package dev.howdah.guard.redaction;

/** Payment cards' numbers: the issuers' ranges with the lengths they use, and Luhn's check digit (ISO/IEC 7812). */
final class Cards {
    private Cards() {}

    /** Whether these digits are a card's number. */
    static boolean isCard(String digits) {
        return isIssued(digits) && isLuhn(digits);
    }

    /** Whether the check digit of a trade item number (EAN-13, GTIN-14) is right, which a card's is by chance only. */
    static boolean isTradeItem(String digits) {
        int sum = 0;
        for (int i = digits.length() - 1, weight = 1; i >= 0; i--, weight = 4 - weight) {
            sum += (digits.charAt(i) - '0') * weight;
        }
        return (digits.length() == 13 || digits.length() == 14) && sum % 10 == 0;
    }

    static boolean isLuhn(String digits) {
        int sum = 0;
        boolean twice = false;
        for (int i = digits.length() - 1; i >= 0; i--, twice = !twice) {
            int digit = digits.charAt(i) - '0';
            int value = twice ? digit * 2 : digit;
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }

    private static boolean isIssued(String digits) {
        int length = digits.length();
        if (length < 13 || length > 19) {
            return false;
        }
        int two = Integer.parseInt(digits, 0, 2, 10);
        int three = Integer.parseInt(digits, 0, 3, 10);
        int four = Integer.parseInt(digits, 0, 4, 10);
        boolean visa = digits.charAt(0) == '4' && (length == 13 || length == 16 || length == 19);
        boolean mastercard = length == 16 && ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720));
        boolean amex = length == 15 && (two == 34 || two == 37);
        boolean diners =
                length == 14 && ((three >= 300 && three <= 305) || three == 309 || two == 36 || two == 38 || two == 39);
        boolean discover =
                (length == 16 || length == 19) && (four == 6011 || (three >= 644 && three <= 649) || two == 65);
        boolean jcb = length == 16 && four >= 3528 && four <= 3589;
        boolean unionPay = length >= 16 && two == 62;
        boolean mir = length == 16 && four >= 2200 && four <= 2204;
        boolean rupay = length == 16 && (two == 60 || two == 81 || two == 82);
        boolean maestro = length >= 16
                && (four == 5018
                        || four == 5020
                        || four == 5038
                        || four == 5893
                        || four == 6304
                        || (four >= 6759 && four <= 6763));
        return visa || mastercard || amex || diners || discover || jcb || unionPay || mir || rupay || maestro;
    }
}
