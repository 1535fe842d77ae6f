package dev.howdah.guard.review;

import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ColumnType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Types whose name may be written like a function's to convert a value. */
final class TypeRules {
    /** Those of the server's own types that no function is named after. */
    private static final Set<String> WITHOUT_FUNCTION = Set.of(
            "bytea",
            "cidr",
            "inet",
            "int4range",
            "int8range",
            "jsonb",
            "jsonpath",
            "macaddr",
            "money",
            "numrange",
            "oid",
            "point",
            "regclass",
            "regproc",
            "regprocedure",
            "regtype",
            "tsquery",
            "tsvector",
            "uuid",
            "xml");

    private TypeRules() {}

    static boolean isBuiltInWithoutFunction(String name) {
        return WITHOUT_FUNCTION.contains(name);
    }

    /** Whether it is an enum that a column has, in one of these schemas: its conversion runs nobody's code. */
    static boolean isEnum(Catalog catalog, List<String> schemas, String name) {
        Set<String> names = new HashSet<>();
        schemas.forEach(schema -> names.add(schema + "." + name));
        return catalog.relations().stream()
                .flatMap(relation -> relation.columns().stream())
                .map(Column::type)
                .anyMatch(type -> type.form() == ColumnType.Form.ENUM && names.contains(type.name()));
    }
}
