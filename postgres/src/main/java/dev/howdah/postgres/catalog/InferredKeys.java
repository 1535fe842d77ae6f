package dev.howdah.postgres.catalog;

import dev.howdah.postgres.catalog.ColumnType.Form;
import dev.howdah.postgres.catalog.Relation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Infers foreign keys from names and types, because most real databases declare few or none: {@code customer_id} means
 * {@code customers.id}. Only what is unambiguous is inferred: a wrong key gives wrong answers, a missing one a question
 * back. Takes time linear in the number of columns.
 */
public final class InferredKeys {
    /** Less likely ones are not reported. */
    private static final double LEAST = 0.6;

    /** A name with more targets than this, one in each tenant's schema for instance, is only looked for in the own schema. */
    private static final int MOST_TARGETS = 20;

    /** Two targets this close to each other are one too many. */
    private static final double TIE = 0.04;

    /** What ends the name of a column that holds a key. */
    private static final Set<String> KEY_WORDS = Set.of(
            "id", "ids", "key", "no", "nr", "num", "number", "code", "uuid", "guid", "pk", "sk", "oid", "ref", "fk");

    /** Words for a key that name no table: alike in every table, or no more than another spelling of id. */
    private static final Set<String> SPELLINGS_OF_ID =
            Set.of("id", "uuid", "guid", "pk", "sk", "oid", "ref", "fk", "key");

    /** {@code parent_id} and the like refer to their own table. */
    private static final Set<String> OWN_KIND =
            Set.of("parent", "root", "previous", "prev", "next", "predecessor", "successor", "superior", "ancestor");

    /** Roles that a row of a table of people has for another row of it. */
    private static final Set<String> OWN_PERSON =
            Set.of("manager", "mgr", "supervisor", "boss", "mentor", "referrer", "spouse", "reportsto");

    private static final Set<String> PEOPLE = Set.of(
            "user",
            "employee",
            "staff",
            "person",
            "worker",
            "member",
            "customer",
            "student",
            "teacher",
            "agent",
            "player",
            "emp");

    /** What the accountable person of a row is called, in tables of users. */
    private static final Set<String> ACTORS = Set.of(
            "createdby",
            "updatedby",
            "modifiedby",
            "deletedby",
            "approvedby",
            "assignedto",
            "changedby",
            "uploadedby",
            "authorid",
            "ownerid",
            "assigneeid",
            "creatorid");

    private final List<Relation> relations;
    private final Map<String, List<Target>> byForm = new HashMap<>();
    private final Map<String, Map<String, List<Target>>> byFormInSchema = new HashMap<>();
    private final Map<String, Set<Key>> byHead = new HashMap<>();
    private final Map<Character, Set<String>> headsByInitial = new HashMap<>();
    private final Map<String, List<String>> wordsOfColumns = new HashMap<>();
    private final Set<String> commonPrefixes;

    private InferredKeys(Catalog catalog) {
        this.relations = catalog.relations().stream()
                .filter(relation -> relation.kind() != Kind.VIEW && !relation.partition())
                .filter(relation -> relation.extension().isEmpty())
                .toList();
        this.commonPrefixes = commonPrefixes(relations);
    }

    /**
     * The foreign keys that this catalog's names suggest and that are not declared, best first for each relation.
     * Columns of declared foreign keys, views, partitions and extensions' tables are left out.
     */
    public static List<InferredKey> of(Catalog catalog) {
        InferredKeys inferred = new InferredKeys(catalog);
        inferred.relations.forEach(inferred::index);
        List<InferredKey> keys = new ArrayList<>();
        inferred.relations.forEach(relation -> inferred.infer(relation, keys));
        return List.copyOf(keys);
    }

    /** A column by which rows of a relation are known; {@code certainty} below 1 where nothing declares it. */
    private record Key(Relation relation, Column column, double certainty) {}

    private record Target(Key key, double confidence, String reason) {}

    /** {@code tbl_}, {@code app_}: first words of at least half of a schema's tables say nothing. */
    private static Set<String> commonPrefixes(List<Relation> relations) {
        Map<String, Long> tables =
                relations.stream().collect(Collectors.groupingBy(Relation::schema, Collectors.counting()));
        return relations.stream()
                .map(relation -> Map.entry(relation.schema(), NameWords.of(relation.name())))
                .filter(entry -> entry.getValue().size() > 1)
                .collect(Collectors.groupingBy(
                        entry -> Map.entry(entry.getKey(), entry.getValue().getFirst()), Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() >= 3
                        && 2 * entry.getValue()
                                >= tables.getOrDefault(entry.getKey().getKey(), 0L))
                .map(entry -> entry.getKey().getValue())
                .collect(Collectors.toUnmodifiableSet());
    }

    private void index(Relation relation) {
        List<String> words = NameWords.of(relation.name());
        if (words.isEmpty()) {
            return;
        }
        boolean prefixed = words.size() > 1
                && (commonPrefixes.contains(words.getFirst())
                        || Set.of("tbl", "t", "dim", "tb", "fact", "ref", "lkp").contains(words.getFirst()));
        List<String> own = prefixed ? words.subList(1, words.size()) : words;
        for (Key key : keys(relation, own)) {
            List<String> keyWords = NameWords.of(key.column().name());
            index(key, own, keyWords);
            String head = own.getLast();
            for (String form : NameWords.singulars(head)) {
                byHead.computeIfAbsent(form, f -> new LinkedHashSet<>()).add(key);
                headsByInitial
                        .computeIfAbsent(form.charAt(0), c -> new LinkedHashSet<>())
                        .add(form);
            }
        }
    }

    private void index(Key key, List<String> tableWords, List<String> keyWords) {
        String keyName = String.join("", keyWords);
        String table = key.relation().name();
        String column = key.column().name();
        Set<String> nouns = nouns(tableWords);
        boolean named = nouns.stream().anyMatch(keyName::startsWith);
        if (!isGeneric(keyWords)) {
            double confidence = named ? 0.95 : endsInKey(keyWords.getLast()) ? 0.85 : 0.7;
            add(keyName, key, confidence, "it has the name of " + table + "'s key");
        }
        for (String noun : nouns) {
            String reason = "it names " + table + " and its key " + column;
            if (!named) {
                add(noun + keyName, key, 0.95, reason);
            }
            if (isSurrogate(key.column())) {
                add(noun + "id", key, keyName.endsWith("id") ? 0.94 : 0.75, reason);
                add(noun, key, 0.82, "it names " + table);
            }
        }
        // The last words of a longer name: request_id means maint_request if nothing else is a request.
        for (int i = 1; i < tableWords.size(); i++) {
            for (String noun : nouns(tableWords.subList(i, tableWords.size()))) {
                add(noun + "id", key, 0.72, "it names the last part of " + table);
            }
        }
    }

    private void add(String form, Key key, double confidence, String reason) {
        Target target = new Target(key, confidence * key.certainty(), reason);
        byForm.computeIfAbsent(form, f -> new ArrayList<>(1)).add(target);
        byFormInSchema
                .computeIfAbsent(key.relation().schema(), schema -> new HashMap<>())
                .computeIfAbsent(form, f -> new ArrayList<>(1))
                .add(target);
    }

    private List<Target> targets(Relation from, String form) {
        List<Target> all = byForm.getOrDefault(form, List.of());
        return all.size() <= MOST_TARGETS
                ? all
                : byFormInSchema.getOrDefault(from.schema(), Map.of()).getOrDefault(form, List.of());
    }

    private static Set<String> nouns(List<String> words) {
        String start = String.join("", words.subList(0, words.size() - 1));
        Set<String> nouns = new LinkedHashSet<>();
        NameWords.singulars(words.getLast()).forEach(last -> nouns.add(start + last));
        return nouns;
    }

    private static boolean isGeneric(List<String> keyWords) {
        return KEY_WORDS.containsAll(keyWords)
                || (keyWords.size() == 1 && keyWords.getFirst().length() < 6 && !endsInKey(keyWords.getFirst()));
    }

    /** {@code code}, and {@code custid} and {@code deptno} too. */
    private static boolean endsInKey(String word) {
        return KEY_WORDS.contains(word)
                || (word.length() > 2
                        && Stream.of("id", "no", "num", "number", "key", "code", "nr")
                                .anyMatch(word::endsWith));
    }

    /** What a row is referred to by: the primary key, a unique code, or what looks like a key where none is declared. */
    private static List<Key> keys(Relation relation, List<String> tableWords) {
        List<Key> keys = new ArrayList<>(1);
        if (relation.primaryKey().size() == 1) {
            add(relation, relation.primaryKey().getFirst(), 1, keys);
        }
        for (List<Integer> unique : relation.uniqueKeys()) {
            if (unique.size() == 1 && !unique.equals(relation.primaryKey())) {
                relation.column(unique.getFirst())
                        .filter(column -> looksLikeKey(column, tableWords))
                        .ifPresent(column -> add(relation, column.number(), 0.97, keys));
            }
        }
        if (keys.isEmpty()) {
            // A partitioned table's key has to hold the column that it is partitioned by.
            double certainty = relation.primaryKey().isEmpty() ? 0.9 : 0.85;
            relation.columns().stream()
                    .filter(column -> relation.primaryKey().isEmpty()
                            ? column.equals(relation.columns().getFirst())
                            : relation.kind() == Kind.PARTITIONED_TABLE
                                    && relation.primaryKey().contains(column.number()))
                    .filter(column -> looksLikeKey(column, tableWords))
                    .findFirst()
                    .ifPresent(column -> add(relation, column.number(), certainty, keys));
        }
        return keys;
    }

    private static void add(Relation relation, int number, double certainty, List<Key> keys) {
        relation.column(number)
                .filter(column -> family(column.type()) != Family.OTHER)
                .ifPresent(column -> keys.add(new Key(relation, column, certainty)));
    }

    private static boolean looksLikeKey(Column column, List<String> tableWords) {
        List<String> words = NameWords.of(column.name());
        if (words.isEmpty()) {
            return false;
        }
        String name = String.join("", words);
        return KEY_WORDS.containsAll(words) || isNounAndKey(name, tableWords);
    }

    private static boolean isNounAndKey(String name, List<String> tableWords) {
        return KEY_WORDS.stream()
                .filter(name::endsWith)
                .map(key -> name.substring(0, name.length() - key.length()))
                .anyMatch(noun -> nouns(tableWords).contains(noun));
    }

    private void infer(Relation relation, List<InferredKey> keys) {
        Set<Integer> declared = new HashSet<>();
        relation.foreignKeys().forEach(key -> declared.addAll(key.columns()));
        for (Column column : relation.columns()) {
            if (!declared.contains(column.number()) && family(column.type()) != Family.OTHER) {
                best(relation, column).ifPresent(keys::add);
            }
        }
    }

    private Optional<InferredKey> best(Relation relation, Column column) {
        List<String> words = wordsOfColumns.computeIfAbsent(column.name(), name -> keyLast(NameWords.of(name)));
        if (words.isEmpty()) {
            return Optional.empty();
        }
        List<Target> targets = new ArrayList<>();
        for (int dropped = 0; dropped < words.size() && targets.isEmpty(); dropped++) {
            List<String> rest = words.subList(dropped, words.size());
            // What a role leaves over must still be a noun and a key: of home_team_id, team_id but not id.
            boolean key = rest.size() > 1
                    ? KEY_WORDS.contains(rest.getLast())
                    : rest.getLast().length() > 3 && rest.getLast().endsWith("id");
            if (dropped > 0 && !key) {
                break;
            }
            double share = dropped == 0 ? 1 : 0.9;
            for (Target target : targets(relation, String.join("", rest))) {
                consider(relation, column, target, share, targets);
            }
        }
        if (targets.isEmpty()) {
            roles(relation, column, words, targets);
        }
        if (targets.isEmpty() && words.size() == 2 && SPELLINGS_OF_ID.contains(words.getLast())) {
            abbreviations(relation, column, words.getFirst(), targets);
        }
        return choose(relation, targets)
                .filter(target -> target.confidence() >= LEAST)
                .map(target -> new InferredKey(
                        relation,
                        column,
                        target.key().relation(),
                        target.key().column(),
                        Math.round(target.confidence() * 100) / 100.0,
                        target.reason()));
    }

    /** {@code id_customer} and {@code fk_customer_id} as {@code customer_id}; another spelling of id as id. */
    private static List<String> keyLast(List<String> words) {
        List<String> result = new ArrayList<>(words);
        if (result.size() > 1 && Set.of("id", "fk", "idx").contains(result.getFirst())) {
            result.removeFirst();
            if (!KEY_WORDS.contains(result.getLast())) {
                result.add("id");
            }
        }
        if (result.size() > 1 && Set.of("uuid", "guid", "fk", "ref").contains(result.getLast())) {
            result.removeLast();
            if (!result.getLast().equals("id")) {
                result.add("id");
            }
        }
        return result;
    }

    private void consider(Relation relation, Column column, Target target, double share, List<Target> targets) {
        Key key = target.key();
        if (key.relation().equals(relation) && key.column().number() == column.number()) {
            return;
        }
        double types = compatibility(column, key.column());
        if (types == 0) {
            return;
        }
        // A relation's own key is not a reference, unless it plainly has another relation's name (a one-to-one part).
        boolean ownKey = relation.primaryKey().equals(List.of(column.number()));
        if (ownKey && (share < 1 || target.confidence() < 0.9 || namesItself(relation, column))) {
            return;
        }
        // A key of another relation that is written with this relation's name: order.order_id and
        // order_archive.order_id.
        if (namesItself(relation, column)
                && !key.relation().equals(relation)
                && share == 1
                && isFirst(relation, column)) {
            return;
        }
        targets.add(new Target(key, target.confidence() * share * types, target.reason()));
    }

    private static boolean isFirst(Relation relation, Column column) {
        return relation.columns().getFirst().number() == column.number();
    }

    private static boolean namesItself(Relation relation, Column column) {
        String name = String.join("", NameWords.of(column.name()));
        List<String> words = NameWords.of(relation.name());
        return KEY_WORDS.contains(name) || (!words.isEmpty() && isNounAndKey(name, words));
    }

    private void roles(Relation relation, Column column, List<String> words, List<Target> targets) {
        boolean keyed = words.size() > 1 && SPELLINGS_OF_ID.contains(words.getLast());
        String role = String.join("", keyed ? words.subList(0, words.size() - 1) : words);
        boolean person = NameWords.of(relation.name()).stream()
                .flatMap(word -> NameWords.singulars(word).stream())
                .anyMatch(PEOPLE::contains);
        if (OWN_KIND.contains(role) || (person && OWN_PERSON.contains(role))) {
            List<String> tableWords = NameWords.of(relation.name());
            for (Key key : keys(relation, tableWords)) {
                consider(
                        relation,
                        column,
                        new Target(key, OWN_KIND.contains(role) ? 0.85 : 0.75, "it names a row of the same table"),
                        1,
                        targets);
            }
        } else if (ACTORS.contains(String.join("", words))) {
            for (Key key : heads("user")) {
                consider(
                        relation,
                        column,
                        new Target(key, 0.65, "it names a person, and there is one table of users"),
                        1,
                        targets);
            }
        }
    }

    /** {@code cust_id} for customers, {@code dept_id} for departments: if only one table's name can be meant. */
    private void abbreviations(Relation relation, Column column, String word, List<Target> targets) {
        if (word.length() < 3) {
            return;
        }
        for (String head : headsByInitial.getOrDefault(word.charAt(0), Set.of())) {
            boolean prefix = head.startsWith(word);
            if (head.length() > word.length() && (prefix || isSubsequence(word, head))) {
                for (Key key : heads(head)) {
                    consider(
                            relation,
                            column,
                            new Target(
                                    key,
                                    (prefix ? 0.78 : 0.7) * key.certainty(),
                                    word + " abbreviates " + key.relation().name()),
                            1,
                            targets);
                }
            }
        }
    }

    private Set<Key> heads(String head) {
        Set<Key> keys = byHead.getOrDefault(head, Set.of());
        return keys.size() <= MOST_TARGETS ? keys : Set.of();
    }

    private static boolean isSubsequence(String shorter, String longer) {
        int at = 0;
        for (int i = 0; i < longer.length() && at < shorter.length(); i++) {
            if (longer.charAt(i) == shorter.charAt(at)) {
                at++;
            }
        }
        return at == shorter.length();
    }

    /** The best target; none where two relations are equally good. The same schema decides between equals. */
    private static Optional<Target> choose(Relation relation, List<Target> targets) {
        List<Target> near = targets.stream()
                .sorted(Comparator.comparingDouble(Target::confidence).reversed())
                .collect(Collectors.toCollection(ArrayList::new));
        if (near.isEmpty()) {
            return Optional.empty();
        }
        double best = near.getFirst().confidence();
        near.removeIf(target -> target.confidence() < best - TIE);
        if (near.stream().anyMatch(target -> target.key().relation().schema().equals(relation.schema()))) {
            near.removeIf(target -> !target.key().relation().schema().equals(relation.schema()));
        }
        Key key = near.getFirst().key();
        boolean ambiguous =
                near.stream().anyMatch(target -> !target.key().relation().equals(key.relation()));
        return ambiguous ? Optional.empty() : Optional.of(near.getFirst());
    }

    private enum Family {
        WHOLE,
        NUMERIC,
        TEXT,
        UUID,
        OTHER
    }

    private static boolean isSurrogate(Column column) {
        Family family = family(column.type());
        return family == Family.WHOLE || family == Family.UUID || family == Family.NUMERIC;
    }

    private static Family family(ColumnType type) {
        ColumnType underlying = type.underlying();
        if (underlying.form() != Form.BASE) {
            return Family.OTHER;
        }
        String name = underlying.name();
        int modifier = name.indexOf('(');
        return switch (modifier < 0 ? name : name.substring(0, modifier)) {
            case "smallint", "integer", "bigint" -> Family.WHOLE;
            case "numeric" -> (modifier < 0 || name.endsWith(",0)")) ? Family.NUMERIC : Family.OTHER;
            case "text", "character varying", "character" -> Family.TEXT;
            case "uuid" -> Family.UUID;
            default -> Family.OTHER;
        };
    }

    /** How well two columns' types go together as a key; 0 for not at all. */
    private static double compatibility(Column from, Column to) {
        Family a = family(from.type());
        Family b = family(to.type());
        if (a == b) {
            return 1;
        }
        boolean numbers = (a == Family.WHOLE || a == Family.NUMERIC) && (b == Family.WHOLE || b == Family.NUMERIC);
        return numbers ? 0.95 : 0;
    }
}
