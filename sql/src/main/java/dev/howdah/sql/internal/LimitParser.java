package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Expression.Literal;
import dev.howdah.sql.tree.Expression.LiteralKind;
import dev.howdah.sql.tree.Expression.UnaryOperation;
import dev.howdah.sql.tree.OperatorName;
import dev.howdah.sql.tree.Part.Limit;
import dev.howdah.sql.tree.Part.LockStrength;
import dev.howdah.sql.tree.Part.LockWait;
import dev.howdah.sql.tree.Part.LockingClause;
import dev.howdah.sql.tree.Part.OrderItem;
import dev.howdah.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LIMIT, OFFSET, FETCH FIRST, and FOR UPDATE and its like. */
final class LimitParser {
    private final Cursor in;
    private final Grammar grammar;

    LimitParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
    }

    boolean startsLimit() {
        return in.is(Kind.LIMIT) || in.is(Kind.FETCH) || in.is(Kind.OFFSET);
    }

    /** {@code select_limit}: a count, an offset, or both in any order. */
    Limit limit() {
        int start = in.start();
        Expression offset = null;
        if (in.is(Kind.OFFSET)) {
            offset = offset();
            if (!in.is(Kind.LIMIT) && !in.is(Kind.FETCH)) {
                return new Limit(in.since(start), null, false, false, offset);
            }
        }
        boolean all = false;
        boolean withTies = false;
        Expression count = null;
        if (in.is(Kind.LIMIT)) {
            int limitStart = in.start();
            in.step();
            all = in.accept(Kind.ALL);
            if (!all) {
                count = grammar.expressions().expression();
            }
            if (in.is(Kind.COMMA)) {
                throw in.error("LIMIT #,# syntax is not supported", limitStart);
            }
        } else {
            in.expect(Kind.FETCH);
            if (!in.accept(Kind.FIRST)) {
                in.expect(Kind.NEXT);
            }
            count = fetchCount();
            withTies = in.accept(Kind.WITH);
            in.expect(withTies ? Kind.TIES : Kind.ONLY);
        }
        if (offset == null && in.is(Kind.OFFSET)) {
            offset = offset();
        }
        return new Limit(in.since(start), count, all, withTies, offset);
    }

    private Expression offset() {
        in.expect(Kind.OFFSET);
        Expression offset = signedNumber();
        if (offset == null) {
            int start = in.start();
            if (!grammar.expressions().startsPrimary()) {
                return grammar.expressions().expression();
            }
            offset = grammar.primaries().primary();
            if (!isRows(in.kind())) {
                return grammar.expressions().continued(offset, start);
            }
        }
        rows();
        return offset;
    }

    /** {@code +1 ROWS}: a sign and a number are one value when ROW or ROWS follows. */
    private @Nullable Expression signedNumber() {
        boolean signed = in.is(Kind.PLUS) || in.is(Kind.MINUS);
        boolean number = in.kind(1) == Kind.INTEGER_LITERAL || in.kind(1) == Kind.NUMBER_LITERAL;
        if (!signed || !number || !isRows(in.kind(2))) {
            return null;
        }
        int start = in.start();
        OperatorName sign = in.symbol();
        Expression value = grammar.primaries().primary();
        return new UnaryOperation(in.since(start), sign, value);
    }

    private Expression fetchCount() {
        int start = in.start();
        Kind next = in.kind(1);
        if (isRows(in.kind()) && (next == Kind.ONLY || next == Kind.WITH)) {
            in.step();
            return new Literal(in.since(start), LiteralKind.INTEGER, "1");
        }
        Expression count = signedNumber();
        if (count == null) {
            count = grammar.primaries().primary();
        }
        rows();
        return count;
    }

    private static boolean isRows(Kind kind) {
        return kind == Kind.ROW || kind == Kind.ROWS;
    }

    private void rows() {
        if (!in.accept(Kind.ROW)) {
            in.expect(Kind.ROWS);
        }
    }

    /** Both limits of a query in parentheses and of what follows them. */
    @Nullable
    Limit merge(@Nullable Limit inner, @Nullable Limit outer, int start) {
        if (inner == null || outer == null) {
            return inner == null ? outer : inner;
        }
        if (outer.offset() != null && inner.offset() != null) {
            throw in.error("multiple OFFSET clauses not allowed", start);
        }
        boolean counts = outer.count() != null || outer.all();
        if (counts && (inner.count() != null || inner.all())) {
            throw in.error("multiple LIMIT clauses not allowed", start);
        }
        Limit counting = counts ? outer : inner;
        return new Limit(
                in.since(inner.span().start()),
                counting.count(),
                counting.all(),
                counting.withTies(),
                outer.offset() == null ? inner.offset() : outer.offset());
    }

    /** What PostgreSQL's grammar asks of WITH TIES. */
    void check(@Nullable Limit limit, int start, List<OrderItem> orderBy, List<LockingClause> locks) {
        if (limit == null || !limit.withTies()) {
            return;
        }
        if (orderBy.isEmpty()) {
            throw in.error("WITH TIES cannot be specified without ORDER BY clause", start);
        }
        for (LockingClause lock : locks) {
            if (lock.whenLocked() == LockWait.SKIP_LOCKED) {
                throw in.error("SKIP LOCKED and WITH TIES options cannot be used together", start);
            }
        }
    }

    // ---- locks -----------------------------------------------------------------------------------------------------

    /** {@code for_locking_clause}; FOR READ ONLY locks nothing. */
    List<LockingClause> locks() {
        if (in.accept(Kind.FOR, Kind.READ)) {
            in.expect(Kind.ONLY);
            return List.of();
        }
        List<LockingClause> locks = new ArrayList<>(1);
        while (in.is(Kind.FOR)) {
            locks.add(lock());
        }
        return locks;
    }

    private LockingClause lock() {
        int start = in.start();
        in.expect(Kind.FOR);
        LockStrength strength = strength();
        List<QualifiedName> tables = in.accept(Kind.OF) ? in.commaSeparated(in::relationName) : List.of();
        LockWait wait = LockWait.WAIT;
        if (in.accept(Kind.NOWAIT)) {
            wait = LockWait.NOWAIT;
        } else if (in.accept(Kind.SKIP)) {
            in.expect(Kind.LOCKED);
            wait = LockWait.SKIP_LOCKED;
        }
        return new LockingClause(in.since(start), strength, tables, wait);
    }

    private LockStrength strength() {
        if (in.accept(Kind.UPDATE)) {
            return LockStrength.UPDATE;
        }
        if (in.accept(Kind.SHARE)) {
            return LockStrength.SHARE;
        }
        if (in.accept(Kind.NO)) {
            in.expect(Kind.KEY);
            in.expect(Kind.UPDATE);
            return LockStrength.NO_KEY_UPDATE;
        }
        in.expect(Kind.KEY);
        in.expect(Kind.SHARE);
        return LockStrength.KEY_SHARE;
    }
}
