package dev.howdah.guard.audit;

import java.util.Locale;

/** What a record is about. {@code docs/audit.md} has them with their fields. */
public enum AuditEvent {
    /** A program opened a database: who, where, under which profile. */
    OPENED,
    /** The settings differ from those that were recorded last. */
    CONFIGURATION,
    /** A question was asked and not answered with a statement. */
    DECLINED,
    /** A statement was judged and may run, at once or after consent. */
    REVIEW,
    /** A statement was judged and may not run, or was not understood. */
    REFUSAL,
    /** A person consented, or declined to. */
    CONSENT,
    /** A statement is about to run. */
    EXECUTION,
    /** A statement is about to run whose whole result leaves for a file or a program. */
    EXPORT,
    /** A statement has run, or failed. */
    OUTCOME,
    /** A person went over to another profile. */
    PROFILE,
    /** Records could not be sent to where copies are kept, or can again. */
    COPIES;

    /** The word for it in records. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
