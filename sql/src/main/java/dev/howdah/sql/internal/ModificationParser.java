package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Accessor;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.FromItem;
import dev.howdah.sql.tree.Modification.Delete;
import dev.howdah.sql.tree.Modification.Insert;
import dev.howdah.sql.tree.Modification.Merge;
import dev.howdah.sql.tree.Modification.Update;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part.Assignment;
import dev.howdah.sql.tree.Part.AssignmentTarget;
import dev.howdah.sql.tree.Part.CommonTableExpression;
import dev.howdah.sql.tree.Part.CycleClause;
import dev.howdah.sql.tree.Part.Direction;
import dev.howdah.sql.tree.Part.IndexElement;
import dev.howdah.sql.tree.Part.Materialization;
import dev.howdah.sql.tree.Part.MergeCommand;
import dev.howdah.sql.tree.Part.MergeMatch;
import dev.howdah.sql.tree.Part.MergeWhen;
import dev.howdah.sql.tree.Part.Nulls;
import dev.howdah.sql.tree.Part.OnConflict;
import dev.howdah.sql.tree.Part.Returning;
import dev.howdah.sql.tree.Part.SearchClause;
import dev.howdah.sql.tree.Part.Target;
import dev.howdah.sql.tree.Part.WithClause;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code PreparableStmt}: WITH, and the statements it may stand before. */
final class ModificationParser {
    private final Cursor in;
    private final Grammar grammar;

    ModificationParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
    }

    /** A query, INSERT, UPDATE, DELETE or MERGE, with or without WITH. */
    SyntaxTree statement() {
        in.enter();
        int start = in.start();
        WithClause with = with();
        SyntaxTree statement = switch (in.kind()) {
            case INSERT -> insert(with, start);
            case UPDATE -> update(with, start);
            case DELETE -> delete(with, start);
            case MERGE -> merge(with, start);
            default -> grammar.queries().afterWith(with, start);
        };
        in.leave();
        return statement;
    }

    // ---- WITH ------------------------------------------------------------------------------------------------------

    /** {@code opt_with_clause}. */
    @Nullable
    WithClause with() {
        int start = in.start();
        boolean plain = in.is(Kind.WITH);
        if (!plain && !in.is(Kind.WITH_TIME_OR_ORDINALITY)) {
            return null;
        }
        in.step();
        // RECURSIVE is also a name: WITH recursive AS (…)
        boolean recursive = plain && in.is(Kind.RECURSIVE) && in.kind(1).isColumnName();
        if (recursive) {
            in.step();
        }
        List<CommonTableExpression> expressions = in.commaSeparated(this::commonTableExpression);
        return new WithClause(in.since(start), recursive, expressions);
    }

    private CommonTableExpression commonTableExpression() {
        int start = in.start();
        Name name = in.columnName();
        List<Name> columns = in.is(Kind.OPEN_PARENTHESIS) ? in.namesInParentheses() : List.of();
        in.expect(Kind.AS);
        Materialization materialization = Materialization.DEFAULT;
        if (in.accept(Kind.MATERIALIZED)) {
            materialization = Materialization.ALWAYS;
        } else if (in.accept(Kind.NOT)) {
            in.expect(Kind.MATERIALIZED);
            materialization = Materialization.NEVER;
        }
        in.expect(Kind.OPEN_PARENTHESIS);
        SyntaxTree body = statement();
        in.expect(Kind.CLOSE_PARENTHESIS);
        SearchClause search = in.is(Kind.SEARCH) ? search() : null;
        CycleClause cycle = in.is(Kind.CYCLE) ? cycle() : null;
        return new CommonTableExpression(in.since(start), name, columns, materialization, body, search, cycle);
    }

    private SearchClause search() {
        int start = in.start();
        in.expect(Kind.SEARCH);
        boolean breadth = in.accept(Kind.BREADTH);
        if (!breadth) {
            in.expect(Kind.DEPTH);
        }
        in.expect(Kind.FIRST);
        in.expect(Kind.BY);
        List<Name> columns = in.commaSeparated(in::columnName);
        in.expect(Kind.SET);
        Name sequence = in.columnName();
        return new SearchClause(in.since(start), breadth, columns, sequence);
    }

    private CycleClause cycle() {
        int start = in.start();
        in.expect(Kind.CYCLE);
        List<Name> columns = in.commaSeparated(in::columnName);
        in.expect(Kind.SET);
        Name mark = in.columnName();
        Expression value = null;
        Expression otherwise = null;
        if (in.accept(Kind.TO)) {
            value = grammar.primaries().constant();
            in.expect(Kind.DEFAULT);
            otherwise = grammar.primaries().constant();
        }
        in.expect(Kind.USING);
        Name path = in.columnName();
        return new CycleClause(in.since(start), columns, mark, value, otherwise, path);
    }

    // ---- INSERT ----------------------------------------------------------------------------------------------------

    private Insert insert(@Nullable WithClause with, int start) {
        in.expect(Kind.INSERT);
        in.expect(Kind.INTO);
        QualifiedName table = in.relationName();
        Name alias = in.accept(Kind.AS) ? in.columnName() : null;
        List<AssignmentTarget> columns = List.of();
        Query source = null;
        if (!in.accept(Kind.DEFAULT, Kind.VALUES)) {
            if (in.is(Kind.OPEN_PARENTHESIS) && !in.opensQuery()) {
                columns = columns();
            }
            overriding();
            source = grammar.queries().query();
        }
        OnConflict onConflict = in.is(Kind.ON) ? onConflict() : null;
        Returning returning = returning();
        return new Insert(in.since(start), with, table, alias, columns, source, onConflict, returning);
    }

    private void overriding() {
        if (in.accept(Kind.OVERRIDING)) {
            if (!in.accept(Kind.USER)) {
                in.expect(Kind.SYSTEM);
            }
            in.expect(Kind.VALUE);
        }
    }

    private List<AssignmentTarget> columns() {
        in.expect(Kind.OPEN_PARENTHESIS);
        List<AssignmentTarget> columns = in.commaSeparated(this::assignmentTarget);
        in.expect(Kind.CLOSE_PARENTHESIS);
        return columns;
    }

    /** {@code set_target}. */
    private AssignmentTarget assignmentTarget() {
        int start = in.start();
        Name column = in.columnName();
        List<Accessor> accessors = grammar.primaries().accessors();
        return new AssignmentTarget(in.since(start), column, accessors);
    }

    private OnConflict onConflict() {
        int start = in.start();
        in.expect(Kind.ON);
        in.expect(Kind.CONFLICT);
        Name constraint = null;
        List<IndexElement> elements = List.of();
        Expression elementsWhere = null;
        if (in.accept(Kind.ON)) {
            in.expect(Kind.CONSTRAINT);
            constraint = in.columnName();
        } else if (in.accept(Kind.OPEN_PARENTHESIS)) {
            elements = in.commaSeparated(this::indexElement);
            in.expect(Kind.CLOSE_PARENTHESIS);
            elementsWhere = where();
        }
        in.expect(Kind.DO);
        if (in.accept(Kind.NOTHING)) {
            return new OnConflict(in.since(start), constraint, elements, elementsWhere, true, List.of(), null);
        }
        in.expect(Kind.UPDATE);
        in.expect(Kind.SET);
        List<Assignment> update = assignments();
        Expression where = where();
        return new OnConflict(in.since(start), constraint, elements, elementsWhere, false, update, where);
    }

    /** {@code index_elem}. */
    IndexElement indexElement() {
        int start = in.start();
        Expression value = indexed();
        QualifiedName collation = in.accept(Kind.COLLATE) ? in.anyName() : null;
        QualifiedName operatorClass = in.kind().isColumnName() ? in.anyName() : null;
        if (operatorClass != null && in.is(Kind.OPEN_PARENTHESIS)) {
            grammar.utilities().relationOptions();
        }
        Direction direction = grammar.queries().direction();
        Nulls nulls = grammar.queries().nulls();
        return new IndexElement(in.since(start), value, collation, operatorClass, direction, nulls);
    }

    /** What an index, a partition key or statistics look at: a column, a call, or an expression in parentheses. */
    Expression indexed() {
        if (in.is(Kind.OPEN_PARENTHESIS)) {
            return grammar.expressions().parenthesized();
        }
        if (grammar.from().startsFunction()) {
            return grammar.functions().windowless();
        }
        Name column = in.columnName();
        return new Expression.ColumnReference(column.span(), List.of(column), false);
    }

    // ---- UPDATE, DELETE --------------------------------------------------------------------------------------------

    private Update update(@Nullable WithClause with, int start) {
        in.expect(Kind.UPDATE);
        boolean only = in.is(Kind.ONLY);
        QualifiedName table = grammar.from().relation();
        Name alias = targetAlias();
        in.expect(Kind.SET);
        List<Assignment> assignments = assignments();
        List<FromItem> from = in.accept(Kind.FROM) ? grammar.from().list() : List.of();
        Name cursor = currentOf();
        Expression where = cursor == null ? where() : null;
        Returning returning = returning();
        return new Update(in.since(start), with, table, only, alias, assignments, from, where, cursor, returning);
    }

    private Delete delete(@Nullable WithClause with, int start) {
        in.expect(Kind.DELETE);
        in.expect(Kind.FROM);
        boolean only = in.is(Kind.ONLY);
        QualifiedName table = grammar.from().relation();
        Name alias = targetAlias();
        List<FromItem> using = in.accept(Kind.USING) ? grammar.from().list() : List.of();
        Name cursor = currentOf();
        Expression where = cursor == null ? where() : null;
        Returning returning = returning();
        return new Delete(in.since(start), with, table, only, alias, using, where, cursor, returning);
    }

    /** {@code relation_expr_opt_alias}'s alias, which SET never is without AS. */
    private @Nullable Name targetAlias() {
        if (in.accept(Kind.AS)) {
            return in.columnName();
        }
        return in.kind().isColumnName() && !in.is(Kind.SET) ? in.columnName() : null;
    }

    private @Nullable Expression where() {
        return in.accept(Kind.WHERE) ? grammar.expressions().expression() : null;
    }

    private @Nullable Name currentOf() {
        if (in.is(Kind.WHERE, Kind.CURRENT) && in.kind(2) == Kind.OF) {
            in.step();
            in.step();
            in.step();
            return in.columnName();
        }
        return null;
    }

    /** {@code set_clause_list}. */
    private List<Assignment> assignments() {
        return in.commaSeparated(() -> {
            int start = in.start();
            List<AssignmentTarget> targets = in.is(Kind.OPEN_PARENTHESIS) ? columns() : List.of(assignmentTarget());
            in.expect(Kind.EQUALS);
            Expression value = grammar.expressions().expression();
            return new Assignment(in.since(start), targets, value);
        });
    }

    /** {@code returning_clause}. */
    private @Nullable Returning returning() {
        int start = in.start();
        if (!in.accept(Kind.RETURNING)) {
            return null;
        }
        Name oldName = null;
        Name newName = null;
        if (in.accept(Kind.WITH)) {
            in.expect(Kind.OPEN_PARENTHESIS);
            do {
                boolean old = in.accept(Kind.OLD);
                if (!old) {
                    in.expect(Kind.NEW);
                }
                in.expect(Kind.AS);
                Name name = in.columnName();
                oldName = old ? name : oldName;
                newName = old ? newName : name;
            } while (in.accept(Kind.COMMA));
            in.expect(Kind.CLOSE_PARENTHESIS);
        }
        List<Target> targets = grammar.queries().targets();
        return new Returning(in.since(start), oldName, newName, targets);
    }

    // ---- MERGE -----------------------------------------------------------------------------------------------------

    private Merge merge(@Nullable WithClause with, int start) {
        in.expect(Kind.MERGE);
        in.expect(Kind.INTO);
        boolean only = in.is(Kind.ONLY);
        QualifiedName table = grammar.from().relation();
        Name alias = targetAlias();
        in.expect(Kind.USING);
        FromItem source = grammar.from().item();
        in.expect(Kind.ON);
        Expression on = grammar.expressions().expression();
        List<MergeWhen> whens = new ArrayList<>();
        do {
            whens.add(when());
        } while (in.is(Kind.WHEN));
        Returning returning = returning();
        return new Merge(in.since(start), with, table, only, alias, source, on, whens, returning);
    }

    private MergeWhen when() {
        int start = in.start();
        in.expect(Kind.WHEN);
        MergeMatch match = MergeMatch.MATCHED;
        if (in.accept(Kind.NOT)) {
            in.expect(Kind.MATCHED);
            match = MergeMatch.NOT_MATCHED_BY_TARGET;
            if (in.accept(Kind.BY)) {
                if (in.accept(Kind.SOURCE)) {
                    match = MergeMatch.NOT_MATCHED_BY_SOURCE;
                } else {
                    in.expect(Kind.TARGET);
                }
            }
        } else {
            in.expect(Kind.MATCHED);
        }
        Expression condition = in.accept(Kind.AND) ? grammar.expressions().expression() : null;
        in.expect(Kind.THEN);
        return action(match, condition, start);
    }

    private MergeWhen action(MergeMatch match, @Nullable Expression condition, int start) {
        if (in.accept(Kind.DO)) {
            in.expect(Kind.NOTHING);
            return mergeWhen(start, match, condition, MergeCommand.NOTHING);
        }
        boolean inserts = match == MergeMatch.NOT_MATCHED_BY_TARGET;
        if (!inserts && in.accept(Kind.UPDATE)) {
            in.expect(Kind.SET);
            List<Assignment> update = assignments();
            return new MergeWhen(in.since(start), match, condition, MergeCommand.UPDATE, update, List.of(), List.of());
        }
        if (!inserts && in.accept(Kind.DELETE)) {
            return mergeWhen(start, match, condition, MergeCommand.DELETE);
        }
        if (!inserts) {
            throw in.unexpected();
        }
        in.expect(Kind.INSERT);
        if (in.accept(Kind.DEFAULT, Kind.VALUES)) {
            return mergeWhen(start, match, condition, MergeCommand.INSERT);
        }
        List<AssignmentTarget> columns = in.is(Kind.OPEN_PARENTHESIS) ? columns() : List.of();
        overriding();
        in.expect(Kind.VALUES);
        in.expect(Kind.OPEN_PARENTHESIS);
        List<Expression> values = grammar.expressions().list();
        in.expect(Kind.CLOSE_PARENTHESIS);
        return new MergeWhen(in.since(start), match, condition, MergeCommand.INSERT, List.of(), columns, values);
    }

    private MergeWhen mergeWhen(int start, MergeMatch match, @Nullable Expression condition, MergeCommand command) {
        return new MergeWhen(in.since(start), match, condition, command, List.of(), List.of(), List.of());
    }
}
