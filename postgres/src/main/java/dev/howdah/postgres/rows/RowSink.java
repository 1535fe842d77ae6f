package dev.howdah.postgres.rows;

import java.io.IOException;
import java.util.List;

/** Takes a result as it arrives: columns once, then rows, then the end. Called from one thread. */
public interface RowSink {
    /** The result's columns; called once, before any row, also when no row follows. */
    void columns(List<ResultColumn> columns) throws IOException;

    /** A row, valid only during the call. */
    void row(Row row) throws IOException;

    /**
     * The end of the result; not called when it ends in an error.
     *
     * @param rows how many rows were given
     * @param truncated whether the server had more
     */
    void end(long rows, boolean truncated) throws IOException;
}
