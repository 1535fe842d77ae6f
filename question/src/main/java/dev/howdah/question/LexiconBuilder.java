package dev.howdah.question;

import dev.howdah.postgres.catalog.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Fills a lexicon from names, comments, labels, check lists, boolean columns and stored values. */
final class LexiconBuilder {
    /** Last words of a table's name that do not stand for the table, because every table has such a thing. */
    private static final Set<String> GENERIC = Set.of(
            "name",
            "type",
            "code",
            "status",
            "data",
            "info",
            "information",
            "detail",
            "list",
            "record",
            "date",
            "number",
            "description",
            "value",
            "level");

    /** Last words of a table's name that add nothing to the words before. */
    private static final Set<String> EVERYTHING = Set.of("data", "info", "information", "detail", "record", "list");

    private static final Set<String> NOISE =
            Set.of("tbl", "table", "tb", "t", "dim", "fact", "mst", "master", "tab", "vw", "v");
    private static final Set<String> BOOLEAN_PREFIX = Set.of(
            "is",
            "has",
            "have",
            "can",
            "was",
            "are",
            "allow",
            "allows",
            "include",
            "includes",
            "needs",
            "need",
            "requires",
            "accepts",
            "with",
            "does");
    private static final Set<String> DATE_SUFFIX =
            Set.of("at", "on", "date", "time", "datetime", "timestamp", "dt", "ts", "day", "from", "utc", "for");
    private static final Set<String> UNIT_SUFFIX = Set.of(
            "min",
            "mins",
            "minutes",
            "sec",
            "seconds",
            "hours",
            "hrs",
            "sqm",
            "pct",
            "percent",
            "usd",
            "eur",
            "gbp",
            "kg",
            "g",
            "cm",
            "mm",
            "km",
            "km2",
            "m2",
            "ml",
            "cents",
            "id",
            "no",
            "txt",
            "str",
            "val",
            "flag",
            "yn",
            "num",
            "nr",
            "code",
            "quantity");
    /** How the units that end a column's name are said. */
    private static final Map<String, List<String>> UNITS = Map.ofEntries(
            Map.entry("min", List.of("minute", "min")),
            Map.entry("mins", List.of("minute", "min")),
            Map.entry("minutes", List.of("minute", "min")),
            Map.entry("sec", List.of("second", "sec")),
            Map.entry("seconds", List.of("second", "sec")),
            Map.entry("hours", List.of("hour", "hr")),
            Map.entry("hrs", List.of("hour", "hr")),
            Map.entry("days", List.of("day")),
            Map.entry("months", List.of("month")),
            Map.entry("years", List.of("year")),
            Map.entry("km", List.of("km", "kilometer", "kilometre")),
            Map.entry("miles", List.of("mile")),
            Map.entry("mi", List.of("mile")),
            Map.entry("m", List.of("m", "meter", "metre")),
            Map.entry("cm", List.of("cm", "centimeter", "centimetre")),
            Map.entry("mm", List.of("mm")),
            Map.entry("ft", List.of("foot", "ft")),
            Map.entry("kg", List.of("kg", "kilo", "kilogram")),
            Map.entry("g", List.of("gram", "g")),
            Map.entry("lbs", List.of("pound", "lb")),
            Map.entry("kwh", List.of("kwh", "kilowatt hour")),
            Map.entry("kw", List.of("kw", "kilowatt")),
            Map.entry("mb", List.of("mb", "megabyte")),
            Map.entry("gb", List.of("gb", "gigabyte")),
            Map.entry("liters", List.of("liter", "litre")),
            Map.entry("l", List.of("liter", "litre")),
            Map.entry("ml", List.of("ml", "milliliter")));

    private static final Set<String> PLACE = Set.of(
            "state",
            "country",
            "nation",
            "nationality",
            "province",
            "citizenship",
            "origin",
            "land",
            "homeland",
            "continent",
            "region");

    /** Words that begin no phrase of a comment that could stand for a table. */
    private static final Set<String> COMMENT_STOP = Set.of(
            "of", "to", "from", "at", "by", "in", "with", "for", "on", "placed", "made", "that", "who", "which", "is",
            "are", "was", "where", "when", "per", "a", "the", "an", "if", "null", "not", "one", "each", "no", "and",
            "or", "as", "before", "after", "while", "yes", "true", "false", "row");

    private static final int LONGEST_VALUE = 60;

    private final Lexicon.Builder lexicon;
    private final Map<String, List<Sense>> verbs = new HashMap<>();
    private final Map<String, List<Sense>> partial = new HashMap<>();
    private final Map<String, List<Sense>> kin = new HashMap<>();
    private final Map<String, List<Sense>> units = new HashMap<>();
    private final Map<String, List<String>> abbreviations;
    private final Map<String, List<String>> places = new HashMap<>();

    private LexiconBuilder(Schema schema) {
        this.lexicon = new Lexicon.Builder(schema.tables().size() * 24);
        this.abbreviations = Synonyms.read("abbreviations.txt");
        Synonyms.read("places.txt")
                .forEach((said, stored) -> stored.forEach(value ->
                        places.computeIfAbsent(value, key -> new ArrayList<>(3)).add(said)));
    }

    static Lexicon build(Schema schema, ValueIndex values) {
        LexiconBuilder builder = new LexiconBuilder(schema);
        for (Table table : schema.tables()) {
            builder.table(table);
            for (Col col : table.columns()) {
                builder.column(col);
            }
        }
        values.forEach((ref, stored) -> {
            Table table = schema.table(ref.relation());
            Col col = table == null ? null : table.column(ref.column());
            if (col != null && !col.table().isView()) {
                stored.forEach(value -> builder.value(col, value, 1));
            }
        });
        Set<String> roles = new HashSet<>();
        for (Table table : schema.tables()) {
            table.edges()
                    .forEach(edge -> edge.role().forEach(part -> {
                        if (Lemmas.isPast(part)) {
                            roles.add(Lemmas.verb(part));
                        }
                    }));
        }
        return new Lexicon(
                builder.lexicon.senses(),
                builder.verbs,
                builder.partial,
                roles,
                builder.kin,
                builder.units,
                Synonyms.curated());
    }

    private void table(Table table) {
        double base = table.isView() ? 0.8 : 1;
        List<String> parts = expand(Words.parts(table.name()));
        if (parts.size() > 1 && NOISE.contains(parts.getFirst())) {
            parts = parts.subList(1, parts.size());
        }
        if (parts.size() > 1 && NOISE.contains(parts.getLast())) {
            parts = parts.subList(0, parts.size() - 1);
        }
        phrase(parts, new Sense.OfTable(table, base));
        if (parts.size() > 1 && !table.isView()) {
            boolean generic = GENERIC.contains(Lemmas.noun(parts.getLast()));
            if (!generic) {
                lexicon.add(Words.key(parts.subList(1, parts.size())), new Sense.OfTable(table, 0.7));
            }
            boolean all = EVERYTHING.contains(Lemmas.noun(parts.getLast()));
            lexicon.add(Words.key(parts.subList(0, parts.size() - 1)), new Sense.OfTable(table, all ? 0.75 : 0.55));
        }
        if (!table.isView()) {
            kin.computeIfAbsent(Lemmas.root(parts.getLast()), root -> new ArrayList<>(1))
                    .add(new Sense.OfTable(table, 0.85));
            table.eventDate().ifPresent(date -> verb(Lemmas.verb(parts(table).getLast()), new Sense.OfVerb(date, 0.7)));
            table.relation().comment().ifPresent(comment -> {
                for (String phrase : commentPhrases(comment, true)) {
                    lexicon.add(phrase, new Sense.OfTable(table, 0.6));
                }
            });
        }
    }

    /** "type code" and "apartment type" of apartment_type_code. */
    private void fragments(Col col, List<String> parts) {
        for (int from = 0; from < parts.size(); from++) {
            for (int to = from + 2; to <= parts.size(); to++) {
                boolean whole = to - from == parts.size();
                if (!whole && !COMMENT_STOP.contains(parts.get(to - 1)) && !COMMENT_STOP.contains(parts.get(from))) {
                    lexicon.add(Words.key(parts.subList(from, to)), new Sense.OfColumn(col, from > 0 ? 0.7 : 0.65));
                }
            }
        }
    }

    private List<String> parts(Table table) {
        return expand(Words.parts(table.name()));
    }

    private void column(Col col) {
        Table table = col.table();
        double base = table.isView() ? 0.35 : 1;
        List<String> parts = expand(col.parts());
        if (col.isBoolean()) {
            flag(col, parts, base);
        }
        phrase(parts, new Sense.OfColumn(col, base));
        if (table.isView()) {
            return;
        }
        String tableKey = Words.key(parts(table));
        if (col.isNumber() && parts.size() > 1 && UNITS.containsKey(parts.getLast())) {
            for (String unit : UNITS.getOrDefault(parts.getLast(), List.of())) {
                units.computeIfAbsent(unit, key -> new ArrayList<>(1)).add(new Sense.OfColumn(col, 0.8));
            }
        }
        if (parts.size() > 1 && !col.isBoolean()) {
            String last = parts.getLast();
            if (parts.size() > 2) {
                fragments(col, parts);
            }
            if (UNIT_SUFFIX.contains(last)) {
                boolean only = table.columns().stream()
                        .noneMatch(other ->
                                other != col && other.parts().getFirst().equals(parts.getFirst()));
                double weight = last.equals("id") || last.equals("no")
                        ? 0.4
                        : last.equals("code") ? only && parts.size() == 2 ? 0.66 : 0.4 : 0.9;
                lexicon.add(Words.key(parts.subList(0, parts.size() - 1)), new Sense.OfColumn(col, weight));
                if (weight > 0.8 && parts.size() > 2) {
                    lexicon.add(Words.key(parts.subList(1, parts.size() - 1)), new Sense.OfColumn(col, 0.68));
                }
            } else {
                for (int i = 1; i < parts.size(); i++) {
                    String head = Words.key(parts.subList(i, parts.size()));
                    boolean owner = tableKey.equals(Words.key(parts.subList(0, i)));
                    boolean date = col.isTime() && DATE_SUFFIX.contains(head);
                    if ((!date || head.equals("date")) && !COMMENT_STOP.contains(parts.get(i))) {
                        lexicon.add(head, new Sense.OfColumn(col, owner ? 0.95 : 0.7));
                    }
                }
            }
            if (last.equals("number") && parts.size() > 1 && col.isText()) {
                lexicon.add(Words.key(parts.subList(0, parts.size() - 1)), new Sense.OfColumn(col, 0.66));
            }
            int of = parts.indexOf("of");
            if (of == 1 && parts.size() > 2 && Set.of("number", "num", "no").contains(parts.getFirst())) {
                String counted = Words.key(parts.subList(2, parts.size()));
                lexicon.add(counted + " number", new Sense.OfColumn(col, 0.9));
                lexicon.add("number of " + counted, new Sense.OfColumn(col, 0.95));
            }
            if (of > 0
                    && of < parts.size() - 1
                    && !Set.of("number", "num", "no", "count", "amount", "type", "name", "code", "id")
                            .contains(parts.getFirst())) {
                // date_of_treatment, cost_of_treatment
                String head = Words.key(parts.subList(0, of));
                lexicon.add(head, new Sense.OfColumn(col, 0.72));
                lexicon.add(Words.key(parts.subList(of + 1, parts.size())) + " " + head, new Sense.OfColumn(col, 0.9));
            }
            if (Set.of("total", "grand", "net", "gross", "current", "full", "monthly", "unit", "list")
                            .contains(parts.getFirst())
                    && parts.size() == 2) {
                lexicon.add(Words.key(parts.subList(1, 2)), new Sense.OfColumn(col, 0.8));
            }
        }
        if (col.isTime() || col.isYear()) {
            date(col, parts);
        }
        if (table.key().filter(key -> key == col).isPresent()
                && (parts.getLast().equals("id")
                        || parts.getLast().equals("code")
                        || parts.getLast().endsWith("id"))) {
            lexicon.add(parts.getLast().equals("code") ? "code" : "id", new Sense.OfColumn(col, 0.9));
        }
        if (col.isEnum()) {
            String type = col.column().type().underlying().name();
            lexicon.add(Words.key(Words.parts(type.substring(type.indexOf('.') + 1))), new Sense.OfColumn(col, 0.9));
            col.column().type().underlying().labels().forEach(label -> value(col, label, 1));
        }
        col.column().comment().ifPresent(comment -> {
            List<String> listed = listedValues(col, comment);
            listed.forEach(value -> value(col, value, 0.95));
            if (listed.isEmpty()) {
                commentPhrases(comment, false).forEach(phrase -> lexicon.add(phrase, new Sense.OfColumn(col, 0.65)));
            }
        });
        checkList(col);
    }

    /** "borrowed" and "shipped" from borrowed_at and shipped_at; for nullable ones the same as an adjective. */
    private void date(Col col, List<String> parts) {
        List<String> stem = parts;
        while (stem.size() > 1
                && (DATE_SUFFIX.contains(stem.getLast()) || stem.getLast().equals("year"))) {
            stem = stem.subList(0, stem.size() - 1);
        }
        if (parts.contains("birth") || parts.contains("birthday") || parts.contains("dob") || parts.contains("born")) {
            verb("bear", new Sense.OfVerb(col, 1));
            return;
        }
        if (!col.column().notNull()
                && (parts.contains("died") || parts.contains("death") || parts.contains("deceased"))) {
            lexicon.add("alive", new Sense.OfFlag(col, false, 0.9));
            lexicon.add("dead", new Sense.OfFlag(col, true, 0.9));
        }
        if (parts.size() == 2 && parts.getFirst().equals("date") && Lemmas.isPast(parts.getLast())) {
            nouns(col, parts.getLast());
        }
        if (parts.size() == 2
                && (parts.getFirst().equals("year") || parts.getFirst().equals("date"))
                && Lemmas.isPast(parts.getLast())) {
            verb(Lemmas.verb(parts.getLast()), new Sense.OfVerb(col, 1));
            return;
        }
        boolean lastly = parts.size() == 2 && parts.getFirst().equals("last") && Lemmas.isPast(parts.getLast());
        if (stem.size() == parts.size() && !Lemmas.isPast(parts.getFirst()) && parts.size() > 1 && !lastly) {
            return;
        }
        lexicon.add(Words.key(stem), new Sense.OfColumn(col, 0.75));
        if (stem.size() == 1 && Lemmas.isPast(stem.getLast())) {
            nouns(col, stem.getLast());
        }
        String verb = stem.getLast();
        boolean last = stem.size() == 2 && stem.getFirst().equals("last");
        if (stem.size() > 2) {
            return;
        }
        if (stem.size() == 2 && !last) {
            // checked_in_at: the particle is skipped in questions
            verb = stem.getFirst();
            if (!Set.of("in", "out", "up", "off", "on").contains(stem.getLast())) {
                return;
            }
            verb(Lemmas.verb(verb) + " " + stem.getLast(), new Sense.OfVerb(col, 1));
            return;
        }
        verb(Lemmas.verb(verb), new Sense.OfVerb(col, last ? 0.9 : 1));
        if (!col.column().notNull() && Lemmas.isPast(verb) && !last) {
            lexicon.add(verb, new Sense.OfFlag(col, true, 0.9));
            lexicon.add("un" + verb, new Sense.OfFlag(col, false, 0.9));
            lexicon.add("not yet " + verb, new Sense.OfFlag(col, false, 0.9));
        }
    }

    /** "arrival date", "departing date", "creation date": what else the date of a verb is called. */
    private void nouns(Col col, String past) {
        String stem = Lemmas.verb(past);
        for (String ending : List.of("al", "ing", "ure", "ion", "ation", "ment", "")) {
            lexicon.add(Lemmas.noun(stem + ending) + " date", new Sense.OfColumn(col, 0.85));
        }
        lexicon.add(Lemmas.noun(past) + " date", new Sense.OfColumn(col, 0.85));
    }

    private void flag(Col col, List<String> parts, double base) {
        List<String> stem = parts;
        if (parts.size() > 1 && BOOLEAN_PREFIX.contains(parts.getFirst())) {
            stem = parts.subList(1, parts.size());
        } else if (parts.size() > 1
                && (parts.getLast().equals("flag") || parts.getLast().equals("yn"))) {
            stem = parts.subList(0, parts.size() - 1);
        }
        if (stem.size() > 1
                && (stem.getLast().equals("ok")
                        || stem.getLast().equals("allowed")
                        || stem.getLast().equals("accepted"))) {
            lexicon.add(Words.key(stem.subList(0, stem.size() - 1)), new Sense.OfFlag(col, true, base * 0.95));
        }
        String key = Words.key(stem);
        boolean negative = stem.getFirst().equals("not") || stem.getFirst().equals("no");
        if (negative && stem.size() > 1) {
            lexicon.add(Words.key(stem.subList(1, stem.size())), new Sense.OfFlag(col, false, base));
        }
        lexicon.add(key, new Sense.OfFlag(col, true, base));
        if (stem.size() == 1) {
            for (String prefix : List.of("in", "un", "non", "non ")) {
                lexicon.add(prefix + key, new Sense.OfFlag(col, false, base));
            }
            verb(Lemmas.verb(key), new Sense.OfFlag(col, true, 0.8));
        }
    }

    private void verb(String stem, Sense sense) {
        List<Sense> list = verbs.computeIfAbsent(stem, key -> new ArrayList<>(2));
        List<Sense> end = list.size() > 64 ? list.subList(list.size() - 4, list.size()) : list;
        if (end.stream()
                .noneMatch(other -> other instanceof Sense.OfVerb o
                        && sense instanceof Sense.OfVerb s
                        && o.column() == s.column())) {
            list.add(sense);
        }
    }

    void value(Col col, String value, double weight) {
        if (value.isBlank() || value.length() > LONGEST_VALUE) {
            return;
        }
        // A row's plain name is meant before its name elsewhere.
        boolean plainName = col.parts().size() == 1
                || col.parts().getFirst().equals(Lemmas.noun(col.table().name()));
        Sense.OfValue sense = new Sense.OfValue(col, value, col.isNaming() && !plainName ? weight - 0.04 : weight);
        if ((col.name().equals("gender") || col.name().equals("sex")) && value.length() == 1) {
            for (String word : value.equalsIgnoreCase("f")
                    ? List.of("female", "woman")
                    : value.equalsIgnoreCase("m") ? List.of("male", "man") : List.<String>of()) {
                lexicon.add(word, sense);
            }
        }
        if (col.parts().stream().anyMatch(part -> PLACE.contains(Lemmas.noun(part)))) {
            places.getOrDefault(value, List.of())
                    .forEach(said -> lexicon.add(Words.keyOf(said), new Sense.OfValue(col, value, 0.9)));
        }
        String plain = Words.keyOf(value.replace('_', ' '));
        lexicon.add(plain, sense);
        if (col.isNaming() && plain.indexOf(' ') > 0) {
            for (String word : Words.split(plain, " ")) {
                if (word.length() > 2 && !Vocabulary.FUNCTION.contains(word)) {
                    partial.computeIfAbsent(word, k -> new ArrayList<>(1));
                    List<Sense> list = partial.get(word);
                    if (list.stream().noneMatch(s -> s instanceof Sense.OfValue o && o.column() == col)) {
                        list.add(new Sense.OfValue(col, word, 0.5));
                    }
                }
            }
        }
    }

    /** Labels of CHECK (x IN ('a','b')), as PostgreSQL prints it: ARRAY['a'::text, 'b'::text]. */
    private void checkList(Col col) {
        for (Relation.Check check : col.table().relation().checks()) {
            String text = check.expression();
            if (!text.contains("ARRAY[") || !text.contains(col.name())) {
                continue;
            }
            int before = text.indexOf(col.name());
            if (before > text.indexOf("ARRAY[")) {
                continue;
            }
            int at = text.indexOf('\'');
            while (at >= 0) {
                int end = text.indexOf('\'', at + 1);
                if (end < 0) {
                    break;
                }
                value(col, text.substring(at + 1, end), 1);
                at = text.indexOf('\'', end + 1);
            }
        }
    }

    private void phrase(List<String> parts, Sense sense) {
        lexicon.add(Words.key(parts), sense);
        if (parts.size() > 1) {
            lexicon.add(Lemmas.noun(String.join("", parts)), sense);
        }
    }

    private List<String> expand(List<String> parts) {
        List<String> expanded = null;
        for (int i = 0; i < parts.size(); i++) {
            List<String> full = abbreviations.get(parts.get(i));
            if (full != null) {
                expanded = expanded == null ? new ArrayList<>(parts) : expanded;
                expanded.set(i, full.getFirst());
            }
        }
        if (expanded != null && expanded.stream().anyMatch(part -> part.indexOf(' ') > 0)) {
            return Words.split(String.join(" ", expanded), " ");
        }
        return expanded == null ? parts : expanded;
    }

    private static List<String> listedValues(Col col, String comment) {
        if (!col.isText() || comment.indexOf(',') < 0 || comment.length() > 200) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (String part : Words.split(comment, ",")) {
            String value = part.strip();
            if (value.isEmpty() || value.indexOf(' ') >= 0) {
                return List.of();
            }
            values.add(value);
        }
        return values.size() >= 3 ? values : List.of();
    }

    /** Short phrases of a comment that may name what it describes. */
    private static List<String> commentPhrases(String comment, boolean table) {
        String text = comment.toLowerCase(Locale.ROOT);
        List<String> phrases = new ArrayList<>();
        boolean first = true;
        for (String chunk : Words.split(text, ",;:()./=")) {
            List<String> words = Words.parts(chunk.strip());
            int end = 0;
            while (end < words.size() && !COMMENT_STOP.contains(words.get(end))) {
                end++;
            }
            boolean whole = end == words.size();
            if (end > 0
                    && end <= 3
                    && (whole || (first && table))
                    && !words.getFirst().equals("pii")
                    && !words.getFirst().equals("sensitive")) {
                phrases.add(Words.key(words.subList(0, end)));
            }
            first = false;
        }
        return phrases;
    }
}
