package dev.howdah.guard.review;

import dev.howdah.guard.review.BuiltIns.Entry;
import dev.howdah.guard.review.BuiltIns.Judgement;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.catalog.CodeCatalog;
import dev.howdah.postgres.catalog.DataType;
import dev.howdah.postgres.catalog.Routine;
import dev.howdah.postgres.catalog.Routine.Kind;
import dev.howdah.postgres.catalog.Routine.Volatility;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which functions may be called. One of the server's own is judged by the reviewed lists and what the catalog says of it;
 * one of an extension by the reviewed list of extensions; one of people's by its text, if that can be read. What a profile
 * trusts is not judged. Immutable.
 */
final class RoutineRules {
    private static final String ADVICE =
            "If it only reads, whoever looks after the profile can add it to `trusted` by its signature.";

    private final BuiltIns builtIns = BuiltIns.functions();
    private final BuiltIns extensions = BuiltIns.extensions();
    private final boolean writing;

    /** What changes something besides rows, and may be called by what changes rows; with what is to be said of it. */
    private static final Map<String, String> IN_WRITES = Map.of(
            "nextval", "values that sequences give are not given back",
            "pg_notify", "notifications are sent when it is committed, and cannot be called back",
            "pg_current_xact_id", "",
            "txid_current", "",
            "pg_advisory_xact_lock", "it takes advisory locks");

    private static final Set<String> TRIGGERS =
            Set.of("suppress_redundant_updates_trigger", "tsvector_update_trigger", "tsvector_update_trigger_column");

    /**
     * @param writing whether it is a change that calls them, which may itself change something
     */
    RoutineRules(boolean writing) {
        this.writing = writing;
    }

    /** Whether it is a change that calls them. */
    boolean writing() {
        return writing;
    }

    /** What is to be said when a change calls this function of the server's own. */
    static Optional<String> noteOfWrites(String name) {
        return Optional.ofNullable(IN_WRITES.get(name)).filter(note -> !note.isEmpty());
    }

    /** What is known of a trigger's function. */
    Judged judgeTrigger(Routine routine, String trigger, AccessLists access, CodeCatalog code) {
        if (routine.isBuiltIn() && TRIGGERS.contains(routine.name())) {
            return new Harmless();
        }
        if (!routine.isBuiltIn() && trusts(access, routine, code)) {
            return new Harmless();
        }
        return routine.language().equals("plpgsql")
                ? new LookInside()
                : new Objectionable(Reason.of(
                        "trigger " + trigger + " calls " + routine.schema() + "." + routine.name()
                                + "(), which is written in " + routine.language()
                                + ": what it does is not known",
                        "Whoever looks after the profile can add it to `trusted` by its signature."));
    }

    /** What is known of a function. */
    sealed interface Judged {}

    /** It may be called. */
    record Harmless() implements Judged {}

    /** It must not be called. */
    record Objectionable(Reason reason) implements Judged {}

    /** That depends on what it calls. */
    record LookInside() implements Judged {}

    Judged judge(Routine routine, AccessLists access, CodeCatalog code) {
        if (routine.isBuiltIn()) {
            return builtIn(routine, access, code);
        }
        if (trusts(access, routine, code)) {
            return new Harmless();
        }
        return routine.extension().isPresent()
                ? extension(routine, routine.extension().get())
                : people(routine);
    }

    private static boolean trusts(AccessLists access, Routine routine, CodeCatalog code) {
        return access.trustsFunction(
                routine.schema() + "." + routine.name(),
                routine.arguments().stream().map(oid -> typeName(code, oid)).toList());
    }

    private static String typeName(CodeCatalog code, long oid) {
        return code.type(oid).map(RoutineRules::typeName).orElse("?");
    }

    private static String typeName(DataType type) {
        return type.schema().equals("pg_catalog") ? type.name() : type.schema() + "." + type.name();
    }

    private Judged builtIn(Routine routine, AccessLists access, CodeCatalog code) {
        if (writing && IN_WRITES.containsKey(routine.name())) {
            return new Harmless();
        }
        Optional<Judgement> judgement = builtIns.of(routine.name());
        if (judgement.isPresent()) {
            return judgement.get().entry() == Entry.ALLOWED || trusts(access, routine, code)
                    ? new Harmless()
                    : new Objectionable(
                            Reason.of(routine.name() + "() " + judgement.get().reason()));
        }
        return routine.volatility() == Volatility.VOLATILE && !trusts(access, routine, code)
                ? new Objectionable(Reason.of(routine.name() + "() does more than read"))
                : new Harmless();
    }

    private Judged extension(Routine routine, String extension) {
        Optional<Judgement> own = extensions.of(extension + "." + routine.name());
        if (own.isPresent() && own.get().entry() == Entry.REFUSED) {
            return new Objectionable(Reason.of(routine.name() + "() of extension " + extension + " "
                    + own.get().reason()));
        }
        // Whoever owns an extension may add functions to it; only a superuser can make one in C.
        boolean genuine = routine.language().equals("c") || routine.ownedBySuperuser();
        boolean computes = extensions
                        .of(extension)
                        .filter(judgement -> judgement.entry() == Entry.ALLOWED)
                        .isPresent()
                && routine.volatility() != Volatility.VOLATILE;
        if (genuine && (own.isPresent() || computes)) {
            return new Harmless();
        }
        return routine.kind() == Kind.AGGREGATE && genuine
                ? new LookInside()
                : new Objectionable(Reason.of(
                        routine.schema() + "." + routine.name() + "() is a function of extension " + extension
                                + ", and may do more than compute",
                        ADVICE));
    }

    private static Judged people(Routine routine) {
        String name = named(routine);
        if (routine.securityDefiner()) {
            return new Objectionable(Reason.of(name + " and runs with the rights of its owner", ADVICE));
        }
        if (routine.kind() == Kind.AGGREGATE) {
            return new LookInside();
        }
        return switch (routine.language()) {
            case "sql", "plpgsql", "internal" -> new LookInside();
            default -> new Objectionable(unknown(routine, "it is written in " + routine.language()));
        };
    }

    /** Why a function of people's must not be called. */
    static Reason unknown(Routine routine, String why) {
        return Reason.of(named(routine) + ", and what it does is not known: " + why, ADVICE);
    }

    private static String named(Routine routine) {
        return routine.schema() + "." + routine.name() + "() is a function of this database";
    }

    /** What stands in the way inside a function. */
    static List<Reason> inside(Routine routine, List<Reason> reasons) {
        return reasons.stream()
                .map(reason -> Reason.of(named(routine) + ", and not a mere read: " + reason.text(), ADVICE))
                .toList();
    }
}
