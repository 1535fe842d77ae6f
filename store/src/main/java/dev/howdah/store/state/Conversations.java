package dev.howdah.store.state;

import java.util.List;
import java.util.Optional;

/**
 * The conversations of one person, each with its exchanges and pins. Implementations are thread-safe; those that share a
 * file with other processes see what those have stored. Methods that take an id do nothing for a conversation that is
 * gone, because another process may have deleted it at any moment, unless they say otherwise.
 *
 * <p>Every method may throw a {@link dev.howdah.base.HowdahException} of code FILE if the store cannot be used.
 */
public interface Conversations {
    /**
     * Begins a conversation.
     *
     * @param database the profile or the address it is about, without secrets
     * @param name what to call it; may be empty, need not be unique
     */
    Conversation create(String database, String name);

    /** The one with this id, or else with an id that alone begins so, or else the newest of this name. */
    Optional<Conversation> find(String idOrName);

    /** The one about this database that was used last. */
    Optional<Conversation> latest(String database);

    /** The ones that were used last, newest first. */
    List<Conversation> list(int most);

    /** Gives it another name. */
    void rename(String id, String name);

    /** Forgets its exchanges and their summary; its name and pins stay. */
    void clear(String id);

    /** Forgets it altogether; whether it was there. */
    boolean delete(String id);

    /**
     * Stores an exchange at the conversation's end.
     *
     * @return its number; 0 if the conversation is gone
     */
    long add(String id, Exchange exchange);

    /** The last exchanges of a conversation, oldest first. */
    List<Exchange> exchanges(String id, int most);

    /** The last exchanges of all conversations, newest first. */
    List<Past> recent(int most);

    /**
     * Exchanges that have all these words in question, reading or SQL, newest first. A word matches every word that begins
     * so; case and accents do not count; without any letter or digit nothing is found.
     */
    List<Past> search(String words, int most);

    /** Pins something; once is enough. */
    void pin(String id, Pin pin);

    /** Takes a pin out; whether it was there. */
    boolean unpin(String id, Pin pin);

    /** What is pinned, in the order of pinning. */
    List<Pin> pins(String id);

    /** What stands for the older exchanges, if they have been summarised. */
    Optional<Summary> summary(String id);

    /** Has this stand for the older exchanges. */
    void summarise(String id, Summary summary);
}
