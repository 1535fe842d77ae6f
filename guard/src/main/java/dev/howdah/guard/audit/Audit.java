package dev.howdah.guard.audit;

/** Where records go. Thread-safe. */
public interface Audit extends AutoCloseable {
    /**
     * Records what is about to happen, or has happened. When it returns, the record is with the operating system; on the
     * disk, if the entry asks for it or everything has to be.
     *
     * @return the record's number; 0 if nothing is recorded
     * @throws dev.howdah.base.HowdahException of code AUDIT if it cannot be recorded: then it must not happen
     */
    long record(AuditEntry entry);

    /** Everything is on the disk when this returns. */
    @Override
    void close();

    /** Records nothing. */
    static Audit off() {
        return new Audit() {
            @Override
            public long record(AuditEntry entry) {
                return 0;
            }

            @Override
            public void close() {}
        };
    }
}
