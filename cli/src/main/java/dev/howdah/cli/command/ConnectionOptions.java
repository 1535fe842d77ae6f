package dev.howdah.cli.command;

import dev.howdah.library.settings.TargetFlags;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which database, and how long to wait for it; psql's letters. */
final class ConnectionOptions {
    @Option(
            names = {"-d", "--database"},
            paramLabel = "NAME|URL",
            description = "A profile's name, a connection URL, or a database's name.")
    private @Nullable String database;

    @Option(
            names = {"-h", "--host"},
            paramLabel = "HOST",
            description = "The server's host.")
    private @Nullable String host;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The server's port.")
    private @Nullable String port;

    @Option(
            names = {"-U", "--username"},
            paramLabel = "USER",
            description = "The role to connect as.")
    private @Nullable String user;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long a read may take to its first row: 30s, 2m.")
    private @Nullable String timeout;

    @Option(names = "--read-only", description = "Refuse everything but reads, whatever the profile permits.")
    private boolean readOnly;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "The policy's level: readOnly, balanced or permissive. Cannot loosen a locked or production"
                    + " profile.")
    private @Nullable String level;

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    /** The same options with that database. */
    ConnectionOptions of(String other) {
        ConnectionOptions options = new ConnectionOptions();
        options.database = other;
        options.timeout = timeout;
        options.readOnly = readOnly;
        options.level = level;
        options.settings = settings;
        return options;
    }

    /** Which database was asked for. */
    TargetFlags target() {
        return new TargetFlags(
                Optional.ofNullable(database),
                Optional.ofNullable(host),
                Optional.ofNullable(port),
                Optional.ofNullable(user));
    }

    /** Whether a time limit was asked for here and now. */
    boolean timed() {
        return timeout != null;
    }

    /** The options that are settings too. */
    Map<String, String> flags() {
        Map<String, String> flags = settings.flags();
        if (timeout != null) {
            flags.put("timeout", timeout);
        }
        if (readOnly) {
            flags.put("read-only", "true");
        }
        if (level != null) {
            flags.put("level", level);
        }
        return flags;
    }
}
