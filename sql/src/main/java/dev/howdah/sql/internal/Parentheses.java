package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Query;
import java.util.List;

/** What a pair of parentheses turned out to hold. */
sealed interface Parentheses {
    /** A query, perhaps in more parentheses of its own. */
    record OfQuery(Query query) implements Parentheses {}

    /** One expression, or several: a row or a list. */
    record OfValues(List<Expression> values) implements Parentheses {}
}
