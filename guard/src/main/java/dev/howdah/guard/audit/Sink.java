package dev.howdah.guard.audit;

import java.io.IOException;
import java.util.List;

/** One place where copies of records go. Used by one thread. */
interface Sink extends AutoCloseable {
    /** How many records are sent at a time. */
    int BATCH = 200;

    /** Milliseconds to wait for a connection, and for an answer. */
    int TIMEOUT = 5_000;

    /**
     * Sends lines of the log, as far as it can be told.
     *
     * @throws IOException if they did not arrive: all of them are sent again
     */
    void send(List<String> lines) throws IOException;

    @Override
    void close() throws IOException;

    /** Opens nothing yet. */
    static Sink of(SinkTarget target, Actor actor) {
        return switch (target.kind()) {
            case HTTP -> new HttpSink(target);
            case SYSLOG_UDP, SYSLOG_TCP, SYSLOG_TLS, SYSLOG_UNIX -> new SyslogSink(target, actor);
        };
    }
}
