package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.FromItem;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.OperatorName;
import dev.howdah.sql.tree.Part.Direction;
import dev.howdah.sql.tree.Part.GroupItem;
import dev.howdah.sql.tree.Part.GroupingKind;
import dev.howdah.sql.tree.Part.IntoClause;
import dev.howdah.sql.tree.Part.Limit;
import dev.howdah.sql.tree.Part.LockingClause;
import dev.howdah.sql.tree.Part.Nulls;
import dev.howdah.sql.tree.Part.OrderItem;
import dev.howdah.sql.tree.Part.Target;
import dev.howdah.sql.tree.Part.ValuesRow;
import dev.howdah.sql.tree.Part.WindowDefinition;
import dev.howdah.sql.tree.Part.WithClause;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.QueryBody;
import dev.howdah.sql.tree.QueryBody.Select;
import dev.howdah.sql.tree.QueryBody.SetOperation;
import dev.howdah.sql.tree.QueryBody.SetOperator;
import dev.howdah.sql.tree.QueryBody.Table;
import dev.howdah.sql.tree.QueryBody.Values;
import dev.howdah.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code SelectStmt}: SELECT, VALUES, TABLE, set operations, and the clauses around them. */
final class QueryParser {
    private static final int LOWEST = 0;
    private static final int UNION_OR_EXCEPT = 1;
    private static final int INTERSECT = 2;

    private final Cursor in;
    private final Grammar grammar;
    private final LimitParser limits;

    QueryParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
        this.limits = new LimitParser(in, grammar);
    }

    /** A query with or without parentheses around it. */
    Query query() {
        in.enter();
        int start = in.start();
        WithClause with = grammar.modifications().with();
        Query query = afterWith(with, start);
        in.leave();
        return query;
    }

    /** The query that follows a WITH clause which may have turned out to belong to another statement. */
    Query afterWith(@Nullable WithClause with, int start) {
        QueryBody body = setOperations(operand(), LOWEST, start);
        return clauses(with, body, start);
    }

    /** {@code select_with_parens}. */
    Query inParentheses() {
        if (!in.opensQuery()) {
            in.expect(Kind.OPEN_PARENTHESIS);
            throw in.unexpected();
        }
        int token = in.position();
        return switch (grammar.primaries().parentheses()) {
            case Parentheses.OfQuery(Query query) -> query;
            // a query in it was an operand: what follows the inner parentheses is not a query's clause
            case Parentheses.OfValues _ -> throw in.unexpectedAt(token);
        };
    }

    /** The rest of a query that starts with one in parentheses. */
    Query continued(Query first, int start) {
        QueryBody body = setOperations(first, LOWEST, start);
        return clauses(null, body, start);
    }

    /** Whether this continues a query that stands in parentheses. */
    static boolean continuesQuery(Kind kind) {
        return switch (kind) {
            case UNION, INTERSECT, EXCEPT, ORDER, LIMIT, OFFSET, FETCH, FOR -> true;
            default -> false;
        };
    }

    // ---- set operations --------------------------------------------------------------------------------------------

    private QueryBody setOperations(QueryBody first, int before, int start) {
        QueryBody left = first;
        while (true) {
            SetOperator operator = switch (in.kind()) {
                case UNION -> SetOperator.UNION;
                case INTERSECT -> SetOperator.INTERSECT;
                case EXCEPT -> SetOperator.EXCEPT;
                default -> null;
            };
            if (operator == null) {
                return left;
            }
            int precedence = operator == SetOperator.INTERSECT ? INTERSECT : UNION_OR_EXCEPT;
            if (precedence <= before) {
                return left;
            }
            in.step();
            boolean all = in.accept(Kind.ALL);
            if (!all) {
                in.accept(Kind.DISTINCT);
            }
            int rightStart = in.start();
            QueryBody right = setOperations(operand(), precedence, rightStart);
            left = new SetOperation(in.since(start), left, operator, all, right);
        }
    }

    /** {@code simple_select} without set operations, or {@code select_with_parens}. */
    private QueryBody operand() {
        int start = in.start();
        return switch (in.kind()) {
            case SELECT -> select(start);
            case VALUES -> values(start);
            case TABLE -> {
                in.step();
                boolean only = in.is(Kind.ONLY);
                QualifiedName name = grammar.from().relation();
                yield new Table(in.since(start), name, only);
            }
            case OPEN_PARENTHESIS -> inParentheses();
            default -> throw in.unexpected();
        };
    }

    private Values values(int start) {
        in.expect(Kind.VALUES);
        List<ValuesRow> rows = in.commaSeparated(() -> {
            int rowStart = in.start();
            in.expect(Kind.OPEN_PARENTHESIS);
            List<Expression> values = grammar.expressions().list();
            in.expect(Kind.CLOSE_PARENTHESIS);
            return new ValuesRow(in.since(rowStart), values);
        });
        return new Values(in.since(start), rows);
    }

    // ---- SELECT ----------------------------------------------------------------------------------------------------

    private Select select(int start) {
        in.step();
        boolean distinct = in.accept(Kind.DISTINCT);
        List<Expression> distinctOn = List.of();
        if (distinct && in.accept(Kind.ON)) {
            in.expect(Kind.OPEN_PARENTHESIS);
            distinctOn = grammar.expressions().list();
            in.expect(Kind.CLOSE_PARENTHESIS);
        } else if (!distinct) {
            in.accept(Kind.ALL);
        }
        List<Target> targets = distinct || !endsTargets(in.kind()) ? targets() : List.of();
        IntoClause into = in.is(Kind.INTO) ? into() : null;
        List<FromItem> from = in.accept(Kind.FROM) ? grammar.from().list() : List.of();
        Expression where = in.accept(Kind.WHERE) ? grammar.expressions().expression() : null;
        boolean groupByDistinct = false;
        List<Node> groupBy = List.of();
        if (in.accept(Kind.GROUP)) {
            in.expect(Kind.BY);
            groupByDistinct = in.accept(Kind.DISTINCT);
            if (!groupByDistinct) {
                in.accept(Kind.ALL);
            }
            groupBy = groupItems();
        }
        Expression having = in.accept(Kind.HAVING) ? grammar.expressions().expression() : null;
        List<WindowDefinition> windows =
                in.accept(Kind.WINDOW) ? in.commaSeparated(grammar.windows()::definition) : List.of();
        return new Select(
                in.since(start),
                distinct,
                distinctOn,
                targets,
                into,
                from,
                where,
                groupByDistinct,
                groupBy,
                having,
                windows);
    }

    /** What may follow SELECT when it names no columns. */
    private static boolean endsTargets(Kind kind) {
        return switch (kind) {
            case END_OF_INPUT,
                    SEMICOLON,
                    CLOSE_PARENTHESIS,
                    FROM,
                    INTO,
                    WHERE,
                    GROUP,
                    HAVING,
                    WINDOW,
                    ORDER,
                    LIMIT,
                    OFFSET,
                    FETCH,
                    FOR,
                    UNION,
                    INTERSECT,
                    EXCEPT,
                    ON,
                    RETURNING,
                    WITH,
                    FORMAT_JSON,
                    // the next element of CREATE SCHEMA
                    CREATE,
                    GRANT -> true;
            default -> false;
        };
    }

    /** {@code target_list}. */
    List<Target> targets() {
        return in.commaSeparated(this::target);
    }

    private Target target() {
        int start = in.start();
        if (in.accept(Kind.STAR)) {
            Span span = in.since(start);
            return new Target(span, new Expression.ColumnReference(span, List.of(), true), null);
        }
        Expression value = grammar.expressions().beforeLabel();
        Name label = null;
        if (in.accept(Kind.AS) || in.kind().isBareLabel()) {
            label = in.label();
        }
        return new Target(in.since(start), value, label);
    }

    /** {@code into_clause}. */
    private IntoClause into() {
        int start = in.start();
        in.expect(Kind.INTO);
        boolean temporary = false;
        boolean unlogged = false;
        Kind next = in.kind(1);
        boolean nameFollows = next == Kind.TABLE || next.isColumnName();
        switch (in.kind()) {
            case TEMPORARY, TEMP -> temporary = nameFollows;
            case LOCAL, GLOBAL -> {
                if (next == Kind.TEMPORARY || next == Kind.TEMP) {
                    in.step();
                    temporary = true;
                }
            }
            case UNLOGGED -> unlogged = nameFollows;
            default -> {}
        }
        if (temporary || unlogged) {
            in.step();
        }
        in.accept(Kind.TABLE);
        QualifiedName name = in.relationName();
        return new IntoClause(in.since(start), name, temporary, unlogged);
    }

    private List<Node> groupItems() {
        return in.commaSeparated(this::groupItem);
    }

    private Node groupItem() {
        int start = in.start();
        if (in.accept(Kind.OPEN_PARENTHESIS, Kind.CLOSE_PARENTHESIS)) {
            return new GroupItem(in.since(start), GroupingKind.EMPTY, List.of());
        }
        boolean cube = in.is(Kind.CUBE, Kind.OPEN_PARENTHESIS);
        if (cube || in.is(Kind.ROLLUP, Kind.OPEN_PARENTHESIS)) {
            in.step();
            in.step();
            List<Expression> items = grammar.expressions().list();
            in.expect(Kind.CLOSE_PARENTHESIS);
            return new GroupItem(in.since(start), cube ? GroupingKind.CUBE : GroupingKind.ROLLUP, List.copyOf(items));
        }
        if (in.accept(Kind.GROUPING, Kind.SETS)) {
            in.enter();
            in.expect(Kind.OPEN_PARENTHESIS);
            List<Node> items = groupItems();
            in.expect(Kind.CLOSE_PARENTHESIS);
            in.leave();
            return new GroupItem(in.since(start), GroupingKind.SETS, items);
        }
        return grammar.expressions().expression();
    }

    // ---- ORDER BY, LIMIT, FOR UPDATE -------------------------------------------------------------------------------

    /** {@code sort_clause}. */
    List<OrderItem> orderBy() {
        in.expect(Kind.ORDER);
        in.expect(Kind.BY);
        return in.commaSeparated(this::orderItem);
    }

    private OrderItem orderItem() {
        int start = in.start();
        Expression value = grammar.expressions().expression();
        Direction direction = Direction.DEFAULT;
        OperatorName using = null;
        if (in.accept(Kind.USING)) {
            using = in.anyOperator();
        } else {
            direction = direction();
        }
        Nulls nulls = nulls();
        return new OrderItem(in.since(start), value, direction, using, nulls);
    }

    /** {@code opt_asc_desc}. */
    Direction direction() {
        if (in.accept(Kind.ASC)) {
            return Direction.ASCENDING;
        }
        return in.accept(Kind.DESC) ? Direction.DESCENDING : Direction.DEFAULT;
    }

    /** {@code opt_nulls_order}. */
    Nulls nulls() {
        if (!in.accept(Kind.NULLS_ORDER)) {
            return Nulls.DEFAULT;
        }
        boolean first = in.is(Kind.FIRST);
        in.step();
        return first ? Nulls.FIRST : Nulls.LAST;
    }

    /**
     * What may follow a query's body. Clauses behind a query in parentheses are added to that query, so it must not
     * have them already: {@code (SELECT 1 LIMIT 1) LIMIT 2} is an error.
     */
    private Query clauses(@Nullable WithClause with, QueryBody body, int start) {
        int orderStart = in.start();
        List<OrderItem> orderBy = in.is(Kind.ORDER) ? orderBy() : List.of();
        List<LockingClause> locks = List.of();
        Limit limit = null;
        int limitStart = in.start();
        boolean locked = in.is(Kind.FOR);
        if (locked) {
            locks = limits.locks();
            limitStart = in.start();
        }
        if (limits.startsLimit()) {
            limit = limits.limit();
            if (!locked && in.is(Kind.FOR)) {
                locks = limits.locks();
                locked = true;
            }
        }
        if (!(body instanceof Query inner)) {
            limits.check(limit, limitStart, orderBy, locks);
            return new Query(in.since(start), with, body, orderBy, limit, locks);
        }
        if (with == null && orderBy.isEmpty() && limit == null && locks.isEmpty()) {
            return inner;
        }
        return merge(with, inner, orderBy, orderStart, limit, limitStart, locks, start);
    }

    private Query merge(
            @Nullable WithClause with,
            Query inner,
            List<OrderItem> orderBy,
            int orderStart,
            @Nullable Limit limit,
            int limitStart,
            List<LockingClause> locks,
            int start) {
        if (!orderBy.isEmpty() && !inner.orderBy().isEmpty()) {
            throw in.error("multiple ORDER BY clauses not allowed", orderStart);
        }
        if (with != null && inner.with() != null) {
            throw in.error("multiple WITH clauses not allowed", with.span().start());
        }
        List<OrderItem> order = orderBy.isEmpty() ? inner.orderBy() : orderBy;
        List<LockingClause> allLocks = new ArrayList<>(inner.locks());
        allLocks.addAll(locks);
        limits.check(limit, limitStart, order, allLocks);
        Limit merged = limits.merge(inner.limit(), limit, limitStart);
        return new Query(in.since(start), with == null ? inner.with() : with, inner.body(), order, merged, allLocks);
    }
}
