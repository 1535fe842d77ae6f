package dev.howdah.guard.review;

/** Who hands in a statement. */
public enum Client {
    /** A person, at a keyboard or through a program of their own. */
    PERSON,
    /** Another program's model, through MCP: every rule is one step stricter. */
    MCP
}
