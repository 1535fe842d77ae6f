package dev.howdah.sql.internal;

import dev.howdah.sql.StatementKind;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Statements of which only the kind and the extent are read. */
final class UnparsedStatements {
    /** Kinds that one keyword settles. */
    private static final Map<Kind, StatementKind> SIMPLE = new EnumMap<>(Map.ofEntries(
            Map.entry(Kind.ABORT, StatementKind.ROLLBACK),
            Map.entry(Kind.ANALYZE, StatementKind.ANALYZE),
            Map.entry(Kind.ANALYSE, StatementKind.ANALYZE),
            Map.entry(Kind.BEGIN, StatementKind.BEGIN),
            Map.entry(Kind.CALL, StatementKind.CALL),
            Map.entry(Kind.CHECKPOINT, StatementKind.CHECKPOINT),
            Map.entry(Kind.CLOSE, StatementKind.CLOSE),
            Map.entry(Kind.CLUSTER, StatementKind.CLUSTER),
            Map.entry(Kind.COMMENT, StatementKind.COMMENT),
            Map.entry(Kind.COPY, StatementKind.COPY),
            Map.entry(Kind.DEALLOCATE, StatementKind.DEALLOCATE),
            Map.entry(Kind.DECLARE, StatementKind.DECLARE),
            Map.entry(Kind.DISCARD, StatementKind.DISCARD),
            Map.entry(Kind.DO, StatementKind.DO),
            Map.entry(Kind.END, StatementKind.COMMIT),
            Map.entry(Kind.EXECUTE, StatementKind.EXECUTE),
            Map.entry(Kind.FETCH, StatementKind.FETCH),
            Map.entry(Kind.GRANT, StatementKind.GRANT),
            Map.entry(Kind.IMPORT, StatementKind.IMPORT_FOREIGN_SCHEMA),
            Map.entry(Kind.LISTEN, StatementKind.LISTEN),
            Map.entry(Kind.LOAD, StatementKind.LOAD),
            Map.entry(Kind.LOCK, StatementKind.LOCK),
            Map.entry(Kind.MOVE, StatementKind.MOVE),
            Map.entry(Kind.NOTIFY, StatementKind.NOTIFY),
            Map.entry(Kind.REASSIGN, StatementKind.REASSIGN_OWNED),
            Map.entry(Kind.REFRESH, StatementKind.REFRESH_MATERIALIZED_VIEW),
            Map.entry(Kind.REINDEX, StatementKind.REINDEX),
            Map.entry(Kind.RELEASE, StatementKind.RELEASE_SAVEPOINT),
            Map.entry(Kind.RESET, StatementKind.RESET),
            Map.entry(Kind.REVOKE, StatementKind.REVOKE),
            Map.entry(Kind.SAVEPOINT, StatementKind.SAVEPOINT),
            Map.entry(Kind.SECURITY, StatementKind.SECURITY_LABEL),
            Map.entry(Kind.START, StatementKind.START_TRANSACTION),
            Map.entry(Kind.TRUNCATE, StatementKind.TRUNCATE),
            Map.entry(Kind.UNLISTEN, StatementKind.UNLISTEN),
            Map.entry(Kind.VACUUM, StatementKind.VACUUM)));

    private final Cursor in;

    UnparsedStatements(Cursor in) {
        this.in = in;
    }

    /** Passes over the statement that starts here; its kind. */
    StatementKind skip() {
        StatementKind kind = kind();
        if (kind == null) {
            throw in.unexpected();
        }
        boolean routine = kind == StatementKind.CREATE_FUNCTION || kind == StatementKind.CREATE_PROCEDURE;
        int parentheses = 0;
        int blocks = 0;
        while (!in.is(Kind.END_OF_INPUT)) {
            switch (in.kind()) {
                // a rule's actions stand in parentheses, a routine's body between BEGIN ATOMIC and END
                case SEMICOLON -> {
                    if (parentheses == 0 && blocks == 0) {
                        return kind;
                    }
                }
                case OPEN_PARENTHESIS -> parentheses++;
                case CLOSE_PARENTHESIS -> {
                    if (--parentheses < 0) {
                        throw in.unexpected();
                    }
                }
                case BEGIN -> blocks += routine && in.kind(1) == Kind.ATOMIC ? 1 : 0;
                case CASE -> blocks += blocks > 0 ? 1 : 0;
                case END -> blocks -= blocks > 0 ? 1 : 0;
                default -> {}
            }
            in.step();
        }
        if (parentheses > 0 || blocks > 0) {
            throw in.unexpected();
        }
        return kind;
    }

    private @Nullable StatementKind kind() {
        StatementKind simple = SIMPLE.get(in.kind());
        if (simple != null) {
            return simple;
        }
        return switch (in.kind()) {
            case ALTER -> object("ALTER", 1);
            case CREATE -> object("CREATE", behindModifiers());
            case DROP -> object("DROP", 1);
            case COMMIT -> in.kind(1) == Kind.PREPARED ? StatementKind.COMMIT_PREPARED : StatementKind.COMMIT;
            case PREPARE ->
                in.kind(1) == Kind.TRANSACTION && in.kind(2) == Kind.STRING_LITERAL
                        ? StatementKind.PREPARE_TRANSACTION
                        : StatementKind.PREPARE;
            case ROLLBACK -> rollback();
            case SET -> set();
            default -> null;
        };
    }

    private StatementKind rollback() {
        if (in.kind(1) == Kind.PREPARED) {
            return StatementKind.ROLLBACK_PREPARED;
        }
        boolean noise = in.kind(1) == Kind.WORK || in.kind(1) == Kind.TRANSACTION;
        return in.kind(noise ? 2 : 1) == Kind.TO ? StatementKind.ROLLBACK_TO_SAVEPOINT : StatementKind.ROLLBACK;
    }

    private StatementKind set() {
        boolean scoped = in.kind(1) == Kind.LOCAL || in.kind(1) == Kind.SESSION;
        if (in.kind(1) == Kind.SESSION && in.kind(2) == Kind.CHARACTERISTICS) {
            return StatementKind.SET_TRANSACTION;
        }
        if (in.kind(1) == Kind.SESSION && in.kind(2) == Kind.AUTHORIZATION) {
            return StatementKind.SET_SESSION_AUTHORIZATION;
        }
        int ahead = scoped ? 2 : 1;
        return switch (in.kind(ahead)) {
            case CONSTRAINTS -> StatementKind.SET_CONSTRAINTS;
            case ROLE -> isAssigned(ahead + 1) ? StatementKind.SET : StatementKind.SET_ROLE;
            case TRANSACTION -> isAssigned(ahead + 1) ? StatementKind.SET : StatementKind.SET_TRANSACTION;
            case SESSION ->
                in.kind(ahead + 1) == Kind.AUTHORIZATION ? StatementKind.SET_SESSION_AUTHORIZATION : StatementKind.SET;
            default -> StatementKind.SET;
        };
    }

    private boolean isAssigned(int ahead) {
        return in.kind(ahead) == Kind.TO || in.kind(ahead) == Kind.EQUALS;
    }

    private int behindModifiers() {
        int ahead = 1;
        while (true) {
            switch (in.kind(ahead)) {
                case OR,
                        REPLACE,
                        TEMP,
                        TEMPORARY,
                        LOCAL,
                        GLOBAL,
                        UNLOGGED,
                        RECURSIVE,
                        TRUSTED,
                        PROCEDURAL,
                        UNIQUE,
                        CONSTRAINT,
                        DEFAULT -> ahead++;
                default -> {
                    return ahead;
                }
            }
        }
    }

    /** The kind that the verb and one to three words behind it make; the longest that exists. */
    private @Nullable StatementKind object(String verb, int ahead) {
        StringBuilder name = new StringBuilder(verb);
        StatementKind found = null;
        int from = in.kind(ahead) == Kind.PROCEDURAL ? ahead + 1 : ahead;
        for (int i = 0; i < 3; i++) {
            Kind kind = in.kind(from + i);
            if (kind.category() == Kind.Category.NONE) {
                break;
            }
            name.append('_').append(kind.name());
            StatementKind longer = Names.BY_NAME.get(name.toString());
            found = longer == null ? found : longer;
        }
        return found;
    }

    /** The kinds by their names, read once. */
    private static final class Names {
        static final Map<String, StatementKind> BY_NAME = byName();

        private static Map<String, StatementKind> byName() {
            Map<String, StatementKind> kinds = new java.util.HashMap<>();
            for (StatementKind kind : StatementKind.values()) {
                kinds.put(kind.name(), kind);
            }
            return Map.copyOf(kinds);
        }
    }
}
