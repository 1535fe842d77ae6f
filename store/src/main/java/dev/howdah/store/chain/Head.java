package dev.howdah.store.chain;

import java.util.Optional;

/**
 * The end of a chain: whoever noted it elsewhere can tell later whether everything up to it is still there.
 *
 * @param sequence the last record's number; 0 before the first
 * @param seal the last record's seal, 64 hexadecimal digits
 */
public record Head(long sequence, String seal) {
    /** What comes before the first record. */
    public static final Head START = new Head(0, "0".repeat(Seals.LENGTH));

    /** The head that {@link #toString()} wrote; empty if the text is none. */
    public static Optional<Head> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon > 18 || text.length() - colon - 1 != Seals.LENGTH) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (i != colon && (i < colon ? !Seals.isDigit(text.charAt(i)) : !Seals.isHex(text.charAt(i)))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Head(Long.parseLong(text, 0, colon, 10), text.substring(colon + 1)));
    }

    /** {@code 17:9f86…}: to be noted elsewhere. */
    @Override
    public String toString() {
        return sequence + ":" + seal;
    }
}
