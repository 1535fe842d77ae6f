package dev.howdah.postgres.catalog;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.wire.ConstantQueries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** The driver's own COPY, in a session that the test has prepared. */
final class JdbcSource implements ConstantQueries, AutoCloseable {
    private final Connection connection;

    JdbcSource(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    @Override
    public void copy(String query, Consumer<Row> rows) {
        try {
            CopyOut copy =
                    connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (" + query + "\n) TO STDOUT");
            Row row = new Row();
            byte[] line;
            while ((line = copy.readFromCopy()) != null) {
                split(line, row);
                rows.accept(row);
            }
        } catch (SQLException e) {
            throw new HowdahException(ErrorCode.SERVER, query, null, e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }

    /** Undoes COPY's escapes in place. */
    private static void split(byte[] line, Row row) {
        row.reset(line);
        int start = 0;
        int to = 0;
        boolean isNull = false;
        for (int at = 0; at < line.length; at++) {
            byte b = line[at];
            if (b == '\t' || b == '\n') {
                if (isNull) {
                    row.addNull();
                } else {
                    row.add(start, to);
                }
                start = at + 1;
                to = start;
                isNull = false;
            } else if (b == '\\') {
                byte escaped = line[++at];
                isNull = escaped == 'N';
                line[to++] = switch (escaped) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'v' -> 11;
                    default -> escaped;
                };
            } else {
                line[to++] = b;
            }
        }
    }
}
