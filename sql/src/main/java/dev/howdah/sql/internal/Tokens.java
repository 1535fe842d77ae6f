package dev.howdah.sql.internal;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a text in parallel arrays, ended by END_OF_INPUT. Arrays instead of objects, because a script may have
 * hundreds of thousands of tokens and most are looked at once.
 */
final class Tokens {
    final String source;
    Kind[] kinds;
    int[] starts;
    int[] ends;
    /** An identifier's folded name, a string's value, a number's digits, an operator's symbol; null for the rest. */
    @Nullable
    String[] values;

    int count;

    /** Where the identifiers are that PostgreSQL cuts; there are hardly ever any. */
    private final BitSet truncated = new BitSet(0);

    /** For an opening parenthesis the first token after it that is not another one; else meaningless. */
    private int[] afterParentheses = new int[0];

    Tokens(String source) {
        this.source = source;
        int expected = Math.max(16, source.length() / 4);
        this.kinds = new Kind[expected];
        this.starts = new int[expected];
        this.ends = new int[expected];
        this.values = new @Nullable String[expected];
    }

    void add(Kind kind, int start, int end, @Nullable String value) {
        if (count == kinds.length) {
            int larger = count * 2;
            kinds = Arrays.copyOf(kinds, larger);
            starts = Arrays.copyOf(starts, larger);
            ends = Arrays.copyOf(ends, larger);
            values = Arrays.copyOf(values, larger);
        }
        kinds[count] = kind;
        starts[count] = start;
        ends[count] = end;
        values[count] = value;
        count++;
    }

    /** Adds an identifier, cut as PostgreSQL does. */
    void addName(int start, int end, String name) {
        String kept = Lexer.truncate(name);
        if (kept.length() < name.length()) {
            truncated.set(count);
        }
        add(Kind.IDENTIFIER, start, end, kept);
    }

    /** Forgets the tokens that start at an offset or behind it. */
    void cutAt(int offset) {
        while (count > 0 && starts[count - 1] >= offset) {
            count--;
        }
    }

    boolean isTruncated(int token) {
        return truncated.get(token);
    }

    int afterParentheses(int token) {
        return afterParentheses[token];
    }

    /** Ends the list, and gives the words whose meaning the next one decides the kind that PostgreSQL's parser gives them. */
    void finish() {
        add(Kind.END_OF_INPUT, source.length(), source.length(), null);
        afterParentheses = new int[count];
        for (int i = count - 2; i >= 0; i--) {
            Kind next = kinds[i + 1];
            switch (kinds[i]) {
                case OPEN_PARENTHESIS ->
                    afterParentheses[i] = next == Kind.OPEN_PARENTHESIS ? afterParentheses[i + 1] : i + 1;
                case FORMAT -> become(i, Kind.FORMAT_JSON, next == Kind.JSON);
                case NULLS -> become(i, Kind.NULLS_ORDER, next == Kind.FIRST || next == Kind.LAST);
                case WITH -> become(i, Kind.WITH_TIME_OR_ORDINALITY, next == Kind.TIME || next == Kind.ORDINALITY);
                case WITHOUT -> become(i, Kind.WITHOUT_TIME, next == Kind.TIME);
                case NOT ->
                    become(
                            i,
                            Kind.NOT_INFIX,
                            next == Kind.BETWEEN
                                    || next == Kind.IN
                                    || next == Kind.LIKE
                                    || next == Kind.ILIKE
                                    || next == Kind.SIMILAR);
                default -> {}
            }
        }
    }

    private void become(int token, Kind kind, boolean when) {
        if (when) {
            kinds[token] = kind;
        }
    }
}
