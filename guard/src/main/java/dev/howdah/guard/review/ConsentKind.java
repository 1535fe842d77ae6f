package dev.howdah.guard.review;

/** How a person says yes. */
public sealed interface ConsentKind {
    /** By answering yes. */
    record Confirm() implements ConsentKind {}

    /**
     * By typing this.
     *
     * @param what the name of what is changed, or the statement's verb
     */
    record Type(String what) implements ConsentKind {}

    /** By approving a ticket, which somebody else does. */
    record Approval() implements ConsentKind {}
}
