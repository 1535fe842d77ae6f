package dev.howdah.postgres.catalog;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names and values as parts of this package's own queries, whatever characters they are made of. */
final class Quoted {
    private Quoted() {}

    /** An identifier, always in quotation marks. */
    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** {@code "schema"."name"}. */
    static String relation(Relation relation) {
        return identifier(relation.schema()) + "." + identifier(relation.name());
    }

    /** A string literal that means the same whether or not {@code standard_conforming_strings} is on. */
    static String literal(String value) {
        String quoted = "'" + value.replace("'", "''").replace("\\", "\\\\") + "'";
        return value.indexOf('\\') < 0 ? quoted : " E" + quoted;
    }

    /** {@code ARRAY['a','b']::text[]}. */
    static String texts(Collection<String> values) {
        return values.stream().map(Quoted::literal).collect(Collectors.joining(",", "ARRAY[", "]::text[]"));
    }

    /** {@code ARRAY[1,2]::oid[]}. */
    static String oids(Collection<Long> oids) {
        return oids.stream().map(String::valueOf).collect(Collectors.joining(",", "ARRAY[", "]::oid[]"));
    }
}
