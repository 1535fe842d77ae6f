package dev.howdah.store.chain;

import dev.howdah.store.chain.Verification.Finding;
import dev.howdah.store.chain.Verification.Kind;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks a log from its oldest record to its newest and says what does not fit. Reads the files as they are when it begins,
 * so a log that is being written to can be verified, too. For one verification; not thread-safe.
 */
public final class ChainVerifier {
    private static final String DELETED = "\"event\":\"records_deleted\"";

    private final ChainFiles files;
    private final ChainKey key;
    private final Optional<Head> expected;
    private final List<Finding> findings = new ArrayList<>();
    private long unlisted;
    private boolean unlistedTampering;

    private long lines;
    private long genuine;
    /** Where the walk is: the last record in its place, or what an edited one there claims. */
    private Head head = Head.START;
    /** The last genuine record in its place. */
    private Head last = Head.START;

    private boolean begun;
    /** First and last number of records that were not where they should be. */
    private final Map<Long, Long> gaps = new LinkedHashMap<>();
    /** Heads that the log's own records say were deleted by retention. */
    private final List<Head> deleted = new ArrayList<>();
    /** What the oldest record there is continues. */
    private Head oldest = Head.START;

    private final List<Head> wanted = new ArrayList<>();
    private final List<Head> met = new ArrayList<>();

    private ChainVerifier(ChainFiles files, ChainKey key, Optional<Head> expected) {
        this.files = files;
        this.key = key;
        this.expected = expected;
    }

    /**
     * Verifies a log.
     *
     * @param key what it was sealed with
     * @param expected a head that was noted earlier, which must still be a part of the log
     */
    public static Verification verify(ChainFiles files, ChainKey key, Optional<Head> expected) throws IOException {
        return new ChainVerifier(files, key, expected).verify();
    }

    private Verification verify() throws IOException {
        HeadNote.Reading note = note();
        if (note instanceof HeadNote.Reading.Noted(Head noted)) {
            wanted.add(noted);
        }
        expected.ifPresent(wanted::add);
        Map<Path, Long> snapshot = snapshot();
        int left = snapshot.size();
        for (Map.Entry<Path, Long> file : snapshot.entrySet()) {
            boolean newest = --left == 0;
            String name = String.valueOf(file.getKey().getFileName());
            long[] number = {0};
            ChainReader.lines(file.getKey(), file.getValue(), (bytes, length, whole) -> {
                line(bytes, length, whole, newest, name + ":" + ++number[0]);
                return true;
            });
        }
        conclude(note);
        if (unlisted > 0) {
            findings.add(new Finding(
                    unlistedTampering ? Kind.EDITED : Kind.REMARK, String.format("and %,d findings more", unlisted)));
        }
        return new Verification(snapshot.size(), genuine, last, findings);
    }

    /** Written by others without waiting for us: what looks unreadable may be half of two notes. */
    private HeadNote.Reading note() throws IOException {
        HeadNote.Reading reading = HeadNote.read(files, key);
        for (int attempt = 0; attempt < 5 && reading instanceof HeadNote.Reading.Unreadable; attempt++) {
            reading = HeadNote.read(files, key);
        }
        return reading;
    }

    /** The files and how long they are, taken while nobody writes. A copy of a log has no lock and needs none. */
    private Map<Path, Long> snapshot() throws IOException {
        if (!Files.isWritable(files.lock())) {
            return sizes();
        }
        try (Locks locks = new Locks(files, Duration.ofSeconds(10));
                FileLock lock = locks.hold(Locks.WRITING)) {
            return lock.isValid() ? sizes() : Map.of();
        }
    }

    private Map<Path, Long> sizes() throws IOException {
        Map<Path, Long> sizes = new LinkedHashMap<>();
        for (Path path : files.all()) {
            sizes.put(path, Files.size(path));
        }
        return sizes;
    }

    private void line(byte[] bytes, int length, boolean whole, boolean lastFile, String place) {
        lines++;
        ChainLine line = whole ? ChainLine.parse(bytes, 0, length, key) : null;
        if (!whole && lastFile) {
            found(
                    Kind.TORN,
                    "The last line (%s, %,d bytes) has no end: a crash while it was written.".formatted(place, length));
        } else if (line == null) {
            found(Kind.EDITED, place + " is no record.");
        } else if (!line.genuine()) {
            found(Kind.EDITED, "Record %d (%s) was changed after it was written.".formatted(line.sequence(), place));
            if (line.sequence() == head.sequence() + 1) {
                // It stands where it belongs; whether the next continues it can still be told.
                head = line.head();
                begun = true;
            }
        } else {
            genuine++;
            place(line, place);
            learn(bytes, length);
        }
    }

    private void place(ChainLine line, String place) {
        for (Head head : wanted) {
            if (head.equals(line.head())) {
                met.add(head);
            }
        }
        if (!begun) {
            begun = true;
            oldest = new Head(line.sequence() - 1, line.previous());
        } else if (line.sequence() <= head.sequence()) {
            if (takeFromGap(line.sequence())) {
                found(
                        Kind.REORDERED,
                        "Record %d (%s) stands after record %d.".formatted(line.sequence(), place, head.sequence()));
            } else {
                found(Kind.REPEATED, "Record %d (%s) is there again.".formatted(line.sequence(), place));
            }
            return;
        } else if (line.sequence() > head.sequence() + 1) {
            gaps.put(head.sequence() + 1, line.sequence() - 1);
        } else if (!line.previous().equals(head.seal())) {
            found(
                    Kind.REPLACED,
                    "Record %d (%s) continues another record %d than the one that is there."
                            .formatted(line.sequence(), place, head.sequence()));
        }
        head = line.head();
        last = head;
    }

    /** Whether the record was missing until now. */
    private boolean takeFromGap(long sequence) {
        for (Map.Entry<Long, Long> gap : List.copyOf(gaps.entrySet())) {
            long first = gap.getKey();
            long to = gap.getValue();
            if (first <= sequence && sequence <= to) {
                gaps.remove(first);
                if (first < sequence) {
                    gaps.put(first, sequence - 1);
                }
                if (sequence < to) {
                    gaps.put(sequence + 1, to);
                }
                return true;
            }
        }
        return false;
    }

    /** What retention deleted it recorded before. */
    private void learn(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        if (text.contains(DELETED)) {
            Head.parse(number(text, "\"last\":") + ":" + word(text, "\"head\":\""))
                    .ifPresent(deleted::add);
        }
    }

    private static String number(String text, String name) {
        int from = text.indexOf(name) + name.length();
        int to = from;
        while (to < text.length() && Seals.isDigit(text.charAt(to))) {
            to++;
        }
        return text.substring(from, to);
    }

    private static String word(String text, String name) {
        int from = text.indexOf(name) + name.length();
        int to = text.indexOf('"', from);
        return to < 0 ? "" : text.substring(from, to);
    }

    private void conclude(HeadNote.Reading note) {
        if (lines > 0 && genuine == 0 && findings.stream().allMatch(f -> f.kind() == Kind.EDITED)) {
            findings.clear();
            found(
                    Kind.OTHER_KEY,
                    "No record bears a seal of this key: it is another log's key, or every record was changed.");
            return;
        }
        if (!oldest.equals(Head.START) && !deleted.contains(oldest)) {
            found(Kind.MISSING, missing(1, oldest.sequence()) + " at the beginning.");
        }
        gaps.forEach((first, last) -> found(Kind.MISSING, missing(first, last) + "."));
        switch (note) {
            case HeadNote.Reading.Noted(Head noted) -> require(noted, "the note of the head (" + files.note() + ")");
            case HeadNote.Reading.Unreadable() ->
                found(Kind.EDITED, files.note() + " is no note of a head that this key wrote.");
            case HeadNote.Reading.Nothing() -> {
                if (lines > 0 && expected.isEmpty()) {
                    found(
                            Kind.REMARK,
                            files.note()
                                    + " is not there: without it and without --head nobody can tell whether records"
                                    + " are missing at the end.");
                }
            }
        }
        expected.ifPresent(given -> require(given, "the head that was given"));
    }

    private void require(Head wantedHead, String source) {
        if (met.contains(wantedHead) || deleted.contains(wantedHead) || wantedHead.equals(Head.START)) {
            return;
        }
        if (wantedHead.sequence() > head.sequence()) {
            found(
                    Kind.MISSING,
                    missing(head.sequence() + 1, wantedHead.sequence()) + " at the end, says " + source + ".");
        } else if (wantedHead.sequence() <= oldest.sequence()) {
            found(
                    Kind.REMARK,
                    "Record " + wantedHead.sequence() + ", which " + source
                            + " names, was deleted by retention; it cannot be compared.");
        } else {
            found(Kind.REPLACED, "Record " + wantedHead.sequence() + " is not the one that " + source + " names.");
        }
    }

    private static String missing(long first, long last) {
        return first == last ? "Record " + first + " is missing" : "Records " + first + " to " + last + " are missing";
    }

    private void found(Kind kind, String text) {
        if (findings.size() < Verification.MOST) {
            findings.add(new Finding(kind, text));
        } else {
            unlisted++;
            unlistedTampering |= kind.isTampering();
        }
    }
}
