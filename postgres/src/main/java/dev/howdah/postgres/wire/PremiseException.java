package dev.howdah.postgres.wire;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;

/** A {@link Premise} does not hold: what a statement touches was changed since it was reviewed. Nothing was run. */
public final class PremiseException extends HowdahException {
    private static final long serialVersionUID = 1L;

    PremiseException(Throwable cause) {
        super(
                ErrorCode.UNRESOLVED,
                "What the statement touches has changed since it was reviewed. Nothing was run.",
                "Run it again.",
                cause);
    }
}
