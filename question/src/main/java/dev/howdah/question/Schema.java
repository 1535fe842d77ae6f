package dev.howdah.question;

import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The catalog as the engine sees it: readable relations, and the keys between them in both directions. */
final class Schema {
    private static final double ROLE = 0.4;
    /** A key that may be missing tells less about what belongs together than one that is always there. */
    private static final double OPTIONAL = 0.1;

    private final List<Table> tables;
    private final Map<Long, Table> byOid;

    private Schema(List<Table> tables, Map<Long, Table> byOid) {
        this.tables = tables;
        this.byOid = byOid;
    }

    static Schema of(Catalog catalog, Function<Relation, List<ForeignKey>> keys) {
        List<Table> tables = new ArrayList<>(catalog.relations().size());
        RunTogether names = new RunTogether();
        Map<Long, Table> byOid = HashMap.newHashMap(catalog.relations().size());
        for (Relation relation : catalog.relations()) {
            if (relation.privileges().select() && !relation.partition()) {
                Table table = new Table(relation, catalog.isVisible(relation), names);
                tables.add(table);
                byOid.put(relation.oid(), table);
            }
        }
        Schema schema = new Schema(List.copyOf(tables), Map.copyOf(byOid));
        for (Table table : tables) {
            for (ForeignKey key : keys.apply(table.relation())) {
                schema.connect(table, key);
            }
        }
        return schema;
    }

    List<Table> tables() {
        return tables;
    }

    /** The table of this OID, or null if it cannot be read. */
    @org.jspecify.annotations.Nullable
    Table table(long oid) {
        return byOid.get(oid);
    }

    private void connect(Table child, ForeignKey key) {
        Table parent = byOid.get(key.referenced());
        if (parent == null) {
            return;
        }
        List<Col> from = key.columns().stream()
                .map(child::column)
                .filter(Objects::nonNull)
                .toList();
        List<Col> to = key.referencedColumns().stream()
                .map(parent::column)
                .filter(Objects::nonNull)
                .toList();
        if (from.size() != key.columns().size() || to.size() != from.size() || from.isEmpty()) {
            return;
        }
        List<String> role = role(from.getLast(), parent);
        double cost = role.isEmpty() ? 1 : 1 + ROLE;
        if (from.stream().anyMatch(col -> !col.column().notNull())) {
            cost += OPTIONAL;
        }
        child.add(new Edge(child, from, parent, to, true, cost, role));
        parent.add(new Edge(parent, to, child, from, child.isUnique(key.columns()), cost + 0.01, role));
    }

    /** What a key column says beyond the name of the table it refers to: "home" of home_branch_id. */
    private static List<String> role(Col column, Table parent) {
        List<String> target = new ArrayList<>();
        Words.parts(parent.name()).forEach(part -> target.add(Lemmas.noun(part)));
        List<String> role = new ArrayList<>();
        for (String part : column.parts()) {
            String lemma = Lemmas.noun(part);
            boolean said =
                    target.contains(lemma) || target.stream().anyMatch(t -> t.length() > 3 && lemma.startsWith(t));
            if (!said
                    && !part.equals("id")
                    && !part.equals("no")
                    && !part.equals("code")
                    && !part.equals("fk")
                    && !part.equals("key")
                    && !part.equals("number")
                    && target.stream().noneMatch(t -> lemma.length() >= 3 && t.startsWith(lemma))) {
                role.add(lemma);
            }
        }
        return role;
    }
}
