package dev.howdah.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How to reach one database and as whom. Immutable; printing it shows no password.
 *
 * @param name what the person calls it; connection strings without a name are called by their target
 * @param displayName a longer name for screens
 * @param environment a free tag such as dev, staging or prod, which policies may look at
 * @param hosts tried in order; never empty
 * @param database the database's name
 * @param user the role to log in as
 * @param password the role's password, if one is known
 * @param tls how much TLS is insisted on, and with which files
 * @param connectTimeout how long one attempt to connect may take; zero for ever
 * @param applicationName what {@code pg_stat_activity} shows
 * @param options the server's command-line options, such as {@code -c geqo=off}
 * @param timeZone the session's time zone; without one the client's own
 * @param sessionAttributes libpq's {@code target_session_attrs}, such as {@code read-write}
 * @param poolSize the most connections that a long-lived program holds
 * @param origins where each value came from, by libpq's keyword: {@code PGHOST}, {@code service file …}, {@code default}
 */
public record Profile(
        String name,
        Optional<String> displayName,
        Optional<String> environment,
        List<Host> hosts,
        String database,
        String user,
        Optional<Secret> password,
        Tls tls,
        Duration connectTimeout,
        String applicationName,
        Optional<String> options,
        Optional<ZoneId> timeZone,
        Optional<String> sessionAttributes,
        int poolSize,
        Map<String, String> origins) {

    /**
     * A server's address.
     *
     * @param name host name or IP address; the directory of a Unix socket (starts with a slash or @) is refused when connecting
     * @param port its port
     */
    public record Host(String name, int port) {
        /** Whether this is the directory of a Unix-domain socket. */
        public boolean isSocketDirectory() {
            return name.startsWith("/") || name.startsWith("@");
        }

        @Override
        public String toString() {
            return name.indexOf(':') >= 0 ? "[" + name + "]:" + port : name + ":" + port;
        }
    }

    /**
     * TLS as libpq has it.
     *
     * @param mode how much is insisted on
     * @param rootCertificate {@code sslrootcert}
     * @param certificate {@code sslcert}
     * @param key {@code sslkey}
     * @param keyPassword {@code sslpassword}
     * @param channelBinding {@code channel_binding}: disable, prefer or require
     */
    public record Tls(
            SslMode mode,
            Optional<Path> rootCertificate,
            Optional<Path> certificate,
            Optional<Path> key,
            Optional<Secret> keyPassword,
            Optional<String> channelBinding) {
        /** As {@code rootCertificate}: the authorities that Java trusts. */
        public static final String SYSTEM = "system";

        /** This mode with libpq's default files. */
        public static Tls of(SslMode mode) {
            return new Tls(
                    mode, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** The application name that a program built on this has unless it says otherwise. */
    public static final String APPLICATION_NAME = "howdah";

    /** How long an attempt to connect may take unless the profile says otherwise. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** The most connections of a long-lived program unless the profile says otherwise. */
    public static final int POOL_SIZE = 10;

    public Profile {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a profile needs a host");
        }
        hosts = List.copyOf(hosts);
        origins = Map.copyOf(origins);
    }

    /** A profile of its bare necessities and defaults for the rest. */
    public static Profile of(String host, int port, String database, String user, String password) {
        return new Profile(
                database,
                Optional.empty(),
                Optional.empty(),
                List.of(new Host(host, port)),
                database,
                user,
                Optional.of(new Secret(password)),
                Tls.of(SslMode.PREFER),
                CONNECT_TIMEOUT,
                APPLICATION_NAME,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                POOL_SIZE,
                Map.of());
    }

    /** The hosts as people read them, such as {@code localhost:5432}. */
    public String address() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
    }

    /** Where this leads, without the password: {@code postgresql://user@host:port/database}. */
    public String target() {
        return "postgresql://" + user + "@" + address() + "/" + database;
    }

    /** The same under another name, with what screens and policies call it. */
    public Profile named(String newName, Optional<String> newDisplayName, Optional<String> newEnvironment) {
        return new Profile(
                newName,
                newDisplayName,
                newEnvironment,
                hosts,
                database,
                user,
                password,
                tls,
                connectTimeout,
                applicationName,
                options,
                timeZone,
                sessionAttributes,
                poolSize,
                origins);
    }

    /** The same with another time zone of the session. */
    public Profile withTimeZone(ZoneId zone) {
        return new Profile(
                name,
                displayName,
                environment,
                hosts,
                database,
                user,
                password,
                tls,
                connectTimeout,
                applicationName,
                options,
                Optional.of(zone),
                sessionAttributes,
                poolSize,
                origins);
    }

    /** The same with another limit of connections. */
    public Profile withPoolSize(int connections) {
        return new Profile(
                name,
                displayName,
                environment,
                hosts,
                database,
                user,
                password,
                tls,
                connectTimeout,
                applicationName,
                options,
                timeZone,
                sessionAttributes,
                connections,
                origins);
    }
}
