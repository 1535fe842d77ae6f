package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.FromItem;
import dev.howdah.sql.tree.FromItem.FunctionItem;
import dev.howdah.sql.tree.FromItem.Join;
import dev.howdah.sql.tree.FromItem.JoinKind;
import dev.howdah.sql.tree.FromItem.SubqueryItem;
import dev.howdah.sql.tree.FromItem.TableReference;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part.Alias;
import dev.howdah.sql.tree.Part.ColumnDefinition;
import dev.howdah.sql.tree.Part.FunctionSource;
import dev.howdah.sql.tree.Part.TableSample;
import dev.howdah.sql.tree.Part.TypeName;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** FROM: tables, functions, queries in parentheses, and joins. */
final class FromParser {
    private final Cursor in;
    private final Grammar grammar;
    private final TableFunctionParser tableFunctions;

    FromParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
        this.tableFunctions = new TableFunctionParser(in, grammar);
    }

    /** {@code from_list}. */
    List<FromItem> list() {
        return in.commaSeparated(this::item);
    }

    /** {@code table_ref}. */
    FromItem item() {
        int start = in.start();
        return joins(element(), start);
    }

    // ---- joins -----------------------------------------------------------------------------------------------------

    /** The joins that follow {@code first}; those without a condition take only the next element to their right. */
    private FromItem joins(FromItem first, int start) {
        FromItem left = first;
        while (true) {
            switch (in.kind()) {
                case CROSS -> {
                    in.step();
                    in.expect(Kind.JOIN);
                    FromItem right = element();
                    left = join(start, left, JoinKind.CROSS, false, right);
                }
                case NATURAL -> {
                    in.step();
                    JoinKind kind = joinKind();
                    FromItem right = element();
                    left = join(start, left, kind, true, right);
                }
                case JOIN, INNER, LEFT, RIGHT, FULL -> left = qualifiedJoin(left, start);
                default -> {
                    return left;
                }
            }
        }
    }

    private Join join(int start, FromItem left, JoinKind kind, boolean natural, FromItem right) {
        return new Join(in.since(start), left, kind, natural, right, null, List.of(), null, null);
    }

    /** {@code a JOIN b JOIN c ON … ON …}: what stands right of JOIN goes on until its condition. */
    private FromItem qualifiedJoin(FromItem left, int start) {
        JoinKind kind = joinKind();
        in.enter();
        FromItem right = item();
        in.leave();
        if (in.accept(Kind.USING)) {
            List<Name> columns = in.namesInParentheses();
            Name alias = in.accept(Kind.AS) ? in.columnName() : null;
            return new Join(in.since(start), left, kind, false, right, null, columns, alias, null);
        }
        in.expect(Kind.ON);
        Expression condition = grammar.expressions().expression();
        return new Join(in.since(start), left, kind, false, right, condition, List.of(), null, null);
    }

    private JoinKind joinKind() {
        JoinKind kind = switch (in.kind()) {
            case LEFT -> JoinKind.LEFT;
            case RIGHT -> JoinKind.RIGHT;
            case FULL -> JoinKind.FULL;
            default -> JoinKind.INNER;
        };
        if (kind != JoinKind.INNER) {
            in.step();
            in.accept(Kind.OUTER);
        } else {
            in.accept(Kind.INNER);
        }
        in.expect(Kind.JOIN);
        return kind;
    }

    // ---- elements --------------------------------------------------------------------------------------------------

    private FromItem element() {
        int start = in.start();
        boolean lateral = in.accept(Kind.LATERAL);
        if (in.is(Kind.OPEN_PARENTHESIS)) {
            return lateral ? lateralQuery(start) : inParentheses(start);
        }
        if (in.is(Kind.XMLTABLE, Kind.OPEN_PARENTHESIS)) {
            return tableFunctions.xmlTable(lateral, start);
        }
        if (in.is(Kind.JSON_TABLE, Kind.OPEN_PARENTHESIS)) {
            return tableFunctions.jsonTable(lateral, start);
        }
        if (in.is(Kind.ROWS, Kind.FROM)) {
            return rowsFrom(lateral, start);
        }
        if (startsFunction()) {
            return function(lateral, start);
        }
        if (lateral) {
            throw in.unexpected();
        }
        return table(start);
    }

    private FromItem lateralQuery(int start) {
        Query query = grammar.queries().inParentheses();
        Alias alias = alias();
        return new SubqueryItem(in.since(start), true, query, alias);
    }

    /** What parentheses in FROM hold: a query, or a join. */
    private sealed interface Inner {
        record OfQuery(Query query) implements Inner {}

        record OfJoin(Join join) implements Inner {}
    }

    private FromItem inParentheses(int start) {
        return withAlias(inner(), start);
    }

    private FromItem withAlias(Inner inner, int start) {
        Alias alias = alias();
        return switch (inner) {
            case Inner.OfQuery(Query query) -> new SubqueryItem(in.since(start), false, query, alias);
            case Inner.OfJoin(Join join) ->
                alias == null
                        ? join
                        : new Join(
                                in.since(start),
                                join.left(),
                                join.kind(),
                                join.natural(),
                                join.right(),
                                join.on(),
                                join.using(),
                                join.usingAlias(),
                                alias);
        };
    }

    private Inner inner() {
        in.enter();
        boolean query = in.opensQuery();
        in.expect(Kind.OPEN_PARENTHESIS);
        int start = in.start();
        Inner result;
        if (query && !in.is(Kind.OPEN_PARENTHESIS)) {
            result = new Inner.OfQuery(grammar.queries().query());
        } else if (in.is(Kind.OPEN_PARENTHESIS)) {
            result = afterInner(inner(), start);
        } else {
            result = joined(element(), start, false);
        }
        in.expect(Kind.CLOSE_PARENTHESIS);
        in.leave();
        return result;
    }

    private Inner afterInner(Inner inner, int start) {
        if (inner instanceof Inner.OfQuery(Query query)
                && (in.is(Kind.CLOSE_PARENTHESIS) || QueryParser.continuesQuery(in.kind()))) {
            return new Inner.OfQuery(grammar.queries().continued(query, start));
        }
        // a join in parentheses is a join as long as it has no alias
        boolean join = inner instanceof Inner.OfJoin && in.is(Kind.CLOSE_PARENTHESIS);
        return joined(withAlias(inner, start), start, join);
    }

    private Inner joined(FromItem first, int start, boolean alreadyJoin) {
        int token = in.position();
        FromItem whole = joins(first, start);
        if (whole instanceof Join join && (in.position() > token || alreadyJoin)) {
            return new Inner.OfJoin(join);
        }
        throw in.unexpected();
    }

    private TableReference table(int start) {
        boolean only = in.is(Kind.ONLY);
        QualifiedName name = relation();
        Alias alias = alias();
        TableSample sample = in.is(Kind.TABLESAMPLE) ? sample() : null;
        return new TableReference(in.since(start), name, only, alias, sample);
    }

    /** {@code relation_expr}; whether ONLY stands before it is for the caller to see. */
    QualifiedName relation() {
        if (in.accept(Kind.ONLY)) {
            if (in.accept(Kind.OPEN_PARENTHESIS)) {
                QualifiedName name = in.relationName();
                in.expect(Kind.CLOSE_PARENTHESIS);
                return name;
            }
            return in.relationName();
        }
        QualifiedName name = in.relationName();
        in.accept(Kind.STAR);
        return name;
    }

    private TableSample sample() {
        int start = in.start();
        in.expect(Kind.TABLESAMPLE);
        QualifiedName method = grammar.functions().name();
        in.expect(Kind.OPEN_PARENTHESIS);
        List<Expression> arguments = grammar.expressions().list();
        in.expect(Kind.CLOSE_PARENTHESIS);
        Expression repeatable =
                in.accept(Kind.REPEATABLE) ? grammar.expressions().parenthesized() : null;
        return new TableSample(in.since(start), method, arguments, repeatable);
    }

    // ---- functions -------------------------------------------------------------------------------------------------

    /** Whether a function stands here: a name and a parenthesis, or one of the calls that have their own syntax. */
    boolean startsFunction() {
        Kind kind = in.kind();
        switch (kind) {
            case CURRENT_DATE,
                    CURRENT_TIME,
                    CURRENT_TIMESTAMP,
                    LOCALTIME,
                    LOCALTIMESTAMP,
                    CURRENT_ROLE,
                    CURRENT_USER,
                    SESSION_USER,
                    SYSTEM_USER,
                    USER,
                    CURRENT_CATALOG,
                    CAST -> {
                return true;
            }
            default -> {}
        }
        if (kind.isTypeOrFunctionName() && !kind.isColumnName()) {
            return true;
        }
        int ahead = 1;
        while (in.kind(ahead) == Kind.DOT) {
            ahead += 2;
        }
        return kind.isColumnName() && in.kind(ahead) == Kind.OPEN_PARENTHESIS;
    }

    private FromItem function(boolean lateral, int start) {
        int callStart = in.start();
        Expression call = grammar.functions().windowless();
        FunctionSource source = new FunctionSource(in.since(callStart), call, List.of());
        return decorated(lateral, List.of(source), start);
    }

    private FromItem rowsFrom(boolean lateral, int start) {
        in.step();
        in.step();
        in.expect(Kind.OPEN_PARENTHESIS);
        List<FunctionSource> sources = in.commaSeparated(() -> {
            int callStart = in.start();
            Expression call = grammar.functions().windowless();
            List<ColumnDefinition> columns = List.of();
            if (in.accept(Kind.AS)) {
                in.expect(Kind.OPEN_PARENTHESIS);
                columns = in.commaSeparated(this::columnDefinition);
                in.expect(Kind.CLOSE_PARENTHESIS);
            }
            return new FunctionSource(in.since(callStart), call, columns);
        });
        in.expect(Kind.CLOSE_PARENTHESIS);
        return decorated(lateral, sources, start);
    }

    /** {@code opt_ordinality func_alias_clause}. */
    private FromItem decorated(boolean lateral, List<FunctionSource> sources, int start) {
        boolean ordinality = in.accept(Kind.WITH_TIME_OR_ORDINALITY);
        if (ordinality) {
            in.expect(Kind.ORDINALITY);
        }
        int aliasStart = in.start();
        Alias alias = null;
        List<ColumnDefinition> columns = List.of();
        boolean as = in.accept(Kind.AS);
        if (as && in.accept(Kind.OPEN_PARENTHESIS)) {
            columns = in.commaSeparated(this::columnDefinition);
            in.expect(Kind.CLOSE_PARENTHESIS);
        } else if (as || in.kind().isColumnName()) {
            Name name = in.columnName();
            List<Name> names = List.of();
            if (in.is(Kind.OPEN_PARENTHESIS)) {
                Kind behindFirst = in.kind(2);
                if (behindFirst == Kind.COMMA || behindFirst == Kind.CLOSE_PARENTHESIS) {
                    names = in.namesInParentheses();
                } else {
                    in.step();
                    columns = in.commaSeparated(this::columnDefinition);
                    in.expect(Kind.CLOSE_PARENTHESIS);
                }
            }
            alias = new Alias(in.since(aliasStart), name, names);
        }
        return new FunctionItem(in.since(start), lateral, sources, ordinality, alias, columns);
    }

    /** {@code TableFuncElement}. */
    private ColumnDefinition columnDefinition() {
        int start = in.start();
        Name name = in.columnName();
        TypeName type = grammar.types().type();
        QualifiedName collation = in.accept(Kind.COLLATE) ? in.anyName() : null;
        return new ColumnDefinition(in.since(start), name, type, collation);
    }

    /** {@code opt_alias_clause}. */
    @Nullable
    Alias alias() {
        int start = in.start();
        if (!in.accept(Kind.AS) && !in.kind().isColumnName()) {
            return null;
        }
        Name name = in.columnName();
        List<Name> columns = in.is(Kind.OPEN_PARENTHESIS) ? in.namesInParentheses() : List.of();
        return new Alias(in.since(start), name, columns);
    }
}
