package dev.howdah.mcp.protocol;

import dev.howdah.base.Cancellation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that are being answered, by session and request id, so that {@code notifications/cancelled} reaches the
 * running statement: the SDK ignores it, and its handlers do not see the id (seen in 2.1.0). Thread-safe.
 */
public final class InFlight {
    /** Under which a call finds its own {@link Cancellation} in the transport's context. */
    public static final String CANCELLATION = "dev.howdah.cancellation";

    private final Map<Key, Cancellation> calls = new ConcurrentHashMap<>();

    private record Key(String session, Object id) {}

    /** A request arrived. One with an id that is in flight already takes its place. */
    public Cancellation begin(String session, Object id) {
        Cancellation cancellation = new Cancellation();
        calls.put(new Key(session, id), cancellation);
        return cancellation;
    }

    /** The request was answered. */
    public void end(String session, Object id, Cancellation cancellation) {
        calls.remove(new Key(session, id), cancellation);
    }

    /** The client wants the answer no more. Ids that are not in flight are nobody's: the answer crossed the wish. */
    public void cancel(String session, Object id) {
        Cancellation cancellation = calls.get(new Key(session, id));
        if (cancellation != null) {
            cancellation.cancel();
        }
    }

    /** Whether the client wants no answer to this request. */
    public boolean isCancelled(String session, Object id) {
        Cancellation cancellation = calls.get(new Key(session, id));
        return cancellation != null && cancellation.isCancelled();
    }

    /** Nobody waits for this session's answers any more. */
    public void cancelAll(String session) {
        calls.forEach((key, cancellation) -> {
            if (key.session().equals(session)) {
                cancellation.cancel();
            }
        });
    }

    /** Nobody waits for any answer any more. */
    public void cancelAll() {
        List.copyOf(calls.values()).forEach(Cancellation::cancel);
    }

    /** How many requests are being answered. */
    public int size() {
        return calls.size();
    }
}
