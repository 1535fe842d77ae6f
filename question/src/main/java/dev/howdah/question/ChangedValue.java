package dev.howdah.question;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The value that a change gives to a column, as a literal. What does not certainly fit the column gives none. */
final class ChangedValue {
    private static final Set<String> NOTHING = Set.of("null", "nothing", "empty");
    private static final Set<String> YES = Set.of("yes", "true", "on", "1");
    private static final Set<String> NO = Set.of("no", "false", "off", "0");

    private final Lexicon lexicon;
    private final Dates dates;
    private final String text;
    private final List<Token> tokens;

    ChangedValue(Lexicon lexicon, Dates dates, String text, List<Token> tokens) {
        this.lexicon = lexicon;
        this.dates = dates;
        this.text = text;
        this.tokens = tokens;
    }

    /** The words as typed, without the mark that ends them. */
    String raw(int from, int to) {
        if (from >= to) {
            return "";
        }
        int end = to < tokens.size() ? tokens.get(to).start() : text.length();
        String raw = text.substring(tokens.get(from).start(), end).strip();
        int last = raw.length();
        while (last > 0 && ".,;:!?".indexOf(raw.charAt(last - 1)) >= 0) {
            last--;
        }
        return raw.substring(0, last).strip();
    }

    /** The literal for a column; empty if the words do not fit it. */
    Optional<String> literal(Col col, int from, int to) {
        if (from >= to) {
            return Optional.empty();
        }
        String raw = raw(from, to);
        if (to - from == 1
                && NOTHING.contains(tokens.get(from).word())
                && tokens.get(from).isWord()) {
            return col.column().notNull() ? Optional.empty() : Optional.of("NULL");
        }
        if (col.isBoolean()) {
            return truth(raw);
        }
        if (col.isNumber()) {
            return Optional.ofNullable(number(from, to));
        }
        if (col.isTime()) {
            return Optional.ofNullable(time(col, from, to));
        }
        if (col.isEnum()) {
            return stored(col, raw).map(Literals::text);
        }
        return col.isText() ? words(col, from, to, raw) : Optional.empty();
    }

    private static Optional<String> truth(String raw) {
        String word = raw.toLowerCase(java.util.Locale.ROOT);
        return YES.contains(word) ? Optional.of("true") : NO.contains(word) ? Optional.of("false") : Optional.empty();
    }

    private @Nullable String number(int from, int to) {
        Optional<Numbers.Found> number = Numbers.at(tokens, from);
        if (number.isEmpty()
                || number.get().length() != to - from
                || number.get().unit() == Numbers.Unit.PERCENT) {
            return null;
        }
        return isNegative(from) ? null : plain(number.get().value());
    }

    /** A sign is no token, so a number behind one would lose it. */
    boolean isNegative(int at) {
        int before = tokens.get(at).start() - 1;
        return before >= 0 && "-−–".indexOf(text.charAt(before)) >= 0;
    }

    static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0).toPlainString() : value.toPlainString();
    }

    private @Nullable String time(Col col, int from, int to) {
        if (to - from == 1 && tokens.get(from).is("now")) {
            return moment(col, dates.now());
        }
        Optional<Dates.Found> found = dates.at(tokens, from);
        if (found.isEmpty() || found.get().length() != to - from) {
            return null;
        }
        DateRange range = found.get().range();
        LocalDateTime begins = range.from();
        if (begins == null || range.to() == null || ChronoUnit.HOURS.between(begins, range.to()) > 24) {
            return null;
        }
        return begins.toLocalDate().equals(dates.today()) ? moment(col, dates.now()) : moment(col, begins);
    }

    private static String moment(Col col, LocalDateTime at) {
        return Literals.text(
                col.isDay()
                        ? at.toLocalDate().toString()
                        : at.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")));
    }

    /** The label or value of a list that these words say. */
    Optional<String> stored(Col col, String raw) {
        List<String> same = new ArrayList<>(1);
        for (Sense sense : lexicon.lookup(Words.keyOf(raw.replace('_', ' ')))) {
            if (sense instanceof Sense.OfValue(Col of, String value, double weight)
                    && of == col
                    && weight >= 0.9
                    && !same.contains(value)) {
                same.add(value);
            }
        }
        if (same.size() > 1) {
            same.removeIf(value -> !value.equals(raw));
        }
        return same.size() == 1 ? Optional.of(same.getFirst()) : Optional.empty();
    }

    private Optional<String> words(Col col, int from, int to, String raw) {
        Token first = tokens.get(from);
        if (to - from == 1 && first.kind() == Token.Kind.QUOTED) {
            return Optional.of(Literals.text(first.text()));
        }
        Optional<String> known = stored(col, raw);
        if (known.isPresent() || isListed(col)) {
            return known.map(Literals::text);
        }
        boolean name = Character.isUpperCase(raw.codePointAt(0)) || raw.indexOf(' ') < 0;
        boolean plain = raw.indexOf('"') < 0 && raw.indexOf('\n') < 0 && raw.indexOf(',') < 0;
        return name && plain ? Optional.of(Literals.text(raw)) : Optional.empty();
    }

    /** Whether a CHECK lists what may be stored. */
    static boolean isListed(Col col) {
        return col.table().relation().checks().stream()
                .anyMatch(check -> check.expression().contains("ARRAY[")
                        && Words.parts(check.expression()).containsAll(col.parts())
                        && check.expression().indexOf(col.name())
                                < check.expression().indexOf("ARRAY["));
    }
}
