package dev.howdah.base;

/**
 * What kind of failure an error is. The code decides the exit code of a command, and later the HTTP status and the MCP
 * error, so that each front end need not judge for itself.
 */
public enum ErrorCode {
    /** The command line, a setting or an argument is wrong. */
    USAGE(2),
    /** A configuration file or variable is wrong; the program does not start with it. */
    CONFIGURATION(2),
    /** The text is not SQL that Howdah understands. */
    SYNTAX(1),
    /** A name in the text means nothing in this database. */
    UNRESOLVED(1),
    /** The question was not understood completely. */
    DECLINED(3),
    /** The question has several readings; a person has to choose. */
    CLARIFICATION(3),
    /** Policy forbids it. */
    REFUSED(4),
    /** A person has to consent first. */
    CONSENT_NEEDED(5),
    /** No connection: unreachable, refused, wrong password, missing database, TLS. */
    NO_CONNECTION(6),
    /** The server reported an error while running a statement. */
    SERVER(1),
    /** A time limit passed. */
    TIMEOUT(1),
    /** A limit of rows, bytes, length or nesting was passed. */
    LIMIT(1),
    /** A person stopped it. */
    CANCELLED(130),
    /** A language model gave no answer. */
    MODEL(1),
    /** A file could not be read or written. */
    FILE(1),
    /** It could not be recorded, so it was not done. */
    AUDIT(1),
    /** A defect in Howdah. */
    INTERNAL(1);

    private final int exitCode;

    ErrorCode(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code of a command that ends with this error. */
    public int exitCode() {
        return exitCode;
    }
}
