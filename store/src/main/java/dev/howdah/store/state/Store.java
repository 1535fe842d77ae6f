package dev.howdah.store.state;

/** What Howdah remembers of a person's work, in one place. Thread-safe. */
public interface Store extends AutoCloseable {
    /** The conversations. */
    Conversations conversations();

    /** What the person likes. */
    Preferences preferences();

    /** What models did wrong. */
    Mistakes mistakes();

    /** What was used. */
    Counters counters();

    /** Where it is kept, in words for a person: a file's path, or that it ends with the program. */
    String place();

    @Override
    void close();
}
