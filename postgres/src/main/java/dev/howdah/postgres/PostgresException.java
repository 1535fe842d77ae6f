package dev.howdah.postgres;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failure of the server or of the way to it, with what the server said if it said something. */
public final class PostgresException extends HowdahException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable ServerError serverError;

    /** A failure as the translator words it; the cause goes to the log. */
    public PostgresException(
            ErrorCode code,
            String message,
            @Nullable String hint,
            @Nullable ServerError serverError,
            @Nullable Throwable cause) {
        super(code, message, hint, cause);
        this.serverError = serverError;
    }

    /** What the server said; empty if it could not say anything. */
    public Optional<ServerError> serverError() {
        return Optional.ofNullable(serverError);
    }
}
