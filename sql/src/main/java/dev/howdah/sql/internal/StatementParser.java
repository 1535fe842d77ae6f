package dev.howdah.sql.internal;

import dev.howdah.base.ErrorCode;
import dev.howdah.sql.SqlSyntaxException;
import dev.howdah.sql.Statement;
import dev.howdah.sql.tree.Command;
import dev.howdah.sql.tree.Command.CopyEnd;
import dev.howdah.sql.tree.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A script: statements between semicolons. */
public final class StatementParser {
    /** As deep as half a megabyte of stack allows with a margin of two, in the interpreter. */
    private static final int SHALLOW = 150;

    /** Deeper than any honest statement; a thread of our own has the stack for it. */
    private static final int DEEPEST = 1_000;

    private static final long DEEP_STACK = 16L * 1024 * 1024;

    private final Cursor in;
    private final Grammar grammar;

    private StatementParser(Cursor in) {
        this.in = in;
        this.grammar = new Grammar(in);
    }

    /** All statements of a script. */
    public static List<Statement> parse(String script) {
        try {
            List<Statement> statements = read(script);
            for (Statement statement : statements.subList(0, Math.max(0, statements.size() - 1))) {
                if (statement.tree() instanceof Command.Copy copy && copy.from() && copy.end() == CopyEnd.CLIENT) {
                    throw rows(script, statement.start());
                }
            }
            return statements;
        } catch (SqlSyntaxException e) {
            int copy = e.code() == ErrorCode.SYNTAX ? copyBefore(script, e.position()) : -1;
            throw copy < 0 ? e : rows(script, copy);
        }
    }

    private static SqlSyntaxException rows(String script, int copy) {
        return new SqlSyntaxException(
                ErrorCode.SYNTAX,
                "COPY … FROM STDIN takes the rows that follow it in the script, which is not supported;"
                        + " write them as INSERT … VALUES",
                script,
                copy);
    }

    /** Where a COPY FROM STDIN stands before a position at which the rows behind it may have been taken for SQL; or -1. */
    private static int copyBefore(String script, int position) {
        Tokens tokens = Lexer.readToFirstError(script);
        int statement = 0;
        int copy = -1;
        for (int i = 0; i < tokens.count && tokens.starts[i] < position; i++) {
            switch (tokens.kinds[i]) {
                case SEMICOLON -> {
                    if (copy >= 0) {
                        return copy;
                    }
                    statement = i + 1;
                }
                case STDIN -> {
                    if (tokens.kinds[statement] == Kind.COPY && tokens.kinds[i - 1] == Kind.FROM) {
                        copy = tokens.starts[statement];
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    private static List<Statement> read(String script) {
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
                throw in.unexpectedFurthest();
            }
        }
    }

    private Statement statement() {
        int start = in.start();
        SyntaxTree tree = grammar.commands().statement();
        int end = in.end();
        return new Statement(in.source().substring(start, end), start, end, CommandParser.kind(tree), tree);
    }
}
