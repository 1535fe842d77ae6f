package dev.howdah.postgres.internal;

import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.Profile.Host;
import dev.howdah.postgres.Profile.Tls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.Calendar;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.SecretKeySpec;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.core.BaseConnection;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections as a profile says, by the driver itself: DriverManager would look through the class path first. */
public final class Connector {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
    private static final Command VERSION = Command.of("SELECT version()");

    private final Profile profile;
    private final Failures failures;

    /** What the server at the other end of each connection says of itself; forgotten with the connection. */
    private final Map<BaseConnection, Known> known = Collections.synchronizedMap(new WeakHashMap<>());

    /** What outlives a pool's wrapper of a connection. */
    private record Known(String description, Prepared prepared) {}

    /** A connector for this profile. */
    public Connector(Profile profile) {
        this.profile = profile;
        this.failures = new Failures(profile);
    }

    /**
     * Loads what the first connection of a process needs, which takes longer than connecting itself: the driver, and from
     * the JDK the cryptography of SCRAM and the locale's data that the driver asks for. Changes nothing, never fails.
     */
    public static void load() {
        try {
            Class.forName("org.postgresql.core.v3.ConnectionFactoryImpl");
            Class.forName("org.postgresql.jdbc.PgConnection");
            new SecureRandom().nextInt();
            Mac.getInstance("HmacSHA256").init(new SecretKeySpec(new byte[32], "HmacSHA256"));
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
            Class.forName("org.postgresql.core.v3.ScramAuthenticator");
            // The driver reads versions with the one and times with the other.
            NumberFormat.getIntegerInstance();
            Calendar.getInstance();
        } catch (ClassNotFoundException | GeneralSecurityException e) {
            LOG.debug("not loaded ahead", e);
        }
    }

    /** The profile that it connects as. */
    public Profile profile() {
        return profile;
    }

    /**
     * Opens a connection.
     *
     * @throws PostgresException if that fails, in words for the person
     */
    public Link connect() {
        profile.hosts().stream().filter(Host::isSocketDirectory).findFirst().ifPresent(host -> {
            throw failures.socket(host);
        });
        try {
            return open();
        } catch (SQLException e) {
            throw failures.connecting(e);
        }
    }

    /** Opens a connection, or fails as the driver does. */
    Link open() throws SQLException {
        Connection connection = new Driver().connect(url(), properties());
        if (connection == null) {
            throw new SQLException("the driver does not know the address");
        }
        Link link = identified(connection);
        link.waitForEver();
        return link;
    }

    /** Asks what answers. Whatever is said at the start of a connection, look-alikes say, too. */
    private Link identified(Connection connection) throws SQLException {
        Properties properties = properties();
        Prepared prepared = new Prepared();
        String description = describe(new Link(connection, properties, "", prepared));
        known.put(connection.unwrap(BaseConnection.class), new Known(description, prepared));
        return new Link(connection, properties, description, prepared);
    }

    private static String describe(Link link) throws SQLException {
        try {
            byte[] version = link.run(VERSION).tuples().getFirst().get(0);
            return version == null ? "" : new String(version, StandardCharsets.UTF_8);
        } catch (SQLException e) {
            if (Failures.serverError(e).isEmpty() || link.isClosed()) {
                throw e;
            }
            LOG.debug("the server does not know version()", e);
            return "";
        }
    }

    /** A connection that this opened and a pool has wrapped. */
    Link adopt(Connection wrapper) throws SQLException {
        Known before = known.getOrDefault(wrapper.unwrap(BaseConnection.class), new Known("", new Prepared()));
        return new Link(wrapper, properties(), before.description(), before.prepared());
    }

    /** The longest that connecting may take: each host has the profile's time. Zero for ever. */
    Duration longest() {
        return profile.connectTimeout().multipliedBy(profile.hosts().size());
    }

    /** What to say when that time is over. */
    PostgresException noAnswer(Exception cause) {
        return failures.noAnswer(cause);
    }

    String url() {
        return profile.hosts().stream().map(Host::toString).collect(Collectors.joining(",", "jdbc:postgresql://", "/"));
    }

    Properties properties() {
        Properties properties = new Properties();
        PGProperty.PG_DBNAME.set(properties, profile.database());
        PGProperty.USER.set(properties, profile.user());
        profile.password().ifPresent(password -> PGProperty.PASSWORD.set(properties, password.reveal()));
        Tls tls = profile.tls();
        PGProperty.SSL_MODE.set(properties, tls.mode().keyword());
        if (tls.rootCertificate().filter(Path.of(Tls.SYSTEM)::equals).isPresent()) {
            PGProperty.SSL_FACTORY.set(properties, DefaultJavaSSLFactory.class.getName());
        } else {
            file(properties, PGProperty.SSL_ROOT_CERT, tls.rootCertificate());
        }
        tls.channelBinding().ifPresent(binding -> PGProperty.CHANNEL_BINDING.set(properties, binding));
        file(properties, PGProperty.SSL_CERT, tls.certificate());
        file(properties, PGProperty.SSL_KEY, tls.key());
        tls.keyPassword().ifPresent(password -> PGProperty.SSL_PASSWORD.set(properties, password.reveal()));
        // A server that accepts and then says nothing counts too; Link lifts that limit when the session stands.
        int seconds = Math.toIntExact(profile.connectTimeout().toSeconds());
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
        if (seconds > 0) {
            PGProperty.SSL_RESPONSE_TIMEOUT.set(properties, Math.min(5, seconds) * 1000);
        }
        PGProperty.APPLICATION_NAME.set(properties, profile.applicationName());
        profile.options().ifPresent(options -> PGProperty.OPTIONS.set(properties, options));
        profile.sessionAttributes().ifPresent(a -> PGProperty.TARGET_SERVER_TYPE.set(properties, serverType(a)));
        // With a version assumed the driver sends application_name in the first packet, not in a statement of its own.
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "10");
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.PREFER_QUERY_MODE.set(properties, "extended");
        PGProperty.PREPARE_THRESHOLD.set(properties, 0);
        PGProperty.BINARY_TRANSFER.set(properties, false);
        PGProperty.AUTOSAVE.set(properties, "never");
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, 1);
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
        return properties;
    }

    private static void file(Properties properties, PGProperty property, Optional<Path> path) {
        path.ifPresent(file -> property.set(properties, file.toString()));
    }

    private static String serverType(String sessionAttributes) {
        return switch (sessionAttributes) {
            case "read-write", "primary" -> "primary";
            case "standby", "read-only" -> "secondary";
            case "prefer-standby" -> "preferSecondary";
            default -> "any";
        };
    }
}
