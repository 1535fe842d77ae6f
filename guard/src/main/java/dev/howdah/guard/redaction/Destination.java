package dev.howdah.guard.redaction;

/** Where values go. */
public enum Destination {
    /** A language model's prompt, tools' results included. */
    MODEL,
    /** The audit log. */
    AUDIT,
    /** The application log. */
    LOG,
    /** What the server says about a failure, and its notices: they quote rows. */
    ERRORS,
    /** The window of the person who asked. */
    SCREEN,
    /** Files and pipes of the person who asked. */
    EXPORT
}
