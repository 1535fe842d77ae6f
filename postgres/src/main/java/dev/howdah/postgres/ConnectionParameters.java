package dev.howdah.postgres;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Values for libpq's connection keywords, each with where it came from. Immutable; printing it shows no values, because
 * one may be a password.
 */
public final class ConnectionParameters {
    /** Keywords that decide how a connection is made. */
    private static final Set<String> HONOURED = Set.of(
            "host",
            "hostaddr",
            "port",
            "dbname",
            "user",
            "password",
            "passfile",
            "service",
            "connect_timeout",
            "application_name",
            "options",
            "sslmode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "sslpassword",
            "channel_binding",
            "target_session_attrs");

    /** libpq's keywords that change nothing about safety and that the driver decides by itself. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "client_encoding",
            "fallback_application_name",
            "keepalives",
            "keepalives_idle",
            "keepalives_interval",
            "keepalives_count",
            "tcp_user_timeout",
            "sslcompression",
            "sslsni",
            "gsslib",
            "krbsrvname",
            "load_balance_hosts");

    /** libpq's keywords that someone may rely on for safety: better no connection than one without what they ask. */
    private static final Set<String> NOT_SUPPORTED = Set.of(
            "require_auth",
            "requirepeer",
            "requiressl",
            "sslcrl",
            "sslcrldir",
            "sslcertmode",
            "sslnegotiation",
            "ssl_min_protocol_version",
            "ssl_max_protocol_version",
            "gssencmode",
            "gssdelegation",
            "replication");

    private static final ConnectionParameters EMPTY = new ConnectionParameters(Map.of());

    private final Map<String, Given> values;

    private ConnectionParameters(Map<String, Given> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    private record Given(String value, String origin) {}

    /** No values. */
    public static ConnectionParameters empty() {
        return EMPTY;
    }

    /**
     * The same with one more value; it replaces an earlier one.
     *
     * @param keyword one of libpq's
     * @param value its value; an empty one counts as not given
     * @param origin where it comes from, in a person's words
     * @throws HowdahException of code {@link ErrorCode#CONFIGURATION} if the keyword is unknown or cannot be honoured
     */
    public ConnectionParameters with(String keyword, String value, String origin) {
        if (NOT_SUPPORTED.contains(keyword) && !isHarmless(keyword, value)) {
            throw new HowdahException(
                    ErrorCode.CONFIGURATION,
                    "Howdah does not support the connection parameter \"" + keyword + "\" (" + origin + ").",
                    "Leave it out if the connection may do without it.");
        }
        boolean known =
                HONOURED.contains(keyword) || WITHOUT_EFFECT.contains(keyword) || NOT_SUPPORTED.contains(keyword);
        if (!known) {
            throw new HowdahException(
                    ErrorCode.CONFIGURATION,
                    "There is no connection parameter \"" + keyword + "\" (" + origin + ").",
                    Nearest.to(keyword, HONOURED)
                            .map(near -> "Did you mean \"" + near + "\"?")
                            .orElse("Parameters have libpq's names, such as host, port, dbname, user and sslmode."));
        }
        if (!HONOURED.contains(keyword) || value.isEmpty()) {
            return this;
        }
        Map<String, Given> more = new LinkedHashMap<>(values);
        more.put(keyword, new Given(value, origin));
        return new ConnectionParameters(more);
    }

    private static boolean isHarmless(String keyword, String value) {
        return value.isEmpty()
                || switch (keyword) {
                    case "gssencmode" -> !value.equals("require");
                    case "sslnegotiation" -> value.equals("postgres");
                    case "sslcertmode" -> value.equals("allow");
                    case "gssdelegation", "requiressl" -> value.equals("0");
                    case "ssl_min_protocol_version" -> value.equals("TLSv1.2");
                    default -> false;
                };
    }

    /** These values, and the others' where these have none. */
    public ConnectionParameters orElse(ConnectionParameters others) {
        Map<String, Given> all = new LinkedHashMap<>(others.values);
        all.putAll(values);
        return new ConnectionParameters(all);
    }

    /** The value of a keyword. */
    public Optional<String> value(String keyword) {
        return Optional.ofNullable(values.get(keyword)).map(Given::value);
    }

    /** Where the value of a keyword came from. */
    public Optional<String> origin(String keyword) {
        return Optional.ofNullable(values.get(keyword)).map(Given::origin);
    }

    /** The keywords that have a value, in the order in which they were given. */
    public Set<String> keywords() {
        return values.keySet();
    }

    @Override
    public String toString() {
        return "ConnectionParameters" + values.keySet();
    }
}
