package dev.howdah.guard.review;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import org.jspecify.annotations.Nullable;

/** A name in a statement that means nothing in this database, and where it stands. */
public final class UnresolvedException extends HowdahException {
    private static final long serialVersionUID = 1L;

    private final int position;

    UnresolvedException(String message, @Nullable String hint, int position) {
        super(ErrorCode.UNRESOLVED, message, hint);
        this.position = position;
    }

    /** Where the name starts in the text that was reviewed, in characters from 0. */
    public int position() {
        return position;
    }
}
