package dev.howdah.postgres.wire;

import dev.howdah.postgres.Profile;
import dev.howdah.postgres.internal.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The statements that pin a transaction before foreign text comes. The settings are set by a query, which also takes the
 * snapshot after which PostgreSQL lets no one make the transaction writable again.
 */
final class Preamble {
    static final Command BEGIN = Command.of("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY");
    static final Command BEGIN_REPEATABLE = Command.of("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");

    /** A limit at the server too, later than ours: for the case that this program is killed. */
    private static final Duration LATER = Duration.ofSeconds(5);

    /**
     * If this program is killed, the server notices within two seconds instead of at the end of the query. Since version
     * 14, and an error on systems whose poll() cannot tell.
     */
    private static final String STOP_WHEN_ALONE =
            ", CASE WHEN pg_catalog.current_setting('server_version_num')::pg_catalog.int4 OPERATOR(pg_catalog.>=)"
                    + " 140000 AND pg_catalog.strpos(pg_catalog.version(), 'linux') OPERATOR(pg_catalog.>) 0 THEN"
                    + " pg_catalog.set_config('client_connection_check_interval', '2s', true) END";

    private final Map<String, String> settings = new LinkedHashMap<>();

    Preamble(Profile profile) {
        // The lexer of `sql` and the formats of Row assume these.
        settings.put("standard_conforming_strings", "on");
        settings.put("bytea_output", "hex");
        settings.put("DateStyle", "ISO, MDY");
        settings.put("IntervalStyle", "postgres");
        profile.timeZone().map(ServerTimeZone::of).ifPresent(zone -> settings.put("TimeZone", zone));
    }

    Preamble statementTimeout(Optional<Duration> limit) {
        limit.ifPresent(time ->
                settings.put("statement_timeout", Long.toString(time.plus(LATER).toMillis())));
        return this;
    }

    Preamble searchPath(Optional<String> schemas) {
        schemas.ifPresent(path -> settings.put("search_path", path));
        return this;
    }

    Preamble cursorForAllRows(boolean everything) {
        if (everything) {
            settings.put("cursor_tuple_fraction", "1");
        }
        return this;
    }

    /** The query that sets everything for this transaction only. */
    Command command() {
        StringBuilder sql = new StringBuilder("SELECT ");
        List<@Nullable String> values = new ArrayList<>(settings.size());
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            sql.append(values.isEmpty() ? "" : ", ");
            values.add(setting.getValue());
            sql.append("pg_catalog.set_config('")
                    .append(setting.getKey())
                    .append("', $")
                    .append(values.size())
                    .append(", true)");
        }
        return new Command(sql.append(STOP_WHEN_ALONE).toString(), values);
    }
}
