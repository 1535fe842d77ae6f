package dev.howdah.guard.review;

/** What a policy asks before a statement runs, from nothing to never. */
public enum Demand {
    /** It runs. */
    ALLOW,
    /** A person says yes. */
    CONFIRM,
    /** A person types the object's name or the verb. */
    TYPE,
    /** Somebody else approves a ticket. */
    APPROVAL,
    /** It does not run. */
    REFUSE
}
