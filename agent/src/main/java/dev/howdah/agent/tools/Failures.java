package dev.howdah.agent.tools;

import dev.howdah.base.HowdahException;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.ServerError;

/** Failures as a model may be told of them. */
public final class Failures {
    /** Syntax errors and names that do not exist: their texts quote the statement, never a row. */
    private static final String STATEMENT_IS_WRONG = "42";

    private Failures() {}

    /** What failed, without anything that may be a row's value. */
    public static String said(HowdahException failure) {
        if (failure instanceof PostgresException server && server.serverError().isPresent()) {
            ServerError error = server.serverError().get();
            String state = "SQLSTATE " + error.sqlState();
            if (!error.sqlState().startsWith(STATEMENT_IS_WRONG)) {
                return state + position(error);
            }
            return state + position(error) + ": " + failure.getMessage();
        }
        return String.valueOf(failure.getMessage());
    }

    private static String position(ServerError error) {
        return error.position().map(at -> " at character " + at).orElse("");
    }
}
