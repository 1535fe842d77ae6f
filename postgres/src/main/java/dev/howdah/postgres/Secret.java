package dev.howdah.postgres;

/**
 * A password, kept apart from ordinary strings so that no log, error or record's {@code toString} can show it.
 * Immutable and thread-safe.
 */
public final class Secret {
    private final String value;

    /** Keeps this value. */
    public Secret(String value) {
        this.value = value;
    }

    /** The value itself, for the one place that must send it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
