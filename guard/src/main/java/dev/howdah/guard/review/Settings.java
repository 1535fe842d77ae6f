package dev.howdah.guard.review;

import java.util.Locale;
import java.util.Set;

/** Settings of the server that may hold secrets or commands. */
final class Settings {
    private static final Set<String> SECRET = Set.of(
            "all",
            "archive_command",
            "archive_cleanup_command",
            "primary_conninfo",
            "recovery_end_command",
            "restore_command",
            "ssl_passphrase_command",
            "krb_server_keyfile");

    private Settings() {}

    static boolean isSecret(String setting) {
        return SECRET.contains(setting.toLowerCase(Locale.ROOT));
    }
}
