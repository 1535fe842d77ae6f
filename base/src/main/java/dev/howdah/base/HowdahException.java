package dev.howdah.base;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that front ends show: what failed and why ({@link #getMessage()}), what to do next ({@link #hint()}).
 * Neither part may hold a secret or a row's value. It is unchecked because nearly every call may end in one and only the
 * edge, which renders it once, can do anything about it.
 */
public class HowdahException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable String hint;

    /** An error without advice. */
    public HowdahException(ErrorCode code, String message) {
        this(code, message, null, null);
    }

    /** An error with what to do next. */
    public HowdahException(ErrorCode code, String message, @Nullable String hint) {
        this(code, message, hint, null);
    }

    /** An error with its cause; the cause goes to the log, never to the person. */
    public HowdahException(ErrorCode code, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
    }

    /** What kind of failure this is. */
    public final ErrorCode code() {
        return code;
    }

    /** What to do next, one sentence. */
    public final Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
