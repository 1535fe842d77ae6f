package dev.howdah.store.sqlite;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What is wrong with a file, from what SQLite says. */
final class Damage {
    private Damage() {}

    static boolean isDamage(SQLException e) {
        return switch (code(e)) {
            case SQLITE_CORRUPT, SQLITE_NOTADB -> true;
            default -> false;
        };
    }

    /** Looks at the whole file, which takes seconds for gigabytes: only after an error. */
    static boolean isDamaged(Path file) throws SQLException {
        try (Connection connection = Connecting.readOnly(file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
            return !row.next() || !row.getString(1).equals("ok");
        } catch (SQLException e) {
            if (isDamage(e)) {
                return true;
            }
            throw e;
        }
    }

    static HowdahException explained(Path file, SQLException e) {
        return switch (code(e)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                failure(file, "another process has been writing to it for seconds", "Try again.", e);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH, SQLITE_CANTOPEN ->
                failure(
                        file,
                        "it may not be written",
                        "Permit it, name another file (history.file), or use memory (history.mode: memory).",
                        e);
            case SQLITE_FULL -> failure(file, "the disk is full", "Make room, then try again.", e);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                failure(file, "it is damaged", "Move it away; Howdah begins a new one.", e);
            default -> failure(file, String.valueOf(e.getMessage()), null, e);
        };
    }

    static HowdahException unusable(Path file, IOException e) {
        String why = e instanceof AccessDeniedException
                ? "permission denied"
                : e instanceof FileAlreadyExistsException ? "there is a file in place of a directory" : e.getMessage();
        return failure(
                file,
                String.valueOf(why),
                "Permit it, name another file (history.file), or use memory (history.mode: memory).",
                e);
    }

    private static HowdahException failure(
            Path file, String why, @org.jspecify.annotations.Nullable String hint, Exception cause) {
        return new HowdahException(ErrorCode.FILE, file + " cannot be used: " + why + ".", hint, cause);
    }

    /** The primary code; SQLite has finer ones for some. */
    private static SQLiteErrorCode code(SQLException e) {
        return e instanceof SQLiteException known
                ? SQLiteErrorCode.getErrorCode(known.getResultCode().code & 0xff)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
