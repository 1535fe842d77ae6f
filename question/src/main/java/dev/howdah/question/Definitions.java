package dev.howdah.question;

import dev.howdah.postgres.catalog.Relation;
import dev.howdah.sql.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads sentences that define: indexes, columns, names, tables. For one sentence. */
final class Definitions {
    /** How types are said. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("text", "text"),
            Map.entry("string", "text"),
            Map.entry("varchar", "text"),
            Map.entry("int", "integer"),
            Map.entry("integer", "integer"),
            Map.entry("bigint", "bigint"),
            Map.entry("number", "numeric"),
            Map.entry("numeric", "numeric"),
            Map.entry("decimal", "numeric"),
            Map.entry("date", "date"),
            Map.entry("timestamp", "timestamptz"),
            Map.entry("timestamptz", "timestamptz"),
            Map.entry("boolean", "boolean"),
            Map.entry("bool", "boolean"),
            Map.entry("yes/no", "boolean"),
            Map.entry("uuid", "uuid"),
            Map.entry("json", "jsonb"),
            Map.entry("jsonb", "jsonb"));

    private final Schema schema;
    private final Lexicon lexicon;
    private final ChangedValue values;
    private final List<Token> tokens;
    private int at;

    Definitions(Schema schema, Lexicon lexicon, ChangedValue values, List<Token> tokens) {
        this.schema = schema;
        this.lexicon = lexicon;
        this.values = values;
        this.tokens = tokens;
    }

    /** Whether a definition may begin here. */
    boolean begins(int from) {
        return Set.of("rename", "alter", "drop").contains(word(from)) && from + 2 < tokens.size();
    }

    /** The definition that begins here; empty if the sentence is about rows. */
    Optional<Reading> read(int from) throws Unresolved {
        at = from + 1;
        return switch (word(from)) {
            case "create", "add", "make" -> create();
            case "rename" -> Optional.of(rename());
            case "drop", "remove", "delete" -> drop(word(from).equals("drop"));
            case "alter" -> throw new Unresolved("say what to add, rename or drop.");
            default -> Optional.empty();
        };
    }

    private Optional<Reading> create() throws Unresolved {
        skip("a", "an", "new", "the");
        boolean unique = eat("unique");
        if (eat("index")) {
            return Optional.of(index(unique));
        }
        if (unique) {
            throw new Unresolved("Only an index can be unique here.");
        }
        if (eat("table")) {
            return Optional.of(table());
        }
        int start = at;
        String type = type();
        if (eat("column") || eat("field")) {
            return Optional.of(column(type));
        }
        at = start;
        return Optional.empty();
    }

    /** "on orders(created_at)", "on work_orders.status", "on the due date of loans", "on orders (customer_id, status)". */
    private Reading index(boolean unique) throws Unresolved {
        if (!eat("on") && !eat("for")) {
            throw new Unresolved("It does not say on what.");
        }
        skip("the", "column", "columns", "table");
        int from = at;
        int end = tokens.size();
        String raw = values.raw(from, end);
        Table table;
        List<Col> columns = new ArrayList<>();
        int open = raw.indexOf('(');
        int dot = raw.indexOf('.');
        if (open > 0 && raw.endsWith(")")) {
            table = named(raw.substring(0, open).strip());
            for (String name : Words.split(raw.substring(open + 1, raw.length() - 1), ",")) {
                columns.add(column(table, name));
            }
        } else if (dot > 0 && raw.indexOf(' ') < 0) {
            table = named(raw.substring(0, raw.lastIndexOf('.')));
            columns.add(column(table, raw.substring(raw.lastIndexOf('.') + 1)));
        } else {
            int of = lastOf(from, "of", "in", "on");
            if (of < 0) {
                throw new Unresolved("It does not say which column of which table.");
            }
            table = said(of + 1, end);
            for (String name : Words.split(values.raw(from, of).replace(" and ", ","), ",")) {
                columns.add(column(table, name));
            }
        }
        List<String> names =
                columns.stream().map(col -> Identifiers.quote(col.name())).toList();
        String name = table.name() + "_"
                + String.join("_", columns.stream().map(Col::name).toList()) + (unique ? "_key" : "_idx");
        return reading(
                "CREATE " + (unique ? "UNIQUE " : "") + "INDEX "
                        + Identifiers.quote(name.substring(0, Math.min(63, name.length()))) + " ON "
                        + SqlWriter.name(table) + " (" + String.join(", ", names) + ")",
                "create " + (unique ? "a unique" : "an") + " index on " + String.join(", ", names) + " of "
                        + table.name(),
                List.of(),
                table);
    }

    /** "notes of type text to orders", "region to customers", "has_elevator to property, default no". */
    private Reading column(@Nullable String before) throws Unresolved {
        skip("called", "named");
        String name = name();
        String type = before;
        if (eat("of")) {
            skip("the");
            if (!eat("type")) {
                throw new Unresolved("It does not say the type.");
            }
        } else {
            skip("as", "a", "an", "type");
        }
        String after = type == null ? type() : null;
        type = type == null ? after : type;
        if (!eat("to") && !eat("on") && !eat("in")) {
            throw new Unresolved("It does not say to which table.");
        }
        skip("the", "table");
        int from = at;
        int end = tokens.size();
        int comma = end;
        for (int k = from; k < end; k++) {
            if (word(k).equals("default") || (word(k).equals(",") && word(k + 1).equals("default"))) {
                comma = Math.min(comma, k);
            }
        }
        Table table = said(from, comma);
        List<String> assumed = new ArrayList<>();
        if (type == null) {
            type = "text";
            assumed.add("type text, because none was said");
        }
        String sql = "ALTER TABLE " + SqlWriter.name(table) + " ADD COLUMN " + Identifiers.quote(name) + " " + type;
        if (comma < end) {
            int value = comma + (word(comma).equals(",") ? 2 : 1);
            sql += " DEFAULT " + fallback(type, value, end);
        }
        if (table.relation().column(name).isPresent()) {
            throw new Unresolved(table.name() + " has a column " + name + " already.");
        }
        return reading(sql, "add the column " + name + " (" + type + ") to " + table.name(), assumed, table);
    }

    private String fallback(String type, int from, int to) throws Unresolved {
        String raw = values.raw(from, to);
        if (type.equals("boolean") && (word(from).equals("no") || word(from).equals("false")) && to - from == 1) {
            return "false";
        }
        if (type.equals("boolean") && (word(from).equals("yes") || word(from).equals("true")) && to - from == 1) {
            return "true";
        }
        Optional<Numbers.Found> number = Numbers.at(tokens, from);
        if ((type.equals("integer") || type.equals("numeric") || type.equals("bigint"))
                && number.isPresent()
                && number.get().length() == to - from
                && !values.isNegative(from)) {
            return ChangedValue.plain(number.get().value());
        }
        if (type.equals("text") && to - from == 1) {
            return Literals.text(tokens.get(from).text());
        }
        throw new Unresolved("“" + raw + "” is no certain default for " + type + ".");
    }

    /** "column yr_built to year_built in the property table", "column sku in products to code". */
    private Reading rename() throws Unresolved {
        skip("the");
        if (eat("table")) {
            int to = lastOf(at, "to");
            if (to < 0) {
                throw new Unresolved("It does not say to what.");
            }
            Table table = said(at, to);
            at = to + 1;
            String name = last();
            return reading(
                    "ALTER TABLE " + SqlWriter.name(table) + " RENAME TO " + Identifiers.quote(name),
                    "rename the table " + table.name() + " to " + name,
                    List.of(),
                    table);
        }
        if (!eat("column")) {
            throw new Unresolved("Say “rename column … of … to …”.");
        }
        int to = lastOf(at, "to");
        int of = lastOf(at, "of", "in", "on", "from");
        if (to < 0 || of < 0) {
            throw new Unresolved("Say “rename column … of … to …”.");
        }
        boolean tableFirst = of < to;
        Table table = tableFirst ? said(of + 1, to) : said(of + 1, tokens.size());
        Col col = column(table, values.raw(at, tableFirst ? of : to));
        at = to + 1;
        String name = tableFirst ? last() : name();
        if (!tableFirst && at != of) {
            throw new Unresolved("It is not clear what the new name is.");
        }
        return reading(
                "ALTER TABLE " + SqlWriter.name(table) + " RENAME COLUMN " + Identifiers.quote(col.name()) + " TO "
                        + Identifiers.quote(name),
                "rename the column " + col.name() + " of " + table.name() + " to " + name,
                List.of(),
                table);
    }

    /** "drop column fax from customers", "drop table old_orders"; "remove all orders" is about rows. */
    private Optional<Reading> drop(boolean definitely) throws Unresolved {
        skip("the");
        if (eat("column")) {
            int of = lastOf(at, "from", "of", "in");
            if (of < 0) {
                throw new Unresolved("It does not say of which table.");
            }
            Table table = said(of + 1, tokens.size());
            Col col = column(table, values.raw(at, of));
            return Optional.of(reading(
                    "ALTER TABLE " + SqlWriter.name(table) + " DROP COLUMN " + Identifiers.quote(col.name()),
                    "drop the column " + col.name() + " of " + table.name() + " with all that it holds",
                    List.of(),
                    table));
        }
        if (eat("table")) {
            Table table = said(at, tokens.size());
            return Optional.of(reading(
                    "DROP TABLE " + SqlWriter.name(table),
                    "drop the table " + table.name() + " with all that it holds",
                    List.of(),
                    table));
        }
        if (definitely) {
            throw new Unresolved("Say “drop column … of …” or “drop table …”.");
        }
        return Optional.empty();
    }

    /** "lockers with id, location_id, number and is_free": types by the names, said as taken for granted. */
    private Reading table() throws Unresolved {
        skip("called", "named");
        String name = name();
        if (!eat("with") && !eat("having") && !eat("(")) {
            throw new Unresolved("It does not say which columns.");
        }
        skip("columns", "the", "fields");
        List<String> lines = new ArrayList<>();
        List<String> assumed = new ArrayList<>();
        while (at < tokens.size()) {
            String column = name();
            String type = type();
            String definition = type == null ? usual(column, assumed) : type;
            lines.add(Identifiers.quote(column) + " " + definition);
            skip(",", "and");
        }
        if (lines.isEmpty()) {
            throw new Unresolved("It does not say which columns.");
        }
        return new Reading(
                "CREATE TABLE " + Identifiers.quote(name) + " (\n    " + String.join(",\n    ", lines) + "\n)",
                "create the table " + name + " with " + String.join(", ", lines),
                Changes.CONFIDENCE,
                assumed,
                List.of(),
                List.of(),
                List.of());
    }

    private String usual(String column, List<String> assumed) {
        List<String> parts = Words.parts(column);
        String last = parts.getLast();
        String type = "text";
        if (column.equals("id")) {
            type = "integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY";
        } else if (last.equals("id") && parts.size() > 1) {
            String target = Words.key(parts.subList(0, parts.size() - 1));
            for (Table table : schema.tables()) {
                if (Words.key(Words.parts(table.name())).equals(target)
                        && table.key().isPresent()) {
                    Col key = table.key().get();
                    String kind = key.column().type().underlying().name();
                    assumed.add(column + " refers to " + table.name());
                    return kind + " REFERENCES " + SqlWriter.name(table);
                }
            }
            type = "integer";
        } else if (Set.of("is", "has", "can").contains(parts.getFirst())) {
            type = "boolean";
        } else if (last.equals("at")) {
            type = "timestamptz";
        } else if (last.equals("on") || last.equals("date")) {
            type = "date";
        } else if (Set.of("number", "count", "quantity", "qty", "age", "year").contains(last)) {
            type = "integer";
        } else if (Set.of("price", "amount", "total", "cost", "fee", "rate").contains(last)) {
            type = "numeric";
        }
        assumed.add(column + " is " + type.split(" ", 2)[0]);
        return type;
    }

    private @Nullable String type() {
        if (word(at).equals("yes") && word(at + 1).equals("/") && word(at + 2).equals("no")) {
            at += 3;
            return "boolean";
        }
        String type = TYPES.get(word(at));
        if (type != null && !(word(at + 1).equals(",") && at == 0)) {
            at++;
        }
        return type;
    }

    /** A new name, which has to be written as a name is. */
    private String name() throws Unresolved {
        Token token = at < tokens.size() ? tokens.get(at) : null;
        boolean fit = token != null
                && (token.kind() == Token.Kind.QUOTED
                        || (token.isWord() && token.text().equals(token.word())))
                && token.text().length() < 64
                && token.text().chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
        if (!fit || token == null) {
            throw new Unresolved("It does not say the new name as names are written, such as due_date.");
        }
        at++;
        return token.text();
    }

    private String last() throws Unresolved {
        String name = name();
        if (at != tokens.size()) {
            throw new Unresolved("Something follows the new name.");
        }
        return name;
    }

    private Table said(int from, int to) throws Unresolved {
        int start = from;
        int end = to;
        while (start < end && (word(start).equals("the") || word(start).equals("table"))) {
            start++;
        }
        while (end > start
                && (word(end - 1).equals("table")
                        || word(end - 1).equals(",")
                        || word(end - 1).equals("please"))) {
            end--;
        }
        return named(values.raw(start, end));
    }

    /** The table of this name, however its words are joined; the exact name wins. */
    private Table named(String name) throws Unresolved {
        List<Table> same = new ArrayList<>(1);
        String bare = name.substring(name.lastIndexOf('.') + 1).replace("\"", "");
        for (Table table : schema.tables()) {
            boolean exact = table.name().equals(bare)
                    && (name.indexOf('.') < 0
                            || name.substring(0, name.indexOf('.'))
                                    .equals(table.relation().schema()));
            if (exact && table.visible()) {
                return editable(table);
            }
            if (exact) {
                same.add(table);
            }
        }
        if (same.isEmpty()) {
            for (Sense sense : lexicon.lookup(Words.key(Words.parts(bare)))) {
                if (sense instanceof Sense.OfTable(Table table, double weight) && weight >= 0.95) {
                    same.add(table);
                }
            }
        }
        if (same.size() != 1) {
            throw new Unresolved("It is not certain which table “" + name + "” is.");
        }
        return editable(same.getFirst());
    }

    private static Table editable(Table table) throws Unresolved {
        if (table.relation().kind() != Relation.Kind.TABLE
                && table.relation().kind() != Relation.Kind.PARTITIONED_TABLE) {
            throw new Unresolved(
                    table.name() + " is a " + table.relation().kind().words() + ", not a table.");
        }
        return table;
    }

    private static Col column(Table table, String said) throws Unresolved {
        String name = said.strip();
        String key = Words.key(Words.parts(name));
        Col found = null;
        for (Col col : table.columns()) {
            if (col.name().equals(name)) {
                return col;
            }
            List<String> parts = col.parts();
            boolean dated = parts.size() > 1
                    && col.isTime()
                    && List.of("at", "on").contains(parts.getLast())
                    && key.endsWith(" date");
            String own = dated ? Words.key(parts.subList(0, parts.size() - 1)) + " date" : Words.key(parts);
            if (own.equals(key)) {
                if (found != null) {
                    throw new Unresolved("“" + name + "” may be " + found + " or " + col + ".");
                }
                found = col;
            }
        }
        if (found == null) {
            throw new Unresolved(table.name() + " has no column “" + name + "”.");
        }
        return found;
    }

    private int lastOf(int from, String... words) {
        int last = -1;
        for (int k = from; k < tokens.size(); k++) {
            if (List.of(words).contains(word(k))) {
                last = k;
            }
        }
        return last;
    }

    private static Reading reading(String sql, String words, List<String> assumed, Table table) {
        return new Reading(sql, words, Changes.CONFIDENCE, assumed, List.of(table.relation()), List.of(), List.of());
    }

    private boolean eat(String word) {
        if (word(at).equals(word)) {
            at++;
            return true;
        }
        return false;
    }

    private void skip(String... words) {
        while (at < tokens.size() && List.of(words).contains(word(at))) {
            at++;
        }
    }

    private String word(int i) {
        return i >= 0 && i < tokens.size() && tokens.get(i).kind() != Token.Kind.QUOTED
                ? tokens.get(i).word()
                : "";
    }
}
