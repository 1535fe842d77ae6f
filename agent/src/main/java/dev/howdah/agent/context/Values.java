package dev.howdah.agent.context;

/** Which of the database's values a model may be told. */
public enum Values {
    /** None: it is told of names, types, keys, comments and labels of enums only. */
    NONE,
    /** Only where the very words of the question are stored, in the spelling in which they are stored. */
    HINTS,
    /** Rows that its tools read, common values of columns, statistics; redacted for the destination {@code model}. */
    ROWS
}
