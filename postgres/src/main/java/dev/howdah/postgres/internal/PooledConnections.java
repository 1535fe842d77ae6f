package dev.howdah.postgres.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.Server;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A pool for a program that stays. It is made by the first use; the first connection is tried outside of the pool,
 * which would retry a wrong password until its time is over and then speak of a time-out.
 */
public final class PooledConnections implements ConnectionSource {
    /** How long a caller waits for another one to give a connection back. */
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Connector connector;
    private final Failures failures;
    private @Nullable HikariDataSource pool;
    private boolean closed;

    /** A pool of connections made by this connector. */
    public PooledConnections(Connector connector) {
        this.connector = connector;
        this.failures = new Failures(connector.profile());
    }

    @Override
    public Link take(Cancellation cancellation) {
        cancellation.check();
        HikariDataSource source = pool();
        try {
            Link link = connector.adopt(source.getConnection());
            while (!link.isUsable()) {
                // The pool does not look again at one that was used a moment ago.
                give(link, false);
                link = connector.adopt(source.getConnection());
            }
            return link;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private PostgresException unavailable(SQLException e) {
        if (e.getCause() instanceof SQLException connecting) {
            return failures.connecting(connecting);
        }
        return new PostgresException(
                ErrorCode.LIMIT,
                "All " + connector.profile().poolSize() + " connections to "
                        + connector.profile().address() + " are busy.",
                "Try again in a moment, or raise the profile's pool size.",
                null,
                e);
    }

    private synchronized HikariDataSource pool() {
        if (closed) {
            throw new PostgresException(ErrorCode.INTERNAL, "The database was closed.", null, null, null);
        }
        if (pool == null) {
            Link first = connector.connect();
            Links.discard(first);
            if (!Server.product(first.description()).equals(Server.POSTGRES)) {
                throw failures.notPostgres(first.description());
            }
            pool = create();
        }
        return pool;
    }

    private HikariDataSource create() {
        Profile profile = connector.profile();
        HikariConfig config = new HikariConfig();
        config.setPoolName("howdah-" + profile.name().replace(':', '-'));
        config.setDataSource(new ProfileDataSource(connector));
        config.setMaximumPoolSize(profile.poolSize());
        config.setMinimumIdle(0);
        config.setConnectionTimeout(WAIT.plus(profile.connectTimeout()).toMillis());
        config.setInitializationFailTimeout(-1);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw e.getCause() instanceof SQLException connecting ? failures.connecting(connecting) : e;
        }
    }

    @Override
    public void give(Link link, boolean reusable) {
        if (!reusable || link.isClosed()) {
            evict(link);
        }
        try {
            link.close();
        } catch (SQLException e) {
            evict(link);
        }
    }

    private void evict(Link link) {
        HikariDataSource source;
        synchronized (this) {
            source = pool;
        }
        link.abort();
        if (source != null) {
            source.evictConnection(link.connection());
        }
    }

    @Override
    public void close() {
        HikariDataSource source;
        synchronized (this) {
            closed = true;
            source = pool;
            pool = null;
        }
        if (source != null) {
            source.close();
        }
    }
}
