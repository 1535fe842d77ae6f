package dev.howdah.sample;

import dev.howdah.base.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the tests of servers share: a directory that the server's user reaches, and killing. */
final class Scratch {
    private Scratch() {}

    /** JUnit's temporary directories are closed to others. */
    static Path open(Path directory) {
        try {
            if (Directories.isPosix(directory)) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server of the test's own, with the programs that the shared one has unpacked. */
    static EmbeddedPostgres postgres(Path directory) {
        return postgres(directory, EmbeddedPostgres.Durability.THROWAWAY);
    }

    static EmbeddedPostgres postgres(Path directory, EmbeddedPostgres.Durability durability) {
        TestPostgres.open();
        return new EmbeddedPostgres(directory, binaries(), Binaries.ofClassPath(), durability);
    }

    static Path binaries() {
        return Path.of(System.getProperty("howdah.test.directory"))
                .toAbsolutePath()
                .resolve("binaries");
    }

    /** A machine whose user's data directory is {@code home/howdah}, with the programs unpacked already. */
    static Environment environment(Path home) {
        TestPostgres.open();
        try {
            Files.createDirectories(home.resolve("howdah"));
            Files.createSymbolicLink(home.resolve("howdah/binaries"), binaries());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Environment(Map.of("XDG_DATA_HOME", home.toString()), home, home, Environment.OperatingSystem.LINUX);
    }

    static PostmasterFile postmaster(EmbeddedPostgres postgres) {
        return PostmasterFile.read(postgres.data()).orElseThrow();
    }

    /** As {@code kill -9} does it. */
    static void kill(EmbeddedPostgres postgres) {
        ProcessHandle process = ProcessHandle.of(postmaster(postgres).pid()).orElseThrow();
        process.destroyForcibly();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** The first column of a query's rows as text. */
    static List<String> column(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> column = new ArrayList<>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        }
    }

    /** The only column of a query's only row as text. */
    static String value(Connection connection, String query) throws SQLException {
        return column(connection, query).getFirst();
    }
}
