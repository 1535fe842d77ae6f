package dev.howdah.store.events;

import java.util.List;

/**
 * Histories by identifier. An event is added after those that one has seen or not at all, so that of several that decide at
 * the same moment exactly one decides. Thread-safe, and safe between processes.
 */
public interface Histories {
    /** The events of a history, the first first; none if there is no such history. */
    List<String> events(String history);

    /**
     * Adds an event after {@code seen} others; it is on the disk when this returns.
     *
     * @return whether it was added; if not, somebody else added one meanwhile
     */
    boolean add(String history, int seen, String event);

    /** The identifiers of all histories, sorted. */
    List<String> all();
}
