package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part.TypeName;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.SyntaxTree;
import dev.howdah.sql.tree.SyntaxTree.CreateTableAs;
import dev.howdah.sql.tree.SyntaxTree.DeclareCursor;
import dev.howdah.sql.tree.SyntaxTree.Execute;
import dev.howdah.sql.tree.SyntaxTree.Prepare;
import dev.howdah.sql.tree.SyntaxTree.RefreshMaterializedView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands that carry a query, and that EXPLAIN may therefore explain. */
final class UtilityParser {
    private final Cursor in;
    private final Grammar grammar;

    UtilityParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
    }

    /** DECLARE, EXECUTE, REFRESH MATERIALIZED VIEW, CREATE TABLE AS or CREATE MATERIALIZED VIEW; null for others. */
    @Nullable
    SyntaxTree explainable() {
        return switch (in.kind()) {
            case DECLARE -> declare();
            case EXECUTE -> execute();
            case REFRESH -> refresh();
            case CREATE -> in.createsFromQuery() ? createAs() : null;
            default -> null;
        };
    }

    /** {@code PrepareStmt}. */
    SyntaxTree prepare() {
        int start = in.start();
        in.expect(Kind.PREPARE);
        Name name = in.columnName();
        List<TypeName> types = List.of();
        if (in.accept(Kind.OPEN_PARENTHESIS)) {
            types = in.commaSeparated(grammar.types()::type);
            in.expect(Kind.CLOSE_PARENTHESIS);
        }
        in.expect(Kind.AS);
        SyntaxTree statement = grammar.modifications().statement();
        return new Prepare(in.since(start), name, types, statement);
    }

    private SyntaxTree declare() {
        int start = in.start();
        in.expect(Kind.DECLARE);
        Name name = in.columnName();
        while (!in.is(Kind.CURSOR)) {
            switch (in.kind()) {
                case NO -> {
                    in.step();
                    in.expect(Kind.SCROLL);
                }
                case SCROLL, BINARY, ASENSITIVE, INSENSITIVE -> in.step();
                default -> throw in.unexpected();
            }
        }
        in.step();
        boolean hold = in.is(Kind.WITH);
        if (hold || in.is(Kind.WITHOUT)) {
            in.step();
            in.expect(Kind.HOLD);
        }
        in.expect(Kind.FOR);
        Query query = grammar.queries().query();
        return new DeclareCursor(in.since(start), name, hold, query);
    }

    private Execute execute() {
        int start = in.start();
        in.expect(Kind.EXECUTE);
        Name name = in.columnName();
        List<Expression> arguments = List.of();
        if (in.accept(Kind.OPEN_PARENTHESIS)) {
            arguments = grammar.expressions().list();
            in.expect(Kind.CLOSE_PARENTHESIS);
        }
        return new Execute(in.since(start), name, arguments);
    }

    private SyntaxTree refresh() {
        int start = in.start();
        in.expect(Kind.REFRESH);
        in.expect(Kind.MATERIALIZED);
        in.expect(Kind.VIEW);
        boolean concurrently = in.accept(Kind.CONCURRENTLY);
        QualifiedName view = in.relationName();
        boolean data = withData();
        return new RefreshMaterializedView(in.since(start), view, concurrently, data);
    }

    private SyntaxTree createAs() {
        int start = in.start();
        in.expect(Kind.CREATE);
        boolean materialized = in.is(Kind.MATERIALIZED) || in.is(Kind.UNLOGGED, Kind.MATERIALIZED);
        boolean temporary = false;
        if (in.is(Kind.LOCAL) || in.is(Kind.GLOBAL)) {
            in.step();
            if (!in.is(Kind.TEMP) && !in.is(Kind.TEMPORARY)) {
                throw in.unexpected();
            }
        }
        if (in.is(Kind.TEMP) || in.is(Kind.TEMPORARY)) {
            in.step();
            temporary = true;
        } else {
            in.accept(Kind.UNLOGGED);
        }
        if (materialized) {
            in.expect(Kind.MATERIALIZED);
            in.expect(Kind.VIEW);
        } else {
            in.expect(Kind.TABLE);
        }
        if (in.accept(Kind.IF)) {
            in.expect(Kind.NOT);
            in.expect(Kind.EXISTS);
        }
        QualifiedName name = in.relationName();
        List<Name> columns = in.is(Kind.OPEN_PARENTHESIS) ? in.namesInParentheses() : List.of();
        storage(materialized);
        in.expect(Kind.AS);
        SyntaxTree source = !materialized && in.is(Kind.EXECUTE)
                ? execute()
                : grammar.queries().query();
        boolean data = withData();
        return new CreateTableAs(in.since(start), name, columns, temporary, materialized, source, data);
    }

    private void storage(boolean materialized) {
        if (in.accept(Kind.USING)) {
            in.columnName();
        }
        if (in.accept(Kind.WITH)) {
            relationOptions();
        } else if (!materialized && in.accept(Kind.WITHOUT)) {
            in.expect(Kind.OIDS);
        }
        if (!materialized && in.accept(Kind.ON)) {
            in.expect(Kind.COMMIT);
            if (!in.accept(Kind.DROP)) {
                if (!in.accept(Kind.DELETE)) {
                    in.expect(Kind.PRESERVE);
                }
                in.expect(Kind.ROWS);
            }
        }
        if (in.accept(Kind.TABLESPACE)) {
            in.columnName();
        }
    }

    private boolean withData() {
        if (!in.accept(Kind.WITH)) {
            return true;
        }
        boolean data = !in.accept(Kind.NO);
        in.expect(Kind.DATA);
        return data;
    }

    /** {@code reloptions}. */
    void relationOptions() {
        in.expect(Kind.OPEN_PARENTHESIS);
        do {
            in.label();
            if (in.accept(Kind.DOT)) {
                in.label();
            }
            if (in.accept(Kind.EQUALS)) {
                optionValue();
            }
        } while (in.accept(Kind.COMMA));
        in.expect(Kind.CLOSE_PARENTHESIS);
    }

    /** {@code def_arg}. */
    private void optionValue() {
        switch (in.kind()) {
            case STRING_LITERAL, INTEGER_LITERAL, NUMBER_LITERAL, NONE -> in.step();
            case PLUS, MINUS -> {
                boolean number = in.kind(1) == Kind.INTEGER_LITERAL || in.kind(1) == Kind.NUMBER_LITERAL;
                in.step();
                if (number) {
                    in.step();
                }
            }
            default -> {
                if (in.kind().category() == Kind.Category.RESERVED) {
                    in.step();
                } else if (Cursor.isSymbol(in.kind()) || in.is(Kind.OPERATOR, Kind.OPEN_PARENTHESIS)) {
                    in.anyOperator();
                } else {
                    grammar.types().type();
                }
            }
        }
    }
}
