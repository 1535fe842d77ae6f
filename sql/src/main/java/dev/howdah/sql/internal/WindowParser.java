package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part.BoundKind;
import dev.howdah.sql.tree.Part.FrameBound;
import dev.howdah.sql.tree.Part.FrameExclusion;
import dev.howdah.sql.tree.Part.FrameUnit;
import dev.howdah.sql.tree.Part.OrderItem;
import dev.howdah.sql.tree.Part.Over;
import dev.howdah.sql.tree.Part.WindowDefinition;
import dev.howdah.sql.tree.Part.WindowFrame;
import dev.howdah.sql.tree.Part.WindowSpecification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OVER, WINDOW, and the frames within. */
final class WindowParser {
    private final Cursor in;
    private final Grammar grammar;

    WindowParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
    }

    /** {@code over_clause}. */
    @Nullable
    Over over() {
        if (!in.is(Kind.OVER)) {
            return null;
        }
        int start = in.start();
        in.step();
        if (in.is(Kind.OPEN_PARENTHESIS)) {
            WindowSpecification specification = specification();
            return new Over(in.since(start), null, specification);
        }
        Name window = in.columnName();
        return new Over(in.since(start), window, null);
    }

    /** {@code window_definition}. */
    WindowDefinition definition() {
        int start = in.start();
        Name name = in.columnName();
        in.expect(Kind.AS);
        WindowSpecification specification = specification();
        return new WindowDefinition(in.since(start), name, specification);
    }

    private WindowSpecification specification() {
        int start = in.start();
        in.expect(Kind.OPEN_PARENTHESIS);
        Name base = null;
        if (in.kind().isColumnName() && !startsClause(in.kind())) {
            base = in.columnName();
        }
        List<Expression> partitionBy = List.of();
        if (in.accept(Kind.PARTITION)) {
            in.expect(Kind.BY);
            partitionBy = grammar.expressions().list();
        }
        List<OrderItem> orderBy = in.is(Kind.ORDER) ? grammar.queries().orderBy() : List.of();
        WindowFrame frame = frame();
        in.expect(Kind.CLOSE_PARENTHESIS);
        return new WindowSpecification(in.since(start), base, partitionBy, orderBy, frame);
    }

    /** These words are never a window's name here, though they may be names elsewhere. */
    private static boolean startsClause(Kind kind) {
        return kind == Kind.PARTITION || kind == Kind.RANGE || kind == Kind.ROWS || kind == Kind.GROUPS;
    }

    private @Nullable WindowFrame frame() {
        int start = in.start();
        FrameUnit unit = switch (in.kind()) {
            case RANGE -> FrameUnit.RANGE;
            case ROWS -> FrameUnit.ROWS;
            case GROUPS -> FrameUnit.GROUPS;
            default -> null;
        };
        if (unit == null) {
            return null;
        }
        in.step();
        FrameBound from;
        FrameBound to = null;
        if (in.is(Kind.BETWEEN)) {
            in.step();
            from = bound();
            in.expect(Kind.AND);
            to = bound();
        } else {
            from = bound();
        }
        check(from, to);
        FrameExclusion exclusion = exclusion();
        return new WindowFrame(in.since(start), unit, from, to, exclusion);
    }

    private FrameBound bound() {
        int start = in.start();
        if (in.accept(Kind.UNBOUNDED, Kind.PRECEDING)) {
            return new FrameBound(in.since(start), BoundKind.UNBOUNDED_PRECEDING, null);
        }
        if (in.accept(Kind.UNBOUNDED, Kind.FOLLOWING)) {
            return new FrameBound(in.since(start), BoundKind.UNBOUNDED_FOLLOWING, null);
        }
        if (in.accept(Kind.CURRENT, Kind.ROW)) {
            return new FrameBound(in.since(start), BoundKind.CURRENT_ROW, null);
        }
        Expression offset = grammar.expressions().expression();
        if (in.accept(Kind.PRECEDING)) {
            return new FrameBound(in.since(start), BoundKind.PRECEDING, offset);
        }
        in.expect(Kind.FOLLOWING);
        return new FrameBound(in.since(start), BoundKind.FOLLOWING, offset);
    }

    private void check(FrameBound from, @Nullable FrameBound to) {
        if (from.kind() == BoundKind.UNBOUNDED_FOLLOWING) {
            throw in.error(
                    "frame start cannot be UNBOUNDED FOLLOWING", from.span().start());
        }
        if (to == null) {
            if (from.kind() == BoundKind.FOLLOWING) {
                throw in.error(
                        "frame starting from following row cannot end with current row",
                        from.span().start());
            }
            return;
        }
        if (to.kind() == BoundKind.UNBOUNDED_PRECEDING) {
            throw in.error("frame end cannot be UNBOUNDED PRECEDING", to.span().start());
        }
        if (from.kind() == BoundKind.CURRENT_ROW && to.kind() == BoundKind.PRECEDING) {
            throw in.error(
                    "frame starting from current row cannot have preceding rows",
                    to.span().start());
        }
        if (from.kind() == BoundKind.FOLLOWING
                && (to.kind() == BoundKind.PRECEDING || to.kind() == BoundKind.CURRENT_ROW)) {
            throw in.error(
                    "frame starting from following row cannot have preceding rows",
                    to.span().start());
        }
    }

    private FrameExclusion exclusion() {
        if (!in.accept(Kind.EXCLUDE)) {
            return FrameExclusion.NONE;
        }
        if (in.accept(Kind.GROUP)) {
            return FrameExclusion.GROUP;
        }
        if (in.accept(Kind.TIES)) {
            return FrameExclusion.TIES;
        }
        if (in.accept(Kind.NO)) {
            in.expect(Kind.OTHERS);
            return FrameExclusion.NO_OTHERS;
        }
        in.expect(Kind.CURRENT);
        in.expect(Kind.ROW);
        return FrameExclusion.CURRENT_ROW;
    }
}
