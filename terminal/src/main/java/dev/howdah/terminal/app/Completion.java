package dev.howdah.terminal.app;

import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.sql.Identifiers;
import dev.howdah.sql.Lexeme;
import dev.howdah.terminal.editor.Language;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What could be written where the cursor is. A pure function of the text, the cursor and the catalog. */
final class Completion {
    private static final int MOST = 50;

    private static final Set<String> BEFORE_RELATION = Set.of("from", "join", "table", "into", "update", "only");

    private static final List<String> CLAUSES = List.of(
            "SELECT",
            "DISTINCT",
            "FROM",
            "WHERE",
            "GROUP BY",
            "HAVING",
            "ORDER BY",
            "LIMIT",
            "OFFSET",
            "UNION ALL",
            "UNION",
            "JOIN",
            "LEFT JOIN",
            "INNER JOIN",
            "CROSS JOIN",
            "ON",
            "USING",
            "AND",
            "OR",
            "NOT",
            "IN",
            "EXISTS",
            "BETWEEN",
            "LIKE",
            "ILIKE",
            "IS NULL",
            "IS NOT NULL",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "AS",
            "ASC",
            "DESC",
            "NULLS LAST",
            "WITH",
            "VALUES",
            "TRUE",
            "FALSE",
            "NULL",
            "INTERVAL",
            "OVER",
            "PARTITION BY",
            "FILTER",
            "EXPLAIN");

    private static final List<String> FUNCTIONS = List.of(
            "count(",
            "sum(",
            "avg(",
            "min(",
            "max(",
            "coalesce(",
            "date_trunc(",
            "extract(",
            "now()",
            "lower(",
            "upper(",
            "length(",
            "round(",
            "substring(",
            "to_char(",
            "generate_series(",
            "row_number()",
            "rank()",
            "string_agg(",
            "array_agg(",
            "jsonb_agg(",
            "percentile_cont(",
            "nullif(",
            "greatest(",
            "least(",
            "concat(",
            "replace(",
            "trim(",
            "split_part(",
            "age(",
            "current_date");

    private Completion() {}

    /**
     * Something to write.
     *
     * @param text what is written
     * @param words what it is
     */
    record Candidate(String text, String words) {}

    /**
     * What could be written.
     *
     * @param start where the word begins that is replaced, a UTF-16 offset
     * @param end where it ends
     * @param candidates the best first
     */
    record Proposal(int start, int end, List<Candidate> candidates) {}

    static Proposal at(String text, int offset, Language.Mode mode, Optional<Catalog> catalog) {
        int start = offset;
        while (start > 0 && isWord(text.charAt(start - 1))) {
            start--;
        }
        String word = text.substring(start, offset);
        boolean table = start > 0 && text.charAt(start - 1) == '@';
        List<Candidate> found;
        if (table) {
            found = relations(word, catalog);
            start--;
        } else if (mode == Language.Mode.SQL) {
            found = sql(text, start, word, catalog);
        } else {
            found = question(word, catalog);
        }
        return new Proposal(start, offset, found.size() > MOST ? found.subList(0, MOST) : found);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private static boolean fits(String name, String word) {
        return name.toLowerCase(Locale.ROOT).startsWith(word.toLowerCase(Locale.ROOT));
    }

    private static List<Candidate> relations(String word, Optional<Catalog> catalog) {
        Map<String, Candidate> found = new LinkedHashMap<>();
        for (Relation relation : catalog.map(Catalog::relations).orElse(List.of())) {
            if (!relation.partition() && fits(relation.name(), word)) {
                boolean visible = catalog.map(one -> one.isVisible(relation)).orElse(false);
                String name = visible
                        ? Identifiers.quote(relation.name())
                        : Identifiers.quote(List.of(relation.schema(), relation.name()));
                found.putIfAbsent(name, new Candidate(name, relation.kind().words()));
            }
        }
        return new ArrayList<>(found.values());
    }

    private static List<Candidate> question(String word, Optional<Catalog> catalog) {
        if (word.isEmpty()) {
            return List.of();
        }
        Map<String, Candidate> found = new LinkedHashMap<>();
        for (Relation relation : catalog.map(Catalog::relations).orElse(List.of())) {
            if (fits(relation.name(), word)) {
                String name = relation.name().replace('_', ' ');
                found.putIfAbsent(name, new Candidate(name, relation.kind().words()));
            }
        }
        for (Relation relation : catalog.map(Catalog::relations).orElse(List.of())) {
            for (Column column : relation.columns()) {
                if (fits(column.name(), word)) {
                    String name = column.name().replace('_', ' ');
                    found.putIfAbsent(name, new Candidate(name, "of " + relation.name()));
                }
            }
        }
        return new ArrayList<>(found.values());
    }

    private static List<Candidate> sql(String text, int start, String word, Optional<Catalog> catalog) {
        List<Lexeme> all = Lexeme.of(text);
        List<Lexeme> before = all.stream().filter(one -> one.end() <= start).toList();
        if (start > 0 && text.charAt(start - 1) == '\'') {
            return values(text, before, word, catalog, all);
        }
        if (start > 0 && text.charAt(start - 1) == '.') {
            return qualified(text, before, word, catalog, all);
        }
        String last = before.isEmpty() ? "" : lower(text, before.getLast());
        boolean afterComma = last.equals(",") && clauseIs(text, before, "from");
        if (BEFORE_RELATION.contains(last) || afterComma) {
            return relations(word, catalog);
        }
        Map<String, Candidate> found = new LinkedHashMap<>();
        for (Relation relation :
                inScope(text, all, catalog).values().stream().distinct().toList()) {
            for (Column column : relation.columns()) {
                if (fits(column.name(), word)) {
                    String name = Identifiers.quote(column.name());
                    found.putIfAbsent(name, new Candidate(name, column.type().name() + " of " + relation.name()));
                }
            }
        }
        if (!word.isEmpty() || found.isEmpty()) {
            for (String clause : CLAUSES) {
                if (fits(clause, word) && mayStand(clause, before, text)) {
                    found.putIfAbsent(clause, new Candidate(clause, "keyword"));
                }
            }
        }
        if (!word.isEmpty() && !before.isEmpty()) {
            for (String function : FUNCTIONS) {
                if (fits(function, word)) {
                    found.putIfAbsent(function, new Candidate(function, "function"));
                }
            }
        }
        return new ArrayList<>(found.values());
    }

    /** What the grammar never allows there is not offered. */
    private static boolean mayStand(String clause, List<Lexeme> before, String text) {
        String last = before.isEmpty() ? "" : lower(text, before.getLast());
        boolean begins = before.isEmpty() || last.equals("(") || last.equals(";");
        boolean beginning = Set.of("SELECT", "WITH", "VALUES", "EXPLAIN").contains(clause);
        if (before.isEmpty() || last.equals(";")) {
            return beginning;
        }
        if (beginning) {
            return begins || (Set.of("union", "all", "as", "explain").contains(last) && !clause.equals("EXPLAIN"));
        }
        boolean expectsOperand = Set.of("select", "where", "and", "or", "on", "by", "having", ",", "=", "<", ">", "(")
                .contains(last);
        boolean operand = Set.of("DISTINCT", "NOT", "CASE", "EXISTS", "TRUE", "FALSE", "NULL", "INTERVAL")
                .contains(clause);
        return expectsOperand == operand || (!expectsOperand && clause.equals("NOT"));
    }

    private static String lower(String text, Lexeme lexeme) {
        return text.substring(lexeme.start(), lexeme.end()).toLowerCase(Locale.ROOT);
    }

    private static boolean clauseIs(String text, List<Lexeme> before, String clause) {
        for (int i = before.size() - 1; i >= 0; i--) {
            String word = lower(text, before.get(i));
            if (Set.of("select", "from", "where", "by", "having", "limit", "on").contains(word)) {
                return word.equals(clause);
            }
        }
        return false;
    }

    private static List<Candidate> qualified(
            String text, List<Lexeme> before, String word, Optional<Catalog> catalog, List<Lexeme> all) {
        if (before.size() < 2) {
            return List.of();
        }
        String qualifier = lower(text, before.get(before.size() - 2)).replace("\"", "");
        Set<Candidate> found = new LinkedHashSet<>();
        Relation relation = inScope(text, all, catalog).get(qualifier);
        if (relation != null) {
            for (Column column : relation.columns()) {
                if (fits(column.name(), word)) {
                    found.add(new Candidate(
                            Identifiers.quote(column.name()), column.type().name()));
                }
            }
        }
        for (Relation other : catalog.map(Catalog::relations).orElse(List.of())) {
            if (other.schema().equals(qualifier) && fits(other.name(), word)) {
                found.add(new Candidate(
                        Identifiers.quote(other.name()), other.kind().words()));
            }
        }
        return new ArrayList<>(found);
    }

    /** The labels of the enum that the string is compared with. */
    private static List<Candidate> values(
            String text, List<Lexeme> before, String word, Optional<Catalog> catalog, List<Lexeme> all) {
        Map<String, Relation> scope = inScope(text, all, catalog);
        for (int i = before.size() - 1; i >= 0 && i > before.size() - 12; i--) {
            if (before.get(i).sort() != Lexeme.Sort.NAME && before.get(i).sort() != Lexeme.Sort.KEYWORD) {
                continue;
            }
            String name = lower(text, before.get(i)).replace("\"", "");
            for (Relation relation : scope.values()) {
                Optional<Column> column = relation.column(name);
                if (column.isPresent()) {
                    return column.get().type().underlying().labels().stream()
                            .filter(label -> fits(label, word))
                            .map(label -> new Candidate(
                                    label, "value of " + column.get().name()))
                            .toList();
                }
            }
        }
        return List.of();
    }

    /** The relations that the statement reads, by their names and aliases. */
    private static Map<String, Relation> inScope(String text, List<Lexeme> all, Optional<Catalog> catalog) {
        Map<String, Relation> scope = new LinkedHashMap<>();
        if (catalog.isEmpty()) {
            return scope;
        }
        boolean expects = false;
        for (int i = 0; i < all.size(); i++) {
            String word = lower(text, all.get(i)).replace("\"", "");
            if (BEFORE_RELATION.contains(word)) {
                expects = true;
                continue;
            }
            if (!expects || all.get(i).sort() == Lexeme.Sort.PUNCTUATION) {
                continue;
            }
            boolean qualified =
                    i + 2 < all.size() && lower(text, all.get(i + 1)).equals(".");
            Optional<Relation> relation = qualified
                    ? catalog.get().relation(word, lower(text, all.get(i + 2)).replace("\"", ""))
                    : catalog.get().resolve(word);
            int next = qualified ? i + 3 : i + 1;
            expects = false;
            if (relation.isEmpty()) {
                continue;
            }
            scope.put(relation.get().name(), relation.get());
            if (next < all.size() && lower(text, all.get(next)).equals("as")) {
                next++;
            }
            if (next < all.size() && all.get(next).sort() == Lexeme.Sort.NAME) {
                scope.put(lower(text, all.get(next)).replace("\"", ""), relation.get());
                next++;
            }
            expects = next < all.size() && lower(text, all.get(next)).equals(",");
            i = next - 1;
        }
        return scope;
    }
}
