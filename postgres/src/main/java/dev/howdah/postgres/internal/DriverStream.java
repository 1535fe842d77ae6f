package dev.howdah.postgres.internal;

import java.io.IOException;
import java.lang.reflect.Field;
import java.sql.SQLException;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.postgresql.core.PGStream;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.QueryExecutorBase;
import org.postgresql.ssl.MakeSSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the driver knows of its connection and does not tell: pgjdbc 42.7 sends a request to cancel, with the key that
 * allows it, in clear text even when the connection itself is encrypted. TlsCancelTest notices when a newer driver keeps
 * the two fields elsewhere. Thread-safe.
 */
final class DriverStream {
    private static final Logger LOG = LoggerFactory.getLogger(DriverStream.class);
    private static final int LENGTH_AND_CODE = 8;
    private static final int BUFFER = 8 * 1024;

    private final QueryExecutor executor;
    private final PGStream stream;
    private final byte[] cancelKey;

    private DriverStream(QueryExecutor executor, PGStream stream, byte[] cancelKey) {
        this.executor = executor;
        this.stream = stream;
        this.cancelKey = cancelKey;
    }

    static DriverStream of(QueryExecutor executor) throws SQLException {
        try {
            return new DriverStream(executor, (PGStream) field("pgStream").get(executor), (byte[])
                    field("cancelKey").get(executor));
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Better no connection than one that gives its key away.
            throw new SQLException("this version of the PostgreSQL driver is not known", e);
        }
    }

    private static Field field(String name) throws ReflectiveOperationException {
        Field field = QueryExecutorBase.class.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** Whether the server said something that nobody asked for, such as that it ends the session. */
    boolean hasUnreadWords() {
        try {
            return stream.getSocket().getInputStream().available() > 0;
        } catch (IOException e) {
            LOG.debug("the socket is closed", e);
            return true;
        }
    }

    /** Asks the server to cancel, encrypted if the connection is; returns when it was asked. */
    void cancel(Properties properties, int timeoutMillis) throws SQLException {
        if (!(stream.getSocket() instanceof SSLSocket)) {
            executor.sendQueryCancel();
            return;
        }
        try (PGStream second = new PGStream(stream.getSocketFactory(), stream.getHostSpec(), timeoutMillis, BUFFER)) {
            second.setNetworkTimeout(timeoutMillis);
            second.sendInteger4(LENGTH_AND_CODE);
            second.sendInteger2(1234);
            second.sendInteger2(5679);
            second.flush();
            if (second.receiveChar() != 'S') {
                throw new SQLException("the server takes no encrypted request to cancel", "08004");
            }
            MakeSSL.convert(second, properties);
            second.sendInteger4(LENGTH_AND_CODE + 4 + cancelKey.length);
            second.sendInteger2(1234);
            second.sendInteger2(5678);
            second.sendInteger4(executor.getBackendPID());
            second.send(cancelKey);
            second.flush();
            awaitEnd(second);
        } catch (IOException e) {
            throw new SQLException("the request to cancel was not sent", "08006", e);
        }
    }

    /** The server hangs up when it has passed the request on. */
    private static void awaitEnd(PGStream second) throws SQLException {
        try {
            second.receiveEOF();
        } catch (IOException e) {
            LOG.debug("hung up without a goodbye", e);
        }
    }
}
