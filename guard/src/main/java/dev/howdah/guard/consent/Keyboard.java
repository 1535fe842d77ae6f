package dev.howdah.guard.consent;

/**
 * The capability to pass on what a person typed. Only front ends that persons sit at, the command line and the terminal, may
 * make one; the laws of the house see to it. Whoever holds one must only pass on what came from a keyboard: never from a
 * pipe, a model, a tool's call or data. Immutable.
 */
public final class Keyboard {
    private final String where;
    private final boolean beforehand;

    private Keyboard(String where, boolean beforehand) {
        this.where = where;
        this.beforehand = beforehand;
    }

    /**
     * A person types there now.
     *
     * @param where the front end, for the record: {@code cli}, {@code terminal}
     */
    public static Keyboard of(String where) {
        return new Keyboard(where, false);
    }

    /**
     * A person said yes beforehand, with a flag such as {@code --yes}. It answers what asks to be confirmed and nothing
     * stricter.
     *
     * @param where the front end and its flag, for the record
     */
    public static Keyboard flag(String where) {
        return new Keyboard(where, true);
    }

    /** The front end. */
    String where() {
        return where;
    }

    /** Whether nobody sees what is asked. */
    boolean isBeforehand() {
        return beforehand;
    }
}
