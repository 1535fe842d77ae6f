package dev.howdah.question;

/** What was read does not fit the tables that were tried; the message says why. Control flow inside one question only. */
final class Unresolved extends Exception {
    private static final long serialVersionUID = 1L;

    Unresolved(String message) {
        super(message, null, false, false);
    }
}
