package dev.howdah.agent.model;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model call without an answer. */
public final class ModelException extends HowdahException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final transient @Nullable Duration retryAfter;

    /** What went wrong, which decides whether to try again. */
    public enum Fault {
        /** The key is missing, wrong or lacks a right. */
        AUTHENTICATION(false),
        /** The account has nothing left to spend. */
        QUOTA(false),
        /** The server knows no such model, or no such path. */
        NOT_FOUND(false),
        /** The prompt is longer than the model reads. */
        TOO_LONG(false),
        /** The server refuses the request for another reason. */
        BAD_REQUEST(false),
        /** Nothing listens there, the name is unknown, or TLS fails. */
        UNREACHABLE(false),
        /** What answered is no model server. */
        NO_MODEL_SERVER(false),
        /** Too many requests for now. */
        BUSY(true),
        /** The server failed. */
        SERVER(true),
        /** The connection broke. */
        BROKEN(true),
        /** Nothing came for too long. */
        STALLED(true),
        /** The answer ended before it was whole. */
        CUT(true),
        /** The server has failed again and again and is left alone for a while. */
        RESTING(false);

        private final boolean passing;

        Fault(boolean passing) {
            this.passing = passing;
        }

        /** Whether the same call may well succeed in a moment. */
        public boolean isPassing() {
            return passing;
        }
    }

    ModelException(Fault fault, String message, @Nullable String hint) {
        this(fault, message, hint, null, null);
    }

    ModelException(
            Fault fault,
            String message,
            @Nullable String hint,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(ErrorCode.MODEL, message, hint, cause);
        this.fault = fault;
        this.retryAfter = retryAfter;
    }

    /** What went wrong. */
    public Fault fault() {
        return fault;
    }

    /** How long the server asks to be left alone. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
