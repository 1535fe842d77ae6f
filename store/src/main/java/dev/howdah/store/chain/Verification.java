package dev.howdah.store.chain;

import java.util.List;

/**
 * What was found out about a log.
 *
 * @param files how many files it has
 * @param records how many records are genuine
 * @param head the last genuine record: note it elsewhere
 * @param findings what is wrong or remarkable, in the order of the log; at most {@link #MOST} and a count of the rest
 */
public record Verification(int files, long records, Head head, List<Finding> findings) {
    /** More findings than these are only counted. */
    public static final int MOST = 50;

    public Verification {
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found that a crash does not explain. */
    public boolean intact() {
        return findings.stream().noneMatch(finding -> finding.kind().isTampering());
    }

    /** What can be found. */
    public enum Kind {
        /** A line does not bear the seal that its text should have, or is no record at all. */
        EDITED(true),
        /** Records are not there: deleted, or cut off. */
        MISSING(true),
        /** A record stands where it was not written. */
        REORDERED(true),
        /** A record is there twice. */
        REPEATED(true),
        /** A genuine record does not continue the one before it: the history was written twice. */
        REPLACED(true),
        /** Not one line bears a seal of this key. */
        OTHER_KEY(true),
        /** The last line has no end: a crash while it was written. */
        TORN(false),
        /** Worth knowing; no sign of tampering. */
        REMARK(false);

        private final boolean tampering;

        Kind(boolean tampering) {
            this.tampering = tampering;
        }

        /** Whether nothing but a change from outside explains it. */
        public boolean isTampering() {
            return tampering;
        }
    }

    /**
     * One finding.
     *
     * @param kind what it is
     * @param text what was found and where, one sentence
     */
    public record Finding(Kind kind, String text) {}
}
