package dev.howdah.guard.review;

import dev.howdah.guard.review.BuiltIns.Entry;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.catalog.ForeignSource;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.SystemRelation;
import java.util.Optional;
import java.util.Set;

/** Which relations a read may touch, as far as it does not depend on the role's own rights. Immutable. */
final class RelationRules {
    private static final String ADVICE = "Whoever looks after the profile can add it to `trusted`.";

    /** Views of samples of people's values. */
    private static final Set<String> SAMPLES = Set.of("pg_stats", "pg_stats_ext", "pg_stats_ext_exprs");

    private final BuiltIns builtIns = BuiltIns.relations();

    /** Whether a schema belongs to the server itself. */
    static boolean isSystemSchema(String schema) {
        return schema.equals("pg_catalog") || schema.equals("information_schema");
    }

    /** Why this relation of the server's own must not be read. */
    Optional<Reason> objectionToSystem(SystemRelation relation, AccessLists access) {
        if (access.trustsRelation(relation.schema(), relation.name())) {
            return Optional.empty();
        }
        if (SAMPLES.contains(relation.name()) && access.restricts()) {
            return Optional.of(
                    Reason.of(relation.name() + " holds values of columns that this profile may not read", ADVICE));
        }
        return builtIns.of(relation.name())
                .filter(judgement -> judgement.entry() == Entry.REFUSED)
                .map(judgement -> Reason.of(relation.name() + " holds " + judgement.reason(), ADVICE));
    }

    /** Why this column must not be read, although others of its relation may. */
    Optional<Reason> objectionToColumn(String schema, String relation, String column, AccessLists access) {
        return builtIns.of(relation + "." + column)
                .filter(judgement -> judgement.entry() == Entry.REFUSED)
                .filter(judgement -> !access.trustsColumn(schema, relation, column))
                .map(judgement -> Reason.of(
                        relation + "." + column + " holds " + judgement.reason(),
                        "Name the other columns, or have `" + schema + "." + relation + "." + column
                                + "` added to `trusted` in the profile."));
    }

    /** Why this relation of a person's must not be read. */
    Optional<Reason> objection(Relation relation, Optional<ForeignSource> source, AccessLists access) {
        if (relation.kind() != Relation.Kind.FOREIGN_TABLE) {
            return Optional.empty();
        }
        if (source.isEmpty()) {
            return Optional.of(Reason.of(relation + " is a foreign table of an unknown server"));
        }
        ForeignSource foreign = source.get();
        if (foreign.runsProgram()) {
            return Optional.of(Reason.of(relation + " is a foreign table that runs a program on the server"));
        }
        if (access.trustsServer(foreign.server()) || access.trustsRelation(relation.schema(), relation.name())) {
            return Optional.empty();
        }
        String what = foreign.readsFile()
                ? "reads a file of the server"
                : "is on server " + foreign.server() + " (" + foreign.wrapper()
                        + "): what reading it does is decided there";
        return Optional.of(Reason.of(
                relation + " is a foreign table and " + what,
                "Whoever looks after the profile can add `server " + foreign.server() + "` to `trusted`."));
    }
}
