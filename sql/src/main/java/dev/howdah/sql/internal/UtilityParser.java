package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part.ExplainOption;
import dev.howdah.sql.tree.Part.TypeName;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.SyntaxTree;
import dev.howdah.sql.tree.SyntaxTree.CreateTableAs;
import dev.howdah.sql.tree.SyntaxTree.DeclareCursor;
import dev.howdah.sql.tree.SyntaxTree.Execute;
import dev.howdah.sql.tree.SyntaxTree.Explain;
import dev.howdah.sql.tree.SyntaxTree.Prepare;
import dev.howdah.sql.tree.SyntaxTree.RefreshMaterializedView;
import dev.howdah.sql.tree.SyntaxTree.Show;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands that carry a query, and those that show: EXPLAIN and SHOW. */
final class UtilityParser {
    private final Cursor in;
    private final Grammar grammar;

    UtilityParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
    }

    /** The command that starts here; null if it is another one. */
    @Nullable
    SyntaxTree statement() {
        return switch (in.kind()) {
            case EXPLAIN -> explain();
            case SHOW -> show();
            case PREPARE -> in.kind(1) == Kind.TRANSACTION && in.kind(2) == Kind.STRING_LITERAL ? null : prepare();
            default -> carrier();
        };
    }

    /** What EXPLAIN can explain besides queries and changes of rows. */
    private @Nullable SyntaxTree carrier() {
        return switch (in.kind()) {
            case DECLARE -> declare();
            case EXECUTE -> execute();
            case REFRESH -> refresh();
            case CREATE -> in.createsFromQuery() ? createAs() : null;
            default -> null;
        };
    }

    /** {@code PrepareStmt}. */
    private SyntaxTree prepare() {
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
    void optionValue() {
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

    // ---- EXPLAIN ---------------------------------------------------------------------------------------------------

    private Explain explain() {
        int start = in.start();
        in.expect(Kind.EXPLAIN);
        List<ExplainOption> options = new ArrayList<>();
        if (in.is(Kind.OPEN_PARENTHESIS) && !in.opensQuery()) {
            in.step();
            options.addAll(in.commaSeparated(this::explainOption));
            in.expect(Kind.CLOSE_PARENTHESIS);
        } else {
            int optionStart = in.start();
            if (in.accept(Kind.ANALYZE) || in.accept(Kind.ANALYSE)) {
                options.add(new ExplainOption(in.since(optionStart), "analyze", null));
            }
            optionStart = in.start();
            if (in.accept(Kind.VERBOSE)) {
                options.add(new ExplainOption(in.since(optionStart), "verbose", null));
            }
        }
        SyntaxTree statement = explainable();
        return new Explain(in.since(start), options, statement);
    }

    private SyntaxTree explainable() {
        if (grammar.commands().startsPreparable()) {
            return grammar.modifications().statement();
        }
        SyntaxTree utility = carrier();
        if (utility == null) {
            throw in.unexpected();
        }
        return utility;
    }

    private ExplainOption explainOption() {
        int start = in.start();
        String name;
        if (in.is(Kind.ANALYZE) || in.is(Kind.ANALYSE)) {
            name = "analyze";
            in.step();
        } else {
            // FORMAT before JSON is a token of its own
            name = in.name(in.kind().isNonReservedWord() || in.is(Kind.FORMAT_JSON))
                    .text();
        }
        String value = explainValue();
        return new ExplainOption(in.since(start), name, value);
    }

    private @Nullable String explainValue() {
        return switch (in.kind()) {
            case COMMA, CLOSE_PARENTHESIS -> null;
            case PLUS, MINUS -> {
                String sign = in.is(Kind.MINUS) ? "-" : "";
                in.step();
                yield sign + number();
            }
            case INTEGER_LITERAL, NUMBER_LITERAL -> number();
            case STRING_LITERAL -> in.string();
            case TRUE, FALSE, ON -> in.label().text();
            default -> in.name(in.kind().isNonReservedWord()).text();
        };
    }

    private String number() {
        String value = in.value();
        if (!in.accept(Kind.INTEGER_LITERAL)) {
            in.expect(Kind.NUMBER_LITERAL);
        }
        return value;
    }

    // ---- SHOW ------------------------------------------------------------------------------------------------------

    private Show show() {
        int start = in.start();
        in.expect(Kind.SHOW);
        String setting;
        if (in.accept(Kind.ALL)) {
            setting = "all";
        } else if (in.accept(Kind.TIME, Kind.ZONE)) {
            setting = "timezone";
        } else if (in.accept(Kind.TRANSACTION, Kind.ISOLATION)) {
            in.expect(Kind.LEVEL);
            setting = "transaction_isolation";
        } else if (in.accept(Kind.SESSION, Kind.AUTHORIZATION)) {
            setting = "session_authorization";
        } else {
            StringBuilder name = new StringBuilder(in.columnName().text());
            while (in.accept(Kind.DOT)) {
                name.append('.').append(in.columnName().text());
            }
            setting = name.toString();
        }
        return new Show(in.since(start), setting);
    }
}
