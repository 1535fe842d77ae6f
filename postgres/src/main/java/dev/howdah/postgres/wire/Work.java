package dev.howdah.postgres.wire;

import java.io.IOException;
import java.sql.SQLException;

/** What is done in one pinned transaction, which it begins itself as part of its first round trip. */
interface Work<T> {
    /** Does it. */
    T run() throws SQLException, IOException;

    /** How many characters of ours come before the person's text in the statement that runs now. */
    int prefix();
}
