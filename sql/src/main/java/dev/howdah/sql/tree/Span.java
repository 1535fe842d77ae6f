package dev.howdah.sql.tree;

/**
 * A stretch of the text that was parsed, in UTF-16 offsets.
 *
 * @param start the offset of its first character
 * @param end the offset behind its last
 */
public record Span(int start, int end) {
    /** Whether all of {@code inner} lies in this span. */
    public boolean encloses(Span inner) {
        return start <= inner.start && inner.end <= end;
    }
}
