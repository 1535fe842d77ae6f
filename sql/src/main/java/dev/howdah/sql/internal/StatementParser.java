package dev.howdah.sql.internal;

import dev.howdah.base.ErrorCode;
import dev.howdah.sql.SqlSyntaxException;
import dev.howdah.sql.Statement;
import dev.howdah.sql.StatementKind;
import dev.howdah.sql.tree.Modification;
import dev.howdah.sql.tree.Part.ExplainOption;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.QueryBody;
import dev.howdah.sql.tree.SyntaxTree;
import dev.howdah.sql.tree.SyntaxTree.Explain;
import dev.howdah.sql.tree.SyntaxTree.Show;
import dev.howdah.sql.tree.SyntaxTree.Unparsed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A script: statements between semicolons. */
public final class StatementParser {
    /** As deep as half a megabyte of stack allows with a margin of two, in the interpreter. */
    private static final int SHALLOW = 150;

    /** Deeper than any honest statement; a thread of our own has the stack for it. */
    private static final int DEEPEST = 1_000;

    private static final long DEEP_STACK = 16L * 1024 * 1024;

    private final Cursor in;
    private final Grammar grammar;
    private final UnparsedStatements unparsed;

    private StatementParser(Cursor in) {
        this.in = in;
        this.grammar = new Grammar(in);
        this.unparsed = new UnparsedStatements(in);
    }

    /** All statements of a script. */
    public static List<Statement> parse(String script) {
        Tokens tokens = Lexer.read(script);
        try {
            return new StatementParser(new Cursor(tokens, SHALLOW)).script();
        } catch (SqlSyntaxException e) {
            if (e.code() != ErrorCode.LIMIT) {
                throw e;
            }
            return deep(tokens);
        }
    }

    /** Whoever calls may have little stack left; what is nested deep is rare enough to get a thread with enough. */
    private static List<Statement> deep(Tokens tokens) {
        FutureTask<List<Statement>> task =
                new FutureTask<>(() -> new StatementParser(new Cursor(tokens, DEEPEST)).script());
        new Thread(null, task, "howdah-parser", DEEP_STACK).start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    // parsing ends by itself, soon
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SqlSyntaxException syntax) {
                throw syntax;
            }
            throw new IllegalStateException("the parser failed", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<Statement> script() {
        List<Statement> statements = new ArrayList<>(1);
        while (true) {
            while (in.accept(Kind.SEMICOLON)) {
                // an empty statement
            }
            if (in.is(Kind.END_OF_INPUT)) {
                return List.copyOf(statements);
            }
            statements.add(statement());
            if (!in.is(Kind.SEMICOLON) && !in.is(Kind.END_OF_INPUT)) {
                throw in.unexpected();
            }
        }
    }

    private Statement statement() {
        int start = in.start();
        SyntaxTree tree;
        StatementKind kind;
        switch (in.kind()) {
            case EXPLAIN -> {
                tree = explain();
                kind = StatementKind.EXPLAIN;
            }
            case SHOW -> {
                tree = show();
                kind = StatementKind.SHOW;
            }
            default -> {
                SyntaxTree read = startsPreparable() ? grammar.modifications().statement() : utility();
                if (read == null) {
                    kind = unparsed.skip();
                    tree = new Unparsed(in.since(start));
                } else {
                    kind = kind(read);
                    tree = read;
                }
            }
        }
        int end = in.end();
        return new Statement(in.source().substring(start, end), start, end, kind, tree);
    }

    private @Nullable SyntaxTree utility() {
        boolean prepares =
                in.is(Kind.PREPARE) && !(in.kind(1) == Kind.TRANSACTION && in.kind(2) == Kind.STRING_LITERAL);
        return prepares ? grammar.utilities().prepare() : grammar.utilities().explainable();
    }

    /** Whether a query or a statement that changes rows starts here. */
    private boolean startsPreparable() {
        return switch (in.kind()) {
            case SELECT,
                    VALUES,
                    TABLE,
                    WITH,
                    WITH_TIME_OR_ORDINALITY,
                    OPEN_PARENTHESIS,
                    INSERT,
                    UPDATE,
                    DELETE,
                    MERGE -> true;
            default -> false;
        };
    }

    private static StatementKind kind(SyntaxTree tree) {
        return switch (tree) {
            case Query query ->
                switch (query.body()) {
                    case QueryBody.Values _ -> StatementKind.VALUES;
                    case QueryBody.Table _ -> StatementKind.TABLE;
                    case QueryBody.Select _, QueryBody.SetOperation _, Query _ -> StatementKind.SELECT;
                };
            case Modification.Insert _ -> StatementKind.INSERT;
            case Modification.Update _ -> StatementKind.UPDATE;
            case Modification.Delete _ -> StatementKind.DELETE;
            case Modification.Merge _ -> StatementKind.MERGE;
            case SyntaxTree.Prepare _ -> StatementKind.PREPARE;
            case SyntaxTree.Execute _ -> StatementKind.EXECUTE;
            case SyntaxTree.DeclareCursor _ -> StatementKind.DECLARE;
            case SyntaxTree.RefreshMaterializedView _ -> StatementKind.REFRESH_MATERIALIZED_VIEW;
            case SyntaxTree.CreateTableAs create ->
                create.materializedView() ? StatementKind.CREATE_MATERIALIZED_VIEW : StatementKind.CREATE_TABLE;
            case Explain _ -> StatementKind.EXPLAIN;
            case Show _ -> StatementKind.SHOW;
            case Unparsed _ -> throw new IllegalStateException("a statement that was not read has no kind of its own");
        };
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
        if (startsPreparable()) {
            return grammar.modifications().statement();
        }
        SyntaxTree utility = grammar.utilities().explainable();
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
        String value = optionValue();
        return new ExplainOption(in.since(start), name, value);
    }

    private @Nullable String optionValue() {
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
