package dev.howdah.sql;

import dev.howdah.sql.internal.KeywordTable;
import dev.howdah.sql.internal.Kind;
import org.jspecify.annotations.Nullable;

/** The keywords of PostgreSQL 18. Words may be given in any case. */
public final class Keywords {
    private Keywords() {}

    /** Whether the word is a keyword of any kind. */
    public static boolean isKeyword(String word) {
        return find(word) != null;
    }

    /** Whether it can be no name at all without quotes. */
    public static boolean isReserved(String word) {
        Kind kind = find(word);
        return kind != null && kind.category() == Kind.Category.RESERVED;
    }

    /** Whether it can name a column, a table or an alias without quotes. */
    public static boolean isColumnName(String word) {
        Kind kind = find(word);
        return kind == null
                || kind.category() == Kind.Category.UNRESERVED
                || kind.category() == Kind.Category.COLUMN_NAME;
    }

    /** Whether it can name a function or a type without quotes. */
    public static boolean isTypeOrFunctionName(String word) {
        Kind kind = find(word);
        return kind == null
                || kind.category() == Kind.Category.UNRESERVED
                || kind.category() == Kind.Category.TYPE_OR_FUNCTION_NAME;
    }

    /** Whether it can label an output column without AS. */
    public static boolean isBareLabel(String word) {
        Kind kind = find(word);
        return kind == null || kind.isBareLabel();
    }

    static @Nullable Kind find(String word) {
        return KeywordTable.find(word, 0, word.length());
    }
}
