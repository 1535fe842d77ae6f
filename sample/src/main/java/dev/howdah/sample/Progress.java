package dev.howdah.sample;

/** Hears how far a step is that may take a second or more, so that a person sees why they wait. */
@FunctionalInterface
public interface Progress {
    /** For callers that show nothing. */
    Progress NONE = (step, fraction) -> {};

    /**
     * Called often, on the thread that works; must return fast.
     *
     * @param step what is being done, such as "unpacking PostgreSQL 17.11"
     * @param fraction how much of this step is done, 0 to 1
     */
    void report(String step, double fraction);
}
