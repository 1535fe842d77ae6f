package dev.howdah.library.settings;

import java.util.Optional;

/**
 * What the command line says about the database, in psql's words.
 *
 * @param database {@code -d}: a profile's name, a connection string or a database's name
 * @param host {@code -h}
 * @param port {@code -p}
 * @param user {@code -U}
 */
public record TargetFlags(
        Optional<String> database, Optional<String> host, Optional<String> port, Optional<String> user) {
    /** The command line says nothing. */
    public static final TargetFlags NONE =
            new TargetFlags(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Only {@code -d}. */
    public static TargetFlags database(String database) {
        return new TargetFlags(Optional.of(database), Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean nameServer() {
        return host.isPresent() || port.isPresent() || user.isPresent();
    }
}
