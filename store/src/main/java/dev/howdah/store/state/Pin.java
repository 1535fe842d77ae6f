package dev.howdah.store.state;

/**
 * What a person wants to be known throughout a conversation.
 *
 * @param kind what it is
 * @param text a table's name, the note itself, or the number of the exchange whose result it is
 */
public record Pin(Kind kind, String text) {
    /** What can be pinned. */
    public enum Kind {
        /** A relation that belongs into the context whatever is asked. */
        TABLE,
        /** Something the person says about the data: units, meanings, rules. */
        NOTE,
        /** An exchange whose question and SQL stay in the context however long ago it was. */
        RESULT
    }
}
