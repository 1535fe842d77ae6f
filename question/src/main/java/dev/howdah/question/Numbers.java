package dev.howdah.question;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers in figures and words, with money, thousands and per cent. */
final class Numbers {
    /**
     * A number in the question.
     *
     * @param length how many tokens it takes
     * @param unit what was said to be counted
     */
    record Found(int length, BigDecimal value, Unit unit) {
        boolean isWhole() {
            return value.signum() >= 0
                    && value.stripTrailingZeros().scale() <= 0
                    && value.precision() - value.scale() < 10;
        }
    }

    enum Unit {
        NONE,
        MONEY,
        PERCENT
    }

    private static final Map<String, Integer> SMALL = Map.ofEntries(
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12),
            Map.entry("thirteen", 13),
            Map.entry("fourteen", 14),
            Map.entry("fifteen", 15),
            Map.entry("sixteen", 16),
            Map.entry("seventeen", 17),
            Map.entry("eighteen", 18),
            Map.entry("nineteen", 19),
            Map.entry("twenty", 20),
            Map.entry("thirty", 30),
            Map.entry("forty", 40),
            Map.entry("fifty", 50),
            Map.entry("sixty", 60),
            Map.entry("seventy", 70),
            Map.entry("eighty", 80),
            Map.entry("ninety", 90),
            Map.entry("dozen", 12),
            Map.entry("zero", 0));

    private static final Map<String, BigDecimal> SCALE = Map.of(
            "hundred",
            new BigDecimal(100),
            "thousand",
            new BigDecimal(1000),
            "k",
            new BigDecimal(1000),
            "million",
            new BigDecimal(1_000_000),
            "m",
            new BigDecimal(1_000_000),
            "mio",
            new BigDecimal(1_000_000),
            "billion",
            new BigDecimal(1_000_000_000),
            "bn",
            new BigDecimal(1_000_000_000));

    private static final Set<String> MONEY = Set.of(
            "dollar", "dollars", "euro", "euros", "pound", "pounds", "usd", "eur", "gbp", "buck", "bucks", "chf", "€",
            "$", "£", "cents");

    private Numbers() {}

    /** The number that begins at this token, its currency or unit included. */
    static Optional<Found> at(List<Token> tokens, int start) {
        int i = start;
        Unit unit = Unit.NONE;
        if (i < tokens.size()
                && tokens.get(i).kind() == Token.Kind.SYMBOL
                && MONEY.contains(tokens.get(i).word())) {
            unit = Unit.MONEY;
            i++;
        }
        if (i >= tokens.size()) {
            return Optional.empty();
        }
        BigDecimal value = value(tokens.get(i));
        if (value == null) {
            return Optional.empty();
        }
        i++;
        if (tokens.get(i - 1).isWord() && value.intValue() >= 20 && value.intValue() % 10 == 0 && i < tokens.size()) {
            Integer ones = SMALL.get(tokens.get(i).word());
            if (ones != null && ones > 0 && ones < 10) {
                value = value.add(new BigDecimal(ones));
                i++;
            }
        }
        while (i < tokens.size()
                && tokens.get(i).isWord()
                && SCALE.containsKey(tokens.get(i).word())
                && tokens.get(i).word().length() > 1) {
            value = value.multiply(SCALE.get(tokens.get(i).word()));
            i++;
        }
        if (i < tokens.size() && unit == Unit.NONE) {
            String next = tokens.get(i).word();
            if (MONEY.contains(next)) {
                unit = Unit.MONEY;
                i++;
            } else if (next.equals("%") || next.equals("percent") || next.equals("pct")) {
                unit = Unit.PERCENT;
                i++;
            }
        }
        return Optional.of(new Found(i - start, value, unit));
    }

    private static @Nullable BigDecimal value(Token token) {
        if (token.isWord()) {
            Integer small = SMALL.get(token.word());
            return small == null ? null : new BigDecimal(small);
        }
        if (token.kind() != Token.Kind.NUMBER) {
            return null;
        }
        String text = token.word();
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        String suffix = text.substring(end);
        if (!suffix.isEmpty() && !SCALE.containsKey(suffix)) {
            return null;
        }
        BigDecimal plain = plain(text.substring(0, end));
        return plain == null || suffix.isEmpty() ? plain : plain.multiply(SCALE.get(suffix));
    }

    private static @Nullable BigDecimal plain(String digits) {
        if (digits.length() > 30 || digits.indexOf('-') >= 0 || digits.indexOf('/') >= 0 || digits.indexOf(':') >= 0) {
            return null;
        }
        int comma = digits.indexOf(',');
        int dot = digits.indexOf('.');
        if (dot >= 0 && digits.indexOf('.', dot + 1) >= 0) {
            return null;
        }
        if (comma >= 0) {
            // 1,000 and 12,345.67 are thousands; 3,5 could be either, so it is not read.
            int end = dot < 0 ? digits.length() : dot;
            for (int i = end - 4; i > 0; i -= 4) {
                if (digits.charAt(i) != ',') {
                    return null;
                }
            }
            String bare = digits.replace(",", "");
            if (digits.length() - bare.length() != (end - 1) / 4) {
                return null;
            }
            return decimal(bare);
        }
        return decimal(digits);
    }

    private static @Nullable BigDecimal decimal(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return null;
            }
        }
        return new BigDecimal(digits);
    }
}
