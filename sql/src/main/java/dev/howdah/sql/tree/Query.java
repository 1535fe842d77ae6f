package dev.howdah.sql.tree;

import dev.howdah.sql.tree.Part.Limit;
import dev.howdah.sql.tree.Part.LockingClause;
import dev.howdah.sql.tree.Part.OrderItem;
import dev.howdah.sql.tree.Part.WithClause;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A query: what gives the rows, and what WITH, ORDER BY, LIMIT and FOR UPDATE add to it.
 *
 * @param span where it is written, without parentheses around it
 * @param with the common table expressions, if any
 * @param body what gives the rows; a query in parentheses stays a {@code Query} only within a set operation
 * @param orderBy empty when not written
 * @param limit LIMIT, FETCH FIRST, OFFSET
 * @param locks FOR UPDATE and its like
 */
public record Query(
        Span span,
        @Nullable WithClause with,
        QueryBody body,
        List<OrderItem> orderBy,
        @Nullable Limit limit,
        List<LockingClause> locks)
        implements SyntaxTree, QueryBody {
    public Query {
        orderBy = List.copyOf(orderBy);
        locks = List.copyOf(locks);
    }

    @Override
    public void children(Consumer<? super Node> to) {
        Node.each(to, with);
        Node.each(to, body);
        Node.each(to, orderBy);
        Node.each(to, limit);
        Node.each(to, locks);
    }
}
