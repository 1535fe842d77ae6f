package dev.howdah.postgres.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.TransactionState;
import org.postgresql.core.Tuple;

/**
 * One physical connection, below JDBC's statements: pgjdbc's {@code Statement} splits text at semicolons and rewrites
 * {@code ?}, so text goes to its protocol layer directly, each statement as its own Parse message, several before one
 * Sync. Used by one thread at a time; {@link #cancel()} and {@link #abort()} may come from any thread.
 */
public final class Link implements AutoCloseable {
    private static final int FLAGS =
            QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_NO_BINARY_TRANSFER;
    private static final Field[] NO_FIELDS = {};
    private static final String DISCARD_ALL = "DISCARD ALL";

    /** How long each step of asking for a cancel may take. */
    private static final int CANCEL_MILLIS = 1_000;

    private final Connection connection;
    private final QueryExecutor executor;
    private final DriverStream stream;
    private final Properties properties;
    private final String description;
    private final Prepared prepared;

    /**
     * @param connection a connection of pgjdbc or a pool's wrapper of one
     * @param properties what it was made with
     * @param description what the server says of itself; empty if it said nothing
     * @param prepared what its session holds
     * @throws SQLException if it is not pgjdbc's
     */
    Link(Connection connection, Properties properties, String description, Prepared prepared) throws SQLException {
        this.prepared = prepared;
        this.connection = connection;
        this.executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
        this.stream = DriverStream.of(executor);
        this.properties = properties;
        this.description = description;
    }

    /** What the server said of itself when the connection was made, from {@code version()}; empty if it could not. */
    public String description() {
        return description;
    }

    /** What of ours the session holds planned. */
    public Prepared prepared() {
        return prepared;
    }

    /** Whether nothing speaks against using it after it has lain idle: it may have been ended from the other side. */
    boolean isUsable() {
        return !isClosed() && !stream.hasUnreadWords();
    }

    /**
     * Runs the statements in order, in one round trip; the server skips those after one that fails.
     *
     * @throws SQLException the first failure
     */
    public List<Answer> run(List<Command> commands) throws SQLException {
        List<Answer> answers = new ArrayList<>(commands.size());
        run(commands, answers);
        return answers;
    }

    /**
     * The same; when one fails, the answers of those before it are there all the same.
     *
     * @param answers gets an answer for each command
     * @throws SQLException the first failure
     */
    public void run(List<Command> commands, List<Answer> answers) throws SQLException {
        run(commands, answers, 0);
    }

    private void run(List<Command> commands, List<Answer> answers, int maxRows) throws SQLException {
        Map<Integer, Command> preparing = new HashMap<>();
        List<Command> sent = planned(commands, preparing);
        List<NativeQuery> queries = new ArrayList<>(sent.size());
        int parameterCount = 0;
        for (Command command : sent) {
            requireSendable(command.sql());
            int count = command.parameters().size();
            parameterCount += count;
            queries.add(new NativeQuery(command.sql(), new int[count], false, SqlCommand.BLANK));
        }
        Query query = executor.wrap(queries);
        ParameterList parameters = parameterCount == 0 ? null : bind(query, sent);
        executor.execute(query, parameters, new Collector(answers, preparing, prepared), maxRows, 0, FLAGS);
    }

    /**
     * The same commands, with those that the session holds planned executed by name.
     *
     * @param preparing gets, by its place, each command that makes the session hold another one
     */
    private List<Command> planned(List<Command> commands, Map<Integer, Command> preparing) {
        List<Command> sent = new ArrayList<>(commands.size() + 2);
        for (Command command : commands) {
            if (command.sql().equals(DISCARD_ALL)) {
                prepared.forget();
            }
            Optional<String> name = command.repeated() ? prepared.name(command.sql()) : Optional.empty();
            if (command.repeated() && name.isEmpty()) {
                name = prepared.newName(command.sql());
                name.ifPresent(made -> {
                    preparing.put(sent.size(), new Command(command.sql(), List.of(made)));
                    sent.add(Command.of(Prepared.prepare(made, command.sql())));
                });
            }
            sent.add(name.map(held -> Command.of(Prepared.execute(held, command.parameters())))
                    .orElse(command));
        }
        return sent;
    }

    /** Runs one statement. */
    public Answer run(Command command) throws SQLException {
        return run(List.of(command)).getFirst();
    }

    /**
     * Runs one statement and takes at most this many of its rows. What changes rows runs to its end all the same: only then
     * does the server give the first row of RETURNING.
     */
    public Answer run(Command command, int maxRows) throws SQLException {
        List<Answer> answers = new ArrayList<>(1);
        run(List.of(command), answers, maxRows);
        return answers.isEmpty() ? new Answer(NO_FIELDS, List.of()) : answers.getFirst();
    }

    /**
     * Starts a COPY to the client. The driver sends it by the simple protocol, where a second statement would run: the
     * caller must have had the server parse the text in a cursor of the same transaction first.
     */
    public CopyOut copyOut(String sql) throws SQLException {
        requireSendable(sql);
        return (CopyOut) executor.startCopy(sql, true);
    }

    /** Starts a COPY from the client; the same caution. */
    public CopyIn copyIn(String sql) throws SQLException {
        requireSendable(sql);
        return (CopyIn) executor.startCopy(sql, true);
    }

    /** A value that the server reports by itself, such as {@code server_version}. */
    public Optional<String> reported(String parameter) {
        return Optional.ofNullable(executor.getParameterStatus(parameter));
    }

    /** The server's version as a number, such as 170011; what a pooler or a look-alike says, if that is there. */
    public int versionNumber() {
        return executor.getServerVersionNum();
    }

    /** Whether a transaction is open, failed or absent, as the server said last. */
    public TransactionState transaction() {
        return executor.getTransactionState();
    }

    /** The server's process that serves this connection. */
    public int processId() {
        return executor.getBackendPID();
    }

    /**
     * Asks the server, through a second connection, to cancel what this one is running, encrypted if this one is. Returns
     * when it was asked.
     */
    public void cancel() throws SQLException {
        stream.cancel(properties, CANCEL_MILLIS);
    }

    /** Breaks the connection at once: a thread that reads from it gets an error. */
    public void abort() {
        executor.abort();
    }

    /** Lifts the time limit of connecting: statements have limits of their own. */
    void waitForEver() throws SQLException {
        try {
            executor.setNetworkTimeout(0);
        } catch (IOException e) {
            throw new SQLException("the socket broke", "08006", e);
        }
    }

    /** Whether it cannot be used any more. */
    public boolean isClosed() {
        return executor.isClosed();
    }

    /** The JDBC connection, for the pool that owns it. */
    Connection connection() {
        return connection;
    }

    /** Ends the session. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static @Nullable ParameterList bind(Query query, List<Command> commands) throws SQLException {
        ParameterList values = query.createParameterList();
        int index = 1;
        for (Command command : commands) {
            for (String value : command.parameters()) {
                if (value == null) {
                    values.setNull(index++, 0);
                } else {
                    requireSendable(value);
                    values.setStringParameter(index++, value, 0);
                }
            }
        }
        return values;
    }

    /** NUL would end the text early on the wire, and half a surrogate pair would arrive as a question mark. */
    private static void requireSendable(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("NUL in text for the server");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("half a surrogate pair in text for the server");
        }
    }

    /** Takes exactly one answer a statement, in order. */
    private static final class Collector extends ResultHandlerBase {
        private final List<Answer> answers;
        private final Map<Integer, Command> preparing;
        private final Prepared prepared;
        private int place;

        Collector(List<Answer> answers, Map<Integer, Command> preparing, Prepared prepared) {
            this.answers = answers;
            this.preparing = preparing;
            this.prepared = prepared;
        }

        private void add(Answer answer) {
            Command held = preparing.get(place++);
            if (held == null) {
                answers.add(answer);
            } else {
                prepared.prepared(held.sql(), String.valueOf(held.parameters().getFirst()));
            }
        }

        @Override
        public void handleResultRows(Query query, Field[] fields, List<Tuple> tuples, @Nullable ResultCursor cursor) {
            add(new Answer(fields, tuples));
        }

        @Override
        public void handleCommandStatus(String status, long updateCount, long insertOid) {
            add(new Answer(NO_FIELDS, List.of()));
        }

        @Override
        public void handleWarning(SQLWarning warning) {
            // NOTICE and its kin may quote values; nobody asked for them.
        }
    }
}
