package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.Kind;
import java.util.List;

/** Redacts a text that comes line by line; remembers whether it is within a private key. One text, one thread. */
public final class LineRedactor {
    private static final String END = "-----END ";

    private final Redactor redactor;
    private boolean withinKey;

    /** Lines of one text. */
    public LineRedactor(Redactor redactor) {
        this.redactor = redactor;
    }

    /** The next line; a line within a private key is empty. */
    public Redacted line(String line) {
        if (redactor.mode() == Mode.OFF) {
            return redactor.text(line);
        }
        String rest = line;
        if (withinKey) {
            int end = line.indexOf(END);
            int close = end < 0 ? -1 : line.indexOf("-----", end + END.length());
            if (close < 0) {
                return new Redacted("", List.of());
            }
            withinKey = false;
            rest = line.substring(close + "-----".length());
        }
        Redacted redacted = redactor.text(rest);
        List<Finding> findings =
                redacted.kinds().contains(Kind.PRIVATE_KEY) ? Detector.find(rest, Detector.Context.NONE) : List.of();
        for (Finding finding : findings) {
            boolean open = finding.kind() == Kind.PRIVATE_KEY && finding.end() == rest.length();
            withinKey |= open && rest.indexOf(END, finding.start()) < 0;
        }
        return redacted;
    }
}
