package dev.howdah.guard.review;

import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.catalog.FoundRelation;
import dev.howdah.postgres.catalog.Relation;
import java.util.Optional;

/** Which relations a read may touch, as far as it does not depend on the role's own rights. */
final class RelationRules {
    private final BuiltIns builtIns = BuiltIns.relations();

    /** Whether a schema belongs to the server itself. */
    static boolean isSystemSchema(String schema) {
        return schema.equals("pg_catalog") || schema.equals("information_schema");
    }

    /** Why this relation of the server's own must not be read. */
    Optional<Reason> objectionToSystem(String name) {
        return builtIns.of(name).map(judgement -> Reason.of(name + " holds " + judgement.reason()));
    }

    /** Why this relation of a person's must not be read. */
    Optional<Reason> objection(Relation relation) {
        return relation.kind() == Relation.Kind.FOREIGN_TABLE
                ? Optional.of(foreign(relation.toString()))
                : Optional.empty();
    }

    /** Why this relation below a view must not be read. */
    Optional<Reason> objection(FoundRelation relation) {
        return relation.isForeign()
                ? Optional.of(foreign(relation.schema() + "." + relation.name()))
                : Optional.empty();
    }

    private static Reason foreign(String name) {
        return Reason.of(
                name + " is a foreign table: what reading it does is decided elsewhere",
                "Read-only mode reads only what this database itself holds.");
    }
}
