package dev.howdah.postgres.wire;

import dev.howdah.postgres.Profile;
import dev.howdah.postgres.SessionLimits;
import dev.howdah.postgres.internal.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements that pin a transaction before foreign text comes. The settings are set by a query, which also takes the
 * snapshot after which PostgreSQL lets no one make the transaction writable again. Everything is set for the transaction
 * alone: behind a pooler the session is another client's a moment later.
 */
final class Preamble {
    static final Command BEGIN = Command.of("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY");
    static final Command BEGIN_REPEATABLE = Command.of("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");

    /** A limit at the server too, later than ours: for the case that this program is killed. */
    private static final Duration LATER = Duration.ofSeconds(5);

    private static final int VERSION_14 = 140000;
    private static final int VERSION_15 = 150000;
    private static final int VERSION_17 = 170000;

    /**
     * What decides how text is read and values are written, for the lexer of {@code sql} and the formats of Row; and what
     * decides which rows are seen, for what was reviewed.
     */
    private static final String FIXED = set("standard_conforming_strings", "on") + ", "
            + set("backslash_quote", "safe_encoding") + ", "
            + set("transform_null_equals", "off") + ", "
            + set("array_nulls", "on") + ", "
            + set("bytea_output", "hex") + ", "
            + set("DateStyle", "ISO, MDY") + ", "
            + set("IntervalStyle", "postgres") + ", "
            + set("row_security", "on") + ", "
            + set("default_transaction_read_only", "on");

    /**
     * The session's own schemas, frozen, so that no function moves them; and temporary objects last, which would otherwise
     * come first.
     */
    private static final String FREEZE_SEARCH_PATH =
            "pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ', (SELECT pg_catalog.string_agg("
                    + "pg_catalog.quote_ident(s), ', ') FROM pg_catalog.unnest(pg_catalog.current_schemas(false)) s"
                    + " WHERE NOT pg_catalog.starts_with(s, 'pg_temp')), 'pg_temp'), true)";

    /**
     * If this program is killed, the server notices within two seconds instead of at the end of the query. An error on
     * systems whose poll() cannot tell.
     */
    private static final String STOP_WHEN_ALONE =
            "CASE WHEN pg_catalog.strpos(pg_catalog.version(), 'linux') OPERATOR(pg_catalog.>) 0"
                    + " THEN pg_catalog.set_config('client_connection_check_interval', '2s', true) END";

    private final Optional<String> timeZone;
    private final Pins pins;
    private final Optional<Duration> statement;
    private final Optional<Duration> whole;
    private final boolean everything;
    private final boolean path;

    private Preamble(
            Optional<String> timeZone,
            Pins pins,
            Optional<Duration> statement,
            Optional<Duration> whole,
            boolean everything,
            boolean path) {
        this.timeZone = timeZone;
        this.pins = pins;
        this.statement = statement;
        this.whole = whole;
        this.everything = everything;
        this.path = path;
    }

    /** For foreign text. */
    static Preamble of(Profile profile, Pins pins) {
        return new Preamble(
                profile.timeZone().map(ServerTimeZone::of), pins, Optional.empty(), Optional.empty(), false, true);
    }

    /** For our own queries, which ask for the session's schemas and then pin their own. */
    static Preamble ofConstants(Profile profile) {
        return new Preamble(
                profile.timeZone().map(ServerTimeZone::of),
                Pins.standard(),
                Optional.empty(),
                Optional.empty(),
                false,
                false);
    }

    Pins pins() {
        return pins;
    }

    /** How long each message to the server may take, and how long the whole transaction. */
    Preamble within(Optional<Duration> statementLimit, Optional<Duration> wholeLimit) {
        return new Preamble(timeZone, pins, statementLimit, wholeLimit, everything, path);
    }

    Preamble cursorForAllRows(boolean allRows) {
        return new Preamble(timeZone, pins, statement, whole, allRows, path);
    }

    /**
     * The query that sets everything for this transaction only, and begins with the session's state.
     *
     * @param version the server's version number
     */
    Command command(int version) {
        SessionLimits limits = pins.limits();
        List<@Nullable String> values = new ArrayList<>(2);
        List<String> settings = new ArrayList<>();
        settings.add(SessionState.COLUMNS);
        settings.add(FIXED);
        timeZone.ifPresent(zone -> settings.add(bound("TimeZone", zone, values)));
        statement.ifPresent(limit -> settings.add(atMost("statement_timeout", limit.plus(LATER))));
        limits.lock().ifPresent(limit -> settings.add(atMost("lock_timeout", limit)));
        limits.idle().ifPresent(limit -> settings.add(atMost("idle_in_transaction_session_timeout", limit)));
        if (version >= VERSION_17) {
            whole.ifPresent(limit -> settings.add(atMost("transaction_timeout", limit.plus(LATER))));
        }
        if (version >= VERSION_14) {
            settings.add(STOP_WHEN_ALONE);
        }
        limits.temporaryBytes().ifPresent(most -> settings.add(temporaryFiles(version, most)));
        if (everything) {
            settings.add(set("cursor_tuple_fraction", "1"));
        }
        if (path) {
            // Last: the functions above are found by their schema, and this is what the person's text begins with.
            settings.add(
                    pins.searchPath().isPresent()
                            ? bound("search_path", list(pins.searchPath().get()), values)
                            : FREEZE_SEARCH_PATH);
        }
        return Command.repeated("SELECT " + String.join(", ", settings), values);
    }

    private static String list(List<String> schemas) {
        return schemas.stream()
                .filter(schema -> !schema.startsWith("pg_temp"))
                .map(schema -> "\"" + schema.replace("\"", "\"\"") + "\", ")
                .collect(Collectors.joining("", "", "pg_temp"));
    }

    /** A value of ours. */
    private static String set(String setting, String value) {
        return "pg_catalog.set_config('" + setting + "', '" + value + "', true)";
    }

    private static String bound(String setting, String value, List<@Nullable String> values) {
        values.add(value);
        return "pg_catalog.set_config('" + setting + "', $" + values.size() + ", true)";
    }

    /** Lowers a limit of time; one that the administrator set lower stays. */
    private static String atMost(String setting, Duration limit) {
        String current = "pg_catalog.current_setting('" + setting + "')";
        String interval = current + "::pg_catalog.interval";
        long millis = Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE);
        return "pg_catalog.set_config('" + setting + "', CASE WHEN " + interval + " OPERATOR(pg_catalog.>) '0' AND "
                + interval + " OPERATOR(pg_catalog.<) '" + millis + " ms' THEN " + current + " ELSE '" + millis
                + "' END, true)";
    }

    private static String temporaryFiles(int version, long most) {
        String mayBeSet = version >= VERSION_15
                ? "pg_catalog.has_parameter_privilege('temp_file_limit', 'SET')"
                : "pg_catalog.current_setting('is_superuser') OPERATOR(pg_catalog.=) 'on'";
        String current = "pg_catalog.current_setting('temp_file_limit')";
        String bytes = "pg_catalog.pg_size_bytes(" + current + ")";
        return "CASE WHEN " + mayBeSet + " AND (" + bytes + " OPERATOR(pg_catalog.<) 0 OR " + bytes
                + " OPERATOR(pg_catalog.>) " + most + ") THEN " + set("temp_file_limit", Math.max(1, most >> 10) + "kB")
                + " END";
    }
}
