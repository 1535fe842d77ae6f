package dev.howdah.guard.journal;

/** What an undo does about rows that somebody has changed since. */
public enum Choice {
    /** It does nothing at all and says which tables have such rows. */
    STOP,
    /** It leaves those rows as they are now and puts the others back. */
    SKIP,
    /** It puts them back, too, and what was done to them since is lost; only where a primary key tells which row is which. */
    OVERWRITE
}
