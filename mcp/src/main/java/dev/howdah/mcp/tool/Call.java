package dev.howdah.mcp.tool;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import dev.howdah.library.Howdah;
import java.util.List;
import java.util.Optional;

/** What a tool is given besides its arguments: the database, and the client at the other end. */
public interface Call {
    /**
     * The database; the first call waits until there is a connection.
     *
     * @throws dev.howdah.base.HowdahException if there is none to be had
     */
    Howdah howdah();

    /** The gate, which records that this client came through it. */
    Guard guard();

    /** The client's wish to stop. */
    Cancellation cancellation();

    /** Tells a client that asked for it what takes long; at most a few words, without row values. */
    void progress(String doing);

    /**
     * Lets the person at the client's end choose, where the client can ask. Only to clarify what was meant: what comes back
     * went through the client and never counts as consent.
     */
    Optional<String> choose(String ask, List<String> choices);
}
