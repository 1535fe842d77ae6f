package dev.howdah.sql;

import dev.howdah.sql.tree.Span;
import dev.howdah.sql.tree.SyntaxTree;

/**
 * One statement of a script. Immutable.
 *
 * @param text exactly what stands between its first and its last token, without a semicolon or comments around it
 * @param start where that begins in the script: a 0-based UTF-16 offset
 * @param end where it ends
 * @param kind its kind
 * @param tree what it consists of; spans in it are offsets into the script
 */
public record Statement(String text, int start, int end, StatementKind kind, SyntaxTree tree) {
    /** The text of a part of this statement. */
    public String text(Span span) {
        return text.substring(span.start() - start, span.end() - start);
    }
}
