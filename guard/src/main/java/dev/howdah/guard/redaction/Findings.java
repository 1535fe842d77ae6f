package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Collects what the scanners find; what was found or ruled out first keeps its place. One text, one thread. */
final class Findings {
    private final List<Finding> found = new ArrayList<>(2);
    private final BitSet taken = new BitSet();
    private long work;

    /** Whether no part of this is taken. */
    boolean isFree(int start, int end) {
        int next = taken.nextSetBit(start);
        return next < 0 || next >= end;
    }

    boolean add(int start, int end, Kind kind) {
        if (start >= end || !isFree(start, end)) {
            return false;
        }
        taken.set(start, end);
        found.add(new Finding(start, end, kind));
        return true;
    }

    /** Nothing sensitive is here, whatever it looks like. */
    void ruleOut(int start, int end) {
        taken.set(start, end);
    }

    /** Counts characters that were looked at, so that a test can show that no text makes it more than linear. */
    void worked(long characters) {
        work += characters;
    }

    long work() {
        return work;
    }

    /** In the order of the text. */
    List<Finding> sorted() {
        found.sort(Comparator.comparingInt(Finding::start));
        return List.copyOf(found);
    }
}
