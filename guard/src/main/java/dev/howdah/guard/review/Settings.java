package dev.howdah.guard.review;

import java.util.Arrays;
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

    /** Words in the names of settings that people made up, such as {@code app.jwt_secret}. */
    private static final Set<String> WORDS =
            Set.of("password", "passwd", "secret", "token", "apikey", "key", "credential", "credentials", "passphrase");

    /** Those of the server's own that may hold secrets or commands with secrets in them. */
    static Set<String> secrets() {
        return SECRET;
    }

    static boolean isSecret(String setting) {
        String name = setting.toLowerCase(Locale.ROOT);
        return SECRET.contains(name)
                || (name.indexOf('.') >= 0
                        && Arrays.stream(name.split("[^a-z0-9]+", -1)).anyMatch(WORDS::contains));
    }
}
