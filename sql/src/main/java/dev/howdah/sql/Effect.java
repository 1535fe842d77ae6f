package dev.howdah.sql;

/** What a statement does, from the harmless to the unknown; the order is the order of caution. */
public enum Effect {
    /** It reads. Functions it calls may still do anything: see {@link Mentions}. */
    READ,
    /** It changes or locks rows. */
    WRITE,
    /** It creates, changes or drops objects. */
    DEFINE,
    /** It changes the server, the session, the transaction or who may do what. */
    ADMINISTER,
    /** It cannot be told from the statement: code, a file, or a prepared statement decides. */
    UNKNOWN;

    /** The more cautious of both. */
    public Effect atLeast(Effect other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
