package dev.howdah.postgres.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot of what the connected role can see of one database, system schemas left out. Immutable and thread-safe.
 */
public final class Catalog {
    private final String database;
    private final List<String> searchPath;
    private final List<Relation> relations;
    private final Map<String, String> schemaComments;
    private final Map<Long, Relation> byOid;
    private final Map<String, List<Relation>> byName;

    /**
     * @param database the database's name
     * @param searchPath the effective schemas, in order, without system schemas
     * @param relations tables, views, materialized views, foreign and partitioned tables
     */
    public Catalog(String database, List<String> searchPath, List<Relation> relations) {
        this(database, searchPath, relations, Map.of());
    }

    /**
     * @param database the database's name
     * @param searchPath the effective schemas, in order, without system schemas
     * @param relations tables, views, materialized views, foreign and partitioned tables, ordered by schema and name
     * @param schemaComments comments on schemas, by the schema's name
     */
    public Catalog(
            String database, List<String> searchPath, List<Relation> relations, Map<String, String> schemaComments) {
        this.database = database;
        this.searchPath = List.copyOf(searchPath);
        this.relations = List.copyOf(relations);
        this.schemaComments = Map.copyOf(schemaComments);
        this.byOid = HashMap.newHashMap(relations.size());
        this.byName = HashMap.newHashMap(relations.size());
        for (Relation relation : relations) {
            byOid.put(relation.oid(), relation);
            byName.computeIfAbsent(relation.name(), name -> new ArrayList<>(1)).add(relation);
        }
    }

    /** The database's name. */
    public String database() {
        return database;
    }

    /** The effective search path without system schemas. */
    public List<String> searchPath() {
        return searchPath;
    }

    /** All relations, ordered by schema and name. */
    public List<Relation> relations() {
        return relations;
    }

    /** The comment on a schema. */
    public Optional<String> schemaComment(String schema) {
        return Optional.ofNullable(schemaComments.get(schema));
    }

    /** The relation with this OID. */
    public Optional<Relation> relation(long oid) {
        return Optional.ofNullable(byOid.get(oid));
    }

    /** The relation with exactly this schema and name. */
    public Optional<Relation> relation(String schema, String name) {
        return named(name).stream().filter(r -> r.schema().equals(schema)).findFirst();
    }

    /** All relations of this exact name, in any schema. */
    public List<Relation> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** What an unqualified name means: the first relation of that name along the search path. */
    public Optional<Relation> resolve(String name) {
        List<Relation> candidates = named(name);
        for (String schema : searchPath) {
            for (Relation candidate : candidates) {
                if (candidate.schema().equals(schema)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the unqualified name means this relation, so that SQL may leave its schema out. */
    public boolean isVisible(Relation relation) {
        return resolve(relation.name()).filter(relation::equals).isPresent();
    }
}
