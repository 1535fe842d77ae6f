package dev.howdah.guard.review;

import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.catalog.Routine;
import dev.howdah.postgres.catalog.Routine.Kind;
import dev.howdah.postgres.catalog.RoutineBody;
import dev.howdah.postgres.catalog.Watched;
import dev.howdah.sql.Effect;
import dev.howdah.sql.Effects;
import dev.howdah.sql.Mentions;
import dev.howdah.sql.Plpgsql;
import dev.howdah.sql.Sql;
import dev.howdah.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Looks into a function of people's: an aggregate is what its parts are, one in SQL is what its statements are, each judged
 * like a statement that somebody typed. One function, one thread.
 */
final class RoutineInside {
    /** What a function may set for itself without doing more than it would without. */
    private static final Set<String> HARMLESS_SETTINGS =
            Set.of("work_mem", "timezone", "datestyle", "intervalstyle", "enable_seqscan", "enable_nestloop", "jit");

    /** What CREATE TYPE … AS RANGE makes functions of the type's name from, in the server's own code. */
    private static final Set<String> MAKERS_OF_RANGES = Set.of(
            "range_constructor2",
            "range_constructor3",
            "multirange_constructor0",
            "multirange_constructor1",
            "multirange_constructor2");

    private final Names names;
    private final Touched outer;

    RoutineInside(Names names, Touched outer) {
        this.names = names;
        this.outer = outer;
    }

    Known.Inside of(Routine routine) {
        if (routine.kind() == Kind.AGGREGATE) {
            Touched touched = outer.within(names);
            touched.uses(names.code().aggregate(routine.oid()));
            return found(routine, touched);
        }
        Optional<RoutineBody> body = names.body(routine);
        if (body.isEmpty()) {
            return refused(routine, "it is gone");
        }
        if (routine.language().equals("plpgsql") && outer.spread() == null) {
            return refused(routine, "it is written in plpgsql");
        }
        if (routine.language().equals("internal")) {
            return MAKERS_OF_RANGES.contains(body.get().source().strip())
                    ? new Known.Inside(List.of(), Footprint.NONE, new Watched())
                    : refused(routine, "it is written in internal");
        }
        return sql(routine, body.get());
    }

    private static Known.Inside refused(Routine routine, String why) {
        return new Known.Inside(List.of(RoutineRules.unknown(routine, why)), Footprint.NONE, new Watched());
    }

    private static Known.Inside found(Routine routine, Touched touched) {
        List<Reason> objections = RoutineRules.inside(routine, touched.objections());
        return new Known.Inside(objections, touched.footprint(), touched.watched());
    }

    private Known.Inside sql(Routine routine, RoutineBody body) {
        Optional<Names> there = names(body);
        if (there.isEmpty()) {
            return refused(routine, "it changes settings while it runs");
        }
        Touched touched = outer.within(there.get());
        try {
            for (Statement statement : statements(routine, body)) {
                Mentions mentions = Mentions.of(statement);
                Effect effect = Effects.of(statement);
                SpreadFinder spread = outer.spread();
                boolean may = effect == Effect.READ || (effect == Effect.WRITE && spread != null);
                if (!may || !mentions.complete()) {
                    return refused(
                            routine, "it contains " + statement.kind().name().replace('_', ' '));
                }
                new FootprintFinder(there.get(), touched).findInside(statement, mentions);
                if (effect == Effect.WRITE && spread != null) {
                    spread.follow(statement.tree(), there.get());
                }
            }
        } catch (HowdahException e) {
            return refused(
                    routine, "its text was not understood (" + withoutStop(String.valueOf(e.getMessage())) + ")");
        }
        touched.uses(body.defaults());
        return found(routine, touched);
    }

    private static List<Statement> statements(Routine routine, RoutineBody body) {
        return routine.language().equals("plpgsql") ? Plpgsql.statements(body.source()) : Sql.parse(text(body));
    }

    private static String withoutStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    /** The statements of a body in either form. */
    private static String text(RoutineBody body) {
        String text = body.source().strip();
        if (!body.qualified()) {
            return text;
        }
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.startsWith("RETURN ")) {
            return "SELECT " + text.substring("RETURN ".length());
        }
        return upper.startsWith("BEGIN ATOMIC") && upper.endsWith("END")
                ? text.substring("BEGIN ATOMIC".length(), text.length() - "END".length())
                : text;
    }

    /** What names mean there; empty if it sets what may change more than that. */
    private Optional<Names> names(RoutineBody body) {
        // The server wrote the names of what it keeps parsed, all qualified but its own.
        Names there = body.qualified() ? names.within(List.of()) : names;
        for (String setting : body.settings()) {
            int equals = setting.indexOf('=');
            String name = setting.substring(0, Math.max(equals, 0)).toLowerCase(Locale.ROOT);
            if (name.equals("search_path")) {
                Optional<List<String>> path = path(setting.substring(equals + 1));
                if (path.isEmpty()) {
                    return Optional.empty();
                }
                there = body.qualified() ? there : names.within(path.get());
            } else if (!HARMLESS_SETTINGS.contains(name)) {
                return Optional.empty();
            }
        }
        return Optional.of(there);
    }

    private static Optional<List<String>> path(String value) {
        List<String> schemas = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            String schema = part.strip();
            if (schema.contains("$")) {
                return Optional.empty();
            }
            boolean quoted = schema.length() > 1 && schema.startsWith("\"") && schema.endsWith("\"");
            schemas.add(
                    quoted
                            ? schema.substring(1, schema.length() - 1).replace("\"\"", "\"")
                            : schema.toLowerCase(Locale.ROOT));
        }
        return Optional.of(schemas);
    }
}
