package dev.howdah.question;

import dev.howdah.question.ChangedRows.Rows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads sentences that ask for a change of rows. Each is one of a few whole patterns whose every word is used; anything
 * else is declined with the reason, because a wrong change offered with confidence would be worse than none. What may be
 * done with a change is decided elsewhere. For one sentence.
 */
final class Changes {
    static final double CONFIDENCE = 0.95;

    private static final Set<String> POLITE = Set.of(
            "please", "can", "could", "would", "you", "i", "we", "want", "need", "to", "like", "let", "us", "kindly",
            "pls", "hey", "hi", ",", "ok", "now", "just", "then", "also");
    private static final Set<String> DELETE = Set.of("delete", "remove", "erase", "purge");
    private static final Set<String> SET = Set.of("set", "change", "update", "make", "switch", "modify");
    private static final Set<String> MORE = Set.of("increase", "raise", "bump");
    private static final Set<String> LESS = Set.of("decrease", "reduce", "lower", "cut");
    private static final Set<String> DATED = Set.of("today", "yesterday", "now");

    private final Lexicon lexicon;
    private final Dates dates;
    private final List<Token> tokens;
    private final ChangedRows rows;
    private final ChangedValue values;
    private final Definitions definitions;
    private final Insertions insertions;

    Changes(Schema schema, Lexicon lexicon, Dates dates, String text, List<Token> tokens) {
        this.lexicon = lexicon;
        this.dates = dates;
        this.tokens = tokens;
        this.rows = new ChangedRows(schema, lexicon, dates, text, tokens);
        this.values = new ChangedValue(lexicon, dates, text, tokens);
        this.definitions = new Definitions(schema, lexicon, values, tokens);
        this.insertions = new Insertions(lexicon, dates, values, tokens);
    }

    /** What a column gets. */
    private record Assignment(Col col, String expression, String words) {}

    /** What the sentence asks for; empty if it does not ask for a change. */
    Optional<Interpretation> read() {
        int at = 0;
        while (at < tokens.size() && POLITE.contains(word(at))) {
            at++;
        }
        String verb = word(at);
        if (!isCommand(at)) {
            return Optional.empty();
        }
        try {
            Optional<Reading> defined = definitions.read(at);
            if (defined.isPresent()) {
                return defined.map(Interpretation.Understood::new);
            }
            if (DELETE.contains(verb)) {
                return understood(delete(at + 1));
            }
            if (verb.equals("add") || verb.equals("insert") || verb.equals("create") || verb.equals("register")) {
                return understood(insertions.read(at + 1));
            }
            if (SET.contains(verb)) {
                return understood(set(at + 1));
            }
            if (MORE.contains(verb) || LESS.contains(verb)) {
                return understood(alter(at + 1, MORE.contains(verb)));
            }
            return switch (verb) {
                case "mark", "flag" -> understood(mark(at + 1));
                case "assign" -> understood(assign(at + 1));
                case "give" -> understood(raise(at + 1));
                default -> understood(becomes(verb, at + 1));
            };
        } catch (Unresolved e) {
            return Optional.of(new Interpretation.Declined(
                    "It asks for a change, and not all of it is clear: " + e.getMessage(), List.of(), List.of()));
        }
    }

    private static Optional<Interpretation> understood(Reading reading) {
        return Optional.of(new Interpretation.Understood(reading));
    }

    /** Whether the sentence begins like a command that changes something. */
    private boolean isCommand(int at) {
        String verb = word(at);
        if (at + 1 >= tokens.size()) {
            return false;
        }
        if (DELETE.contains(verb) || MORE.contains(verb) || LESS.contains(verb) || definitions.begins(at)) {
            return true;
        }
        return switch (verb) {
            case "set", "change", "update", "modify", "switch", "mark", "flag", "assign", "insert", "add", "create" ->
                true;
            case "register" -> lexicon.lookup(tokens.get(at + 1).lemma()).isEmpty();
            case "make", "give" ->
                word(tokens.size() - 1).equals("raise") || word(at + 1).equals("every");
            case "cancel",
                    "close",
                    "freeze",
                    "waive",
                    "deactivate",
                    "activate",
                    "reactivate",
                    "archive",
                    "approve",
                    "reject",
                    "disable",
                    "enable",
                    "suspend",
                    "block",
                    "unblock",
                    "refund",
                    "discontinue",
                    "confirm",
                    "complete",
                    "reopen",
                    "retire" -> lexicon.lookup(Lemmas.noun(verb)).stream().noneMatch(s -> s instanceof Sense.OfTable);
            default -> false;
        };
    }

    /** "delete the cancelled reservations from 2024". */
    private Reading delete(int from) throws Unresolved {
        Rows some = rows.read(from, tokens.size(), false);
        SqlWriter sql = new SqlWriter(some.query());
        return reading(
                "DELETE FROM " + sql.target() + sql.where(),
                "delete " + ReadingWords.rows(some.query()),
                some,
                List.of());
    }

    /** "set the status of order 15 to shipped", "set priority to high for all open requests", "set unit 12 to renovation". */
    private Reading set(int from) throws Unresolved {
        Unresolved reason = null;
        for (int k = tokens.size() - 2; k > from; k--) {
            if (!word(k).equals("to")) {
                continue;
            }
            try {
                return before(from, k);
            } catch (Unresolved e) {
                reason = reason == null ? e : reason;
            }
        }
        for (int k = from + 1; k < tokens.size() - 2; k++) {
            if (!word(k).equals("to") && !word(k).equals("=")) {
                continue;
            }
            for (int j = k + 2; j < tokens.size() - 1; j++) {
                if (word(j).equals("for") || word(j).equals("of") || word(j).equals("on") || word(j).equals("where")) {
                    Optional<Reading> found = after(from, k, j);
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
            }
        }
        throw reason != null ? reason : new Unresolved("It does not say what to change to what.");
    }

    /** The rows, with or without a column, stand before "to", the value after it. */
    private Reading before(int from, int to) throws Unresolved {
        Rows named;
        try {
            named = rows.read(from, to, true);
        } catch (Unresolved e) {
            Rows some;
            try {
                some = rows.read(from, to, false);
            } catch (Unresolved second) {
                throw e;
            }
            List<Assignment> said = states(some.table(), to + 1, tokens.size());
            if (said.size() != 1) {
                throw new Unresolved("It does not say which column of "
                        + some.table().name() + " becomes “" + values.raw(to + 1, tokens.size()) + "”.");
            }
            return update(some, said, List.of());
        }
        Col col = named.column().orElseThrow();
        return update(named, List.of(assigned(col, to + 1, tokens.size())), List.of());
    }

    private Assignment assigned(Col col, int from, int to) throws Unresolved {
        String raw = values.raw(from, to);
        settable(col);
        String literal = values.literal(col, from, to)
                .orElseThrow(() -> new Unresolved("“" + raw + "” is no certain value for " + col + "."));
        return new Assignment(col, literal, raw);
    }

    static void settable(Col col) throws Unresolved {
        if (col.hidden()) {
            throw new Unresolved(col + " is not to be touched.");
        }
        if (col.table().relation().primaryKey().contains(col.column().number())) {
            throw new Unresolved(col + " is the key of its rows.");
        }
        switch (col.column().origin()) {
            case PLAIN, IDENTITY_BY_DEFAULT -> {}
            case IDENTITY_ALWAYS, GENERATED_STORED, GENERATED_VIRTUAL ->
                throw new Unresolved(col + " is computed by the database.");
        }
    }

    /** "priority to high for every heating request that is still open". */
    private Optional<Reading> after(int from, int to, int of) throws Unresolved {
        int start = word(from).equals("the") ? from + 1 : from;
        Rows some;
        try {
            some = rows.read(of + 1, tokens.size(), false);
        } catch (Unresolved e) {
            return Optional.empty();
        }
        StringBuilder key = new StringBuilder();
        for (int i = start; i < to; i++) {
            key.append(key.isEmpty() ? "" : " ").append(tokens.get(i).lemma());
        }
        Sense.OfColumn best = null;
        for (Sense sense : lexicon.lookup(key.toString())) {
            if (sense instanceof Sense.OfColumn column
                    && sense.table() == some.table()
                    && sense.weight() >= 0.64
                    && (best == null || best.weight() < sense.weight())) {
                best = column;
            }
        }
        return best == null
                ? Optional.empty()
                : Optional.of(update(some, List.of(assigned(best.column(), to + 1, of)), List.of()));
    }

    /** The columns of a table that may become what is said: labels, values of a list, flags. */
    private List<Assignment> states(Table table, int from, int to) throws Unresolved {
        List<Assignment> found = new ArrayList<>(1);
        String raw = values.raw(from, to);
        for (Col col : table.columns()) {
            if ((col.isEnum() || ChangedValue.isListed(col) || (col.isText() && isState(col)))
                    && values.stored(col, raw).isPresent()) {
                settable(col);
                found.add(new Assignment(
                        col, Literals.text(values.stored(col, raw).get()), raw));
            }
        }
        for (Sense sense : lexicon.lookup(Words.keyOf(raw))) {
            if (sense instanceof Sense.OfFlag(Col col, boolean truth, double weight)
                    && col.table() == table
                    && col.isBoolean()
                    && weight >= 0.75) {
                found.add(new Assignment(col, String.valueOf(truth), raw));
            }
        }
        return found;
    }

    private static boolean isState(Col col) {
        return col.parts().contains("status") || col.parts().contains("state");
    }

    /** "increase unit cost of all pumps by 8%", "lower the price of product 3 by 2 dollars", "raise … to 20". */
    private Reading alter(int from, boolean more) throws Unresolved {
        int by = -1;
        for (int k = from; k < tokens.size(); k++) {
            by = word(k).equals("by") ? k : by;
        }
        if (by < 0) {
            return set(from);
        }
        Optional<Numbers.Found> number = Numbers.at(tokens, by + 1);
        if (number.isEmpty() || by + 1 + number.get().length() != tokens.size() || values.isNegative(by + 1)) {
            throw new Unresolved("It does not say by how much.");
        }
        Rows some = rows.read(from, by, true);
        return update(some, List.of(altered(some, some.column().orElseThrow(), number.get(), more)), List.of());
    }

    private Assignment altered(Rows some, Col col, Numbers.Found number, boolean more) throws Unresolved {
        settable(col);
        if (!col.isNumber() || col.isKey()) {
            throw new Unresolved(col + " is no number to change.");
        }
        String name = new SqlWriter(some.query()).column(col);
        if (number.unit() == Numbers.Unit.PERCENT) {
            BigDecimal part = number.value().movePointLeft(2);
            BigDecimal factor = more ? BigDecimal.ONE.add(part) : BigDecimal.ONE.subtract(part);
            if (factor.signum() < 0) {
                throw new Unresolved("That is more than all of it.");
            }
            return new Assignment(
                    col,
                    name + " * " + factor.toPlainString(),
                    (more ? "+ " : "− ") + number.value().toPlainString() + " %");
        }
        String amount = ChangedValue.plain(number.value());
        return new Assignment(col, name + (more ? " + " : " - ") + amount, (more ? "+ " : "− ") + amount);
    }

    /** "give every librarian a 5% raise". */
    private Reading raise(int from) throws Unresolved {
        int end = tokens.size();
        if (!word(end - 1).equals("raise")) {
            throw new Unresolved("It does not say what to give.");
        }
        for (int k = end - 2; k > from; k--) {
            Optional<Numbers.Found> number = Numbers.at(tokens, k);
            if (number.isPresent() && k + number.get().length() == end - 1) {
                int to = word(k - 1).equals("a") || word(k - 1).equals("an") ? k - 1 : k;
                Rows some = rows.read(from, to, false);
                List<Col> pay = some.table().columns().stream()
                        .filter(col -> col.isNumber()
                                && Set.of("salary", "wage", "pay")
                                        .contains(col.parts().getLast()))
                        .toList();
                if (pay.size() != 1) {
                    throw new Unresolved("It is not clear which column a raise is of.");
                }
                return update(some, List.of(altered(some, pay.getFirst(), number.get(), true)), List.of());
            }
        }
        throw new Unresolved("It does not say how large the raise is.");
    }

    /** "mark invoice 955 as paid today": a status, a flag, the date that says the same, or status and date. */
    private Reading mark(int from) throws Unresolved {
        int as = -1;
        for (int k = from; k < tokens.size(); k++) {
            as = word(k).equals("as") ? k : as;
        }
        if (as < 0) {
            throw new Unresolved("It does not say as what.");
        }
        int end = tokens.size();
        int date = end;
        for (int k = as + 2; k < end; k++) {
            if (DATED.contains(word(k)) && k == end - 1) {
                date = k;
            }
        }
        Rows some = rows.read(from, as, false);
        List<Assignment> said = states(some.table(), as + 1, date);
        List<Col> dates = happened(some.table(), as + 1, date);
        if (said.size() > 1 || dates.size() > 1 || (said.isEmpty() && dates.isEmpty())) {
            throw new Unresolved("It does not say which column becomes “" + values.raw(as + 1, date) + "”.");
        }
        List<Assignment> all = new ArrayList<>(said);
        List<String> assumed = new ArrayList<>();
        if (date < end || said.isEmpty()) {
            if (dates.isEmpty()) {
                throw new Unresolved("There is no column for when it was “" + values.raw(as + 1, date) + "”.");
            }
            Col col = dates.getFirst();
            settable(col);
            all.add(date < end ? assigned(col, date, end) : new Assignment(col, now(col), "now"));
            if (date == end) {
                assumed.add(col.name() + " is now");
            }
        } else if (!dates.isEmpty()) {
            throw new Unresolved("It does not say when, and " + dates.getFirst() + " keeps it.");
        }
        return update(some, all, assumed);
    }

    private String now(Col col) {
        return Literals.text(
                col.isDay() ? dates.today().toString() : dates.now().toString().replace('T', ' '));
    }

    /** Nullable dates whose presence says what the word says: returned_at for "returned". */
    private List<Col> happened(Table table, int from, int to) {
        List<Col> found = new ArrayList<>(1);
        if (to - from == 1) {
            for (Sense sense : lexicon.lookup(tokens.get(from).lemma())) {
                if (sense instanceof Sense.OfFlag(Col col, boolean truth, double weight)
                        && col.table() == table
                        && truth
                        && col.isTime()) {
                    found.add(col);
                }
            }
        }
        return found;
    }

    /** "assign work order WO-25143 to technician 8", "… and set it to scheduled". */
    private Reading assign(int from) throws Unresolved {
        int end = tokens.size();
        int and = -1;
        for (int k = from; k + 3 < end; k++) {
            if (word(k).equals("and")
                    && SET.contains(word(k + 1))
                    && word(k + 2).equals("it")
                    && word(k + 3).equals("to")) {
                and = k;
            }
        }
        int stop = and < 0 ? end : and;
        int to = -1;
        for (int k = from; k < stop; k++) {
            to = word(k).equals("to") ? k : to;
        }
        if (to < 0) {
            throw new Unresolved("It does not say to whom or what.");
        }
        Rows some = rows.read(from, to, false);
        Assignment whom = key(some.table(), to + 1, stop);
        List<Assignment> all = new ArrayList<>(List.of(whom));
        if (and >= 0) {
            List<Assignment> said = states(some.table(), and + 4, end);
            if (said.size() != 1) {
                throw new Unresolved("It does not say what becomes “" + values.raw(and + 4, end) + "”.");
            }
            all.addAll(said);
        }
        return update(some, all, List.of());
    }

    /** The foreign key to a row that is named by its number: "technician 8". */
    private Assignment key(Table table, int from, int to) throws Unresolved {
        Rows one = rows.read(from, to, false);
        Query.Node root = one.query().root;
        if (!root.children.isEmpty()
                || root.tests.size() != 1
                || !(root.tests.getFirst() instanceof Query.Compare(Query.Expr left, String operator, String literal))
                || !operator.equals("=")
                || !(left instanceof Query.Field field)) {
            throw new Unresolved("Say which of " + root.table.name() + " by its number.");
        }
        List<Edge> ways = table.edges().stream()
                .filter(edge -> edge.toOne()
                        && edge.to() == root.table
                        && edge.toColumns().size() == 1
                        && edge.toColumns().getFirst() == field.col())
                .toList();
        if (ways.size() != 1) {
            throw new Unresolved(
                    "It is not clear which column of " + table.name() + " refers to " + root.table.name() + ".");
        }
        return new Assignment(ways.getFirst().fromColumns().getFirst(), literal, literal);
    }

    /** "freeze member 5", "deactivate customers that have no orders", "waive all unpaid fines". */
    private Reading becomes(String verb, int from) throws Unresolved {
        Rows some = rows.read(from, tokens.size(), false);
        List<Assignment> found = new ArrayList<>();
        for (Col col : some.table().columns()) {
            boolean state = col.isEnum() || ChangedValue.isListed(col) || (col.isText() && isState(col));
            for (String form : state ? forms(verb) : List.<String>of()) {
                Optional<String> stored = values.stored(col, form);
                if (stored.isPresent() && found.stream().noneMatch(a -> a.col() == col)) {
                    found.add(new Assignment(col, Literals.text(stored.get()), stored.get()));
                }
            }
            Boolean truth = col.isBoolean() ? flagged(col, verb) : null;
            if (truth != null) {
                found.add(new Assignment(col, String.valueOf(truth), String.valueOf(truth)));
            }
        }
        if (found.size() != 1) {
            throw new Unresolved("It is not clear what to “" + verb + "” is in "
                    + some.table().name() + ".");
        }
        settable(found.getFirst().col());
        boolean dated = some.table().columns().stream()
                .anyMatch(col -> col.isTime()
                        && !col.column().notNull()
                        && col.parts().stream()
                                .anyMatch(part -> Lemmas.verb(part).equals(Lemmas.verb(verb))));
        if (dated) {
            throw new Unresolved("There is a date for it too; say what to set to what.");
        }
        return update(some, found, List.of());
    }

    private static List<String> forms(String verb) {
        String stem = verb.endsWith("e") ? verb.substring(0, verb.length() - 1) : verb;
        List<String> forms = new ArrayList<>(List.of(stem + "ed", verb + "led", verb + "d"));
        switch (verb) {
            case "freeze" -> forms.add("frozen");
            case "deactivate" -> forms.add("inactive");
            case "activate", "reactivate" -> forms.add("active");
            default -> {}
        }
        return forms;
    }

    /** What a boolean becomes by a verb of its own root: waive and waived, deactivate and is_active. */
    private static @Nullable Boolean flagged(Col col, String verb) {
        for (String part : col.parts()) {
            if (part.length() < 4) {
                continue;
            }
            String root = Lemmas.root(Lemmas.verb(part));
            if (Lemmas.root(verb).equals(root) || Lemmas.verb(verb).equals(Lemmas.verb(part)) || same(verb, part)) {
                return true;
            }
            for (String prefix : List.of("de", "un", "dis")) {
                String rest = verb.startsWith(prefix) ? verb.substring(prefix.length()) : "";
                if (!rest.isEmpty() && (Lemmas.root(rest).equals(root) || same(rest, part))) {
                    return false;
                }
            }
        }
        return null;
    }

    /** "activate" and "active". */
    private static boolean same(String verb, String adjective) {
        return verb.endsWith("ate")
                && adjective.endsWith("e")
                && verb.substring(0, verb.length() - 3).equals(adjective.substring(0, adjective.length() - 1));
    }

    private Reading update(Rows some, List<Assignment> assignments, List<String> assumed) {
        SqlWriter sql = new SqlWriter(some.query());
        List<String> sets = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (Assignment one : assignments) {
            sets.add(dev.howdah.sql.Identifiers.quote(one.col().name()) + " = " + one.expression());
            said.add(one.col().name() + " " + one.words());
        }
        return reading(
                "UPDATE " + sql.target() + "\nSET " + String.join(",\n    ", sets) + sql.where(),
                "change " + ReadingWords.rows(some.query()) + ": " + String.join(", ", said),
                some,
                assumed);
    }

    private static Reading reading(String sql, String words, Rows some, List<String> taken) {
        List<String> assumed = new ArrayList<>(some.assumptions());
        assumed.addAll(taken);
        return new Reading(
                sql,
                words,
                CONFIDENCE,
                assumed,
                some.query().nodes().stream()
                        .map(node -> node.table.relation())
                        .distinct()
                        .toList(),
                List.of(),
                List.of());
    }

    private String word(int i) {
        return i >= 0 && i < tokens.size() && tokens.get(i).kind() != Token.Kind.QUOTED
                ? tokens.get(i).word()
                : "";
    }
}
