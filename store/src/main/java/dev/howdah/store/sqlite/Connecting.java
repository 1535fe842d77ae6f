package dev.howdah.store.sqlite;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/** Opens SQLite files. Not through DriverManager, which would look for every driver there is. */
final class Connecting {
    private Connecting() {}

    static Connection to(Path file, int busyMillis) throws SQLException {
        return connect(file, config(busyMillis));
    }

    /** To look at a file that may be damaged. */
    static Connection readOnly(Path file) throws SQLException {
        SQLiteConfig config = config(0);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.enforceForeignKeys(false);
        return connect(file, config);
    }

    private static SQLiteConfig config(int busyMillis) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(busyMillis);
        // With a write-ahead log that survives the end of the process; FULL would wait for the disk at each question.
        config.setSynchronous(SynchronousMode.NORMAL);
        config.enforceForeignKeys(true);
        return config;
    }

    private static Connection connect(Path file, SQLiteConfig config) throws SQLException {
        try {
            return JDBC.createConnection(JDBC.PREFIX + file, config.toProperties());
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw notThere(e);
        } catch (SQLException e) {
            if (e.getCause() instanceof UnsatisfiedLinkError
                    || String.valueOf(e.getMessage()).contains("native library")) {
                throw notThere(e);
            }
            throw e;
        }
    }

    private static HowdahException notThere(Throwable e) {
        return new HowdahException(
                ErrorCode.FILE,
                "SQLite's native library cannot be loaded here: " + e.getMessage() + ".",
                "Name a directory it may be unpacked to (HOWDAH_JAVA_OPTS=-Djava.io.tmpdir=…), or keep the history in"
                        + " memory (history.mode: memory).",
                e);
    }
}
