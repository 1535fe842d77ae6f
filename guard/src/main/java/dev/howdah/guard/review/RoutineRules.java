package dev.howdah.guard.review;

import dev.howdah.guard.review.BuiltIns.Entry;
import dev.howdah.guard.review.BuiltIns.Judgement;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.catalog.Routine;
import dev.howdah.postgres.catalog.Routine.Volatility;
import java.util.Optional;
import java.util.Set;

/**
 * Which functions a read may call. A server's own function is judged by the reviewed lists and what the catalog says of
 * it; one of a well-known extension that only computes may run; any other is unknown code.
 */
final class RoutineRules {
    /** Extensions of PostgreSQL's own distribution, and PostGIS, whose stable and immutable functions only compute. */
    private static final Set<String> COMPUTING_EXTENSIONS = Set.of(
            "btree_gin",
            "btree_gist",
            "citext",
            "cube",
            "earthdistance",
            "fuzzystrmatch",
            "hstore",
            "intarray",
            "isn",
            "ltree",
            "pg_trgm",
            "pgcrypto",
            "postgis",
            "seg",
            "unaccent",
            "uuid-ossp",
            "vector");

    /** Volatile functions of those that only compute a random value. */
    private static final Set<String> COMPUTING_VOLATILES = Set.of(
            "gen_random_bytes",
            "gen_random_uuid",
            "gen_salt",
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v4");

    private final BuiltIns builtIns = BuiltIns.functions();

    /** Why this routine must not be called; empty if it may be. */
    Optional<Reason> objection(Routine routine) {
        if (routine.isBuiltIn()) {
            return objectionToBuiltIn(routine);
        }
        String extension = routine.extension().orElse("");
        if (COMPUTING_EXTENSIONS.contains(extension)) {
            return routine.volatility() != Volatility.VOLATILE || COMPUTING_VOLATILES.contains(routine.name())
                    ? Optional.empty()
                    : Optional.of(
                            Reason.of(routine.name() + "() of extension " + extension + " may do more than compute"));
        }
        String owner = extension.isEmpty() ? "this database" : "extension " + extension;
        return Optional.of(Reason.of(
                routine.schema() + "." + routine.name() + "() is a function of " + owner
                        + ", and what it does is not known",
                "Read-only mode calls only functions that are known to do nothing but read."));
    }

    private Optional<Reason> objectionToBuiltIn(Routine routine) {
        Optional<Judgement> judgement = builtIns.of(routine.name());
        if (judgement.isPresent()) {
            return judgement.get().entry() == Entry.ALLOWED
                    ? Optional.empty()
                    : Optional.of(
                            Reason.of(routine.name() + "() " + judgement.get().reason()));
        }
        return routine.volatility() == Volatility.VOLATILE
                ? Optional.of(Reason.of(routine.name() + "() does more than read"))
                : Optional.empty();
    }
}
