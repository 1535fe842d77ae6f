package dev.howdah.terminal.app;

import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.UnresolvedException;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.ServerError;
import dev.howdah.sql.SqlSyntaxException;
import dev.howdah.terminal.chat.Block;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Failures with the place in the SQL that they are about. */
final class Excerpts {
    private static final int BEFORE = 40;
    private static final int AFTER = 30;

    private Excerpts() {}

    static Block.Failure failure(Throwable thrown, Optional<String> sql) {
        if (!(thrown instanceof HowdahException failure)) {
            return new Block.Failure(
                    "A defect in Howdah: " + thrown,
                    Optional.of("Please report it; the log (`howdah config path --log`) has the details."),
                    List.of());
        }
        OptionalInt position = sql.isPresent() ? position(failure, sql.get()) : OptionalInt.empty();
        return new Block.Failure(
                String.valueOf(failure.getMessage()),
                failure.hint(),
                position.isPresent() ? excerpt(sql.orElse(""), position.getAsInt()) : List.of());
    }

    private static OptionalInt position(HowdahException failure, String sql) {
        int position = switch (failure) {
            case SqlSyntaxException syntax -> syntax.position();
            case UnresolvedException unresolved -> unresolved.position();
            case PostgresException postgres -> serverPosition(postgres, sql);
            default -> -1;
        };
        return position >= 0 && position <= sql.length() ? OptionalInt.of(position) : OptionalInt.empty();
    }

    private static int serverPosition(PostgresException failure, String sql) {
        int characters = failure.serverError().flatMap(ServerError::position).orElse(0);
        return characters >= 1 && characters <= sql.codePointCount(0, sql.length()) + 1
                ? sql.offsetByCodePoints(0, characters - 1)
                : -1;
    }

    /** The line and below it the mark. */
    private static List<String> excerpt(String sql, int position) {
        int from = position == 0 ? 0 : sql.lastIndexOf('\n', position - 1) + 1;
        int newline = sql.indexOf('\n', position);
        int to = newline < 0 ? sql.length() : newline;
        String before =
                sql.substring(Math.max(from, position - BEFORE), position).replace('\t', ' ');
        String after = sql.substring(position, Math.min(to, position + AFTER)).replace('\t', ' ');
        return List.of(before + after, " ".repeat(before.codePointCount(0, before.length())) + "^");
    }
}
