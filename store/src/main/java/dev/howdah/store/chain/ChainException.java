package dev.howdah.store.chain;

import java.io.IOException;

/** The log is there and can be read, and yet must not be continued. The message says why in a sentence. */
public final class ChainException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    ChainException(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    /** What to do about it, one sentence. */
    public String advice() {
        return advice;
    }
}
