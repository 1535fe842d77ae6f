package dev.howdah.postgres.internal;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends connections of which nothing more is expected. */
final class Links {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private Links() {}

    /** Ends the session politely if that works, and anyway. */
    static void discard(Link link) {
        try {
            link.close();
        } catch (SQLException e) {
            LOG.debug("closing a connection failed", e);
            link.abort();
        }
    }
}
