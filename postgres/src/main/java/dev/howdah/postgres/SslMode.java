package dev.howdah.postgres;

/** libpq's {@code sslmode}: how much TLS a connection insists on. */
public enum SslMode {
    DISABLE("disable"),
    ALLOW("allow"),
    PREFER("prefer"),
    REQUIRE("require"),
    VERIFY_CA("verify-ca"),
    VERIFY_FULL("verify-full");

    private final String keyword;

    SslMode(String keyword) {
        this.keyword = keyword;
    }

    /** The value as it is written in connection strings. */
    public String keyword() {
        return keyword;
    }
}
