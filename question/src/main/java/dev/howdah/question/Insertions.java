package dev.howdah.question;

import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.sql.Identifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads sentences that add one row: "add member Zoe Lindqvist from Bend, email zoe@example.com, student tier". Each piece
 * has to be the value of one column and no other. For one sentence.
 */
final class Insertions {
    private static final Set<String> BETWEEN =
            Set.of(",", "and", "with", "from", "for", "in", "at", "who", "is", "has", "costing", "lives");

    private final Lexicon lexicon;
    private final Dates dates;
    private final ChangedValue values;
    private final List<Token> tokens;

    Insertions(Lexicon lexicon, Dates dates, ChangedValue values, List<Token> tokens) {
        this.lexicon = lexicon;
        this.dates = dates;
        this.values = values;
        this.tokens = tokens;
    }

    Reading read(int from) throws Unresolved {
        int at = from;
        while (Set.of("a", "an", "new", "another", "the", "into").contains(word(at))) {
            at++;
        }
        Phrases phrases = new Phrases(tokens, lexicon, dates);
        int start = at;
        Phrases.Match match = phrases.match(start, s -> s instanceof Sense.OfTable && s.weight() >= 0.8)
                .orElseThrow(() -> new Unresolved("It does not say to which table."));
        Table table = match.senses().getFirst().table();
        if (match.senses().size() > 1 || table.relation().kind() != Relation.Kind.TABLE) {
            throw new Unresolved("It is not certain which table “" + match.words() + "” is.");
        }
        at += match.length();
        Map<Col, String> row = new LinkedHashMap<>();
        if (Set.of("called", "named", "titled").contains(word(at))) {
            at++;
        }
        int end = name(at);
        if (end > at) {
            names(table, at, end, row);
        }
        at = end;
        while (at < tokens.size()) {
            if (BETWEEN.contains(word(at))) {
                at++;
                continue;
            }
            int next = at;
            while (next < tokens.size() && !BETWEEN.contains(word(next))) {
                next++;
            }
            piece(table, at, next, row);
            at = next;
        }
        if (row.isEmpty()) {
            throw new Unresolved("It does not say what the new row holds.");
        }
        complete(table, row);
        List<String> columns =
                row.keySet().stream().map(col -> Identifiers.quote(col.name())).toList();
        List<String> said = new ArrayList<>();
        row.forEach((col, literal) -> said.add(col.name() + " " + literal));
        return new Reading(
                "INSERT INTO " + SqlWriter.name(table) + " (" + String.join(", ", columns) + ")\nVALUES ("
                        + String.join(", ", row.values()) + ")",
                "add to " + table.name() + ": " + String.join(", ", said),
                Changes.CONFIDENCE,
                List.of(),
                List.of(table.relation()),
                List.of(),
                List.of());
    }

    /** Where a name ends that begins here: quoted, or words that begin with capitals. */
    private int name(int from) {
        if (from < tokens.size() && tokens.get(from).kind() == Token.Kind.QUOTED) {
            return from + 1;
        }
        int at = from;
        while (at < tokens.size()
                && tokens.get(at).isWord()
                && Character.isUpperCase(tokens.get(at).text().codePointAt(0))) {
            at++;
        }
        return at;
    }

    private void names(Table table, int from, int to, Map<Col, String> row) throws Unresolved {
        List<Col> names = table.names();
        if (names.isEmpty()) {
            names = table.columns().stream()
                    .filter(col -> col.isText()
                            && Set.of("company", "business", "firm").contains(col.name()))
                    .toList();
        }
        if (names.size() == 1) {
            row.put(names.getFirst(), literal(names.getFirst(), from, to));
        } else if (names.size() == 2 && to - from == 2) {
            row.put(names.getFirst(), Literals.text(tokens.get(from).text()));
            row.put(names.getLast(), Literals.text(tokens.get(from + 1).text()));
        } else {
            throw new Unresolved("It is not clear which column “" + values.raw(from, to) + "” is for.");
        }
    }

    private String literal(Col col, int from, int to) throws Unresolved {
        Changes.settable(col);
        return values.literal(col, from, to)
                .orElseThrow(
                        () -> new Unresolved("“" + values.raw(from, to) + "” is no certain value for " + col + "."));
    }

    /** A piece is "column value", "value column", a number with its unit, a flag, or a value that one column knows. */
    private void piece(Table table, int from, int to, Map<Col, String> row) throws Unresolved {
        List<Map.Entry<Col, String>> fits = new ArrayList<>();
        for (int cut = from + 1; cut < to; cut++) {
            Col before = column(table, from, cut);
            Col after = column(table, cut, to);
            if (before != null) {
                values.literal(before, cut, to).ifPresent(v -> fits.add(Map.entry(before, v)));
            }
            if (after != null) {
                values.literal(after, from, cut).ifPresent(v -> fits.add(Map.entry(after, v)));
            }
        }
        if (fits.isEmpty()) {
            unit(table, from, to).ifPresent(fits::add);
        }
        if (fits.isEmpty()) {
            alone(table, from, to, fits);
        }
        fits.removeIf(fit -> row.containsKey(fit.getKey()));
        if (fits.size() != 1) {
            throw new Unresolved("It is not clear which column “" + values.raw(from, to) + "” is for.");
        }
        Changes.settable(fits.getFirst().getKey());
        row.put(fits.getFirst().getKey(), fits.getFirst().getValue());
    }

    private @org.jspecify.annotations.Nullable Col column(Table table, int from, int to) {
        StringBuilder key = new StringBuilder();
        for (int i = from; i < to; i++) {
            key.append(key.isEmpty() ? "" : " ").append(tokens.get(i).lemma());
        }
        Col found = null;
        double best = 0;
        for (Sense sense : lexicon.lookup(key.toString())) {
            if (sense instanceof Sense.OfColumn(Col col, double weight) && col.table() == table && weight > best) {
                found = col;
                best = weight;
            }
        }
        if (best >= 0.64) {
            return found;
        }
        // "7 days lead time" for lead_days
        String said = key.toString();
        for (Col col : table.columns()) {
            String first = col.parts().getFirst();
            if (col.isNumber()
                    && col.parts().size() == 2
                    && said.equals("day " + first + " time")
                    && col.parts().getLast().equals("days")) {
                return col;
            }
        }
        return null;
    }

    /** "65 an hour" for hourly_rate, "22.50 a month" for monthly_fee. */
    private Optional<Map.Entry<Col, String>> unit(Table table, int from, int to) {
        Optional<Numbers.Found> number = Numbers.at(tokens, from);
        if (number.isEmpty() || values.isNegative(from)) {
            return Optional.empty();
        }
        int at = from + number.get().length();
        if (at + 2 != to || !Set.of("a", "an", "per").contains(word(at))) {
            return Optional.empty();
        }
        String every = switch (word(at + 1)) {
            case "hour" -> "hourly";
            case "day" -> "daily";
            case "week" -> "weekly";
            case "month" -> "monthly";
            case "year" -> "yearly";
            default -> "";
        };
        List<Col> fitting = table.columns().stream()
                .filter(col -> col.isMoney() && col.parts().contains(every))
                .toList();
        return fitting.size() == 1
                ? Optional.of(Map.entry(
                        fitting.getFirst(), ChangedValue.plain(number.get().value())))
                : Optional.empty();
    }

    private void alone(Table table, int from, int to, List<Map.Entry<Col, String>> fits) {
        boolean negated = word(from).equals("no") || word(from).equals("not");
        String raw = values.raw(negated ? from + 1 : from, to);
        for (Sense sense : lexicon.lookup(Words.keyOf(raw))) {
            if (sense instanceof Sense.OfFlag(Col col, boolean truth, double weight)
                    && col.table() == table
                    && col.isBoolean()
                    && fits.stream().noneMatch(f -> f.getKey() == col)) {
                fits.add(Map.entry(col, String.valueOf(truth != negated)));
            }
        }
        if (negated || !fits.isEmpty()) {
            return;
        }
        for (Col col : table.columns()) {
            if (col.isEnum() || col.isText()) {
                values.stored(col, raw).ifPresent(value -> fits.add(Map.entry(col, Literals.text(value))));
            }
        }
    }

    /** What must be given and is not is asked for, before the database refuses the row. */
    private static void complete(Table table, Map<Col, String> row) throws Unresolved {
        List<String> missing = new ArrayList<>();
        for (Col col : table.columns()) {
            Column column = col.column();
            if (column.notNull()
                    && column.defaultExpression().isEmpty()
                    && column.origin() == Column.Origin.PLAIN
                    && !row.containsKey(col)) {
                missing.add(col.name());
            }
        }
        if (!missing.isEmpty()) {
            throw new Unresolved("A row of " + table.name() + " also needs " + String.join(", ", missing) + ".");
        }
    }

    private String word(int i) {
        return i >= 0 && i < tokens.size() && tokens.get(i).kind() != Token.Kind.QUOTED
                ? tokens.get(i).word()
                : "";
    }
}
