package dev.howdah.sql.internal;

import dev.howdah.sql.StatementKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds which command its first words announce. */
final class CommandNames {
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
            Map.entry(Kind.DISCARD, StatementKind.DISCARD),
            Map.entry(Kind.DO, StatementKind.DO),
            Map.entry(Kind.END, StatementKind.COMMIT),
            Map.entry(Kind.FETCH, StatementKind.FETCH),
            Map.entry(Kind.GRANT, StatementKind.GRANT),
            Map.entry(Kind.IMPORT, StatementKind.IMPORT_FOREIGN_SCHEMA),
            Map.entry(Kind.LISTEN, StatementKind.LISTEN),
            Map.entry(Kind.LOAD, StatementKind.LOAD),
            Map.entry(Kind.LOCK, StatementKind.LOCK),
            Map.entry(Kind.MOVE, StatementKind.MOVE),
            Map.entry(Kind.NOTIFY, StatementKind.NOTIFY),
            Map.entry(Kind.PREPARE, StatementKind.PREPARE_TRANSACTION),
            Map.entry(Kind.REASSIGN, StatementKind.REASSIGN_OWNED),
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

    private static final Map<String, StatementKind> BY_NAME = byName();

    private final Cursor in;

    CommandNames(Cursor in) {
        this.in = in;
    }

    private static Map<String, StatementKind> byName() {
        Map<String, StatementKind> kinds = new HashMap<>();
        for (StatementKind kind : StatementKind.values()) {
            kinds.put(kind.name(), kind);
        }
        return Map.copyOf(kinds);
    }

    /** What the command here can be, the more likely first; nothing if no command starts like this. */
    List<StatementKind> candidates() {
        StatementKind simple = SIMPLE.get(in.kind());
        if (simple != null) {
            return List.of(simple);
        }
        return switch (in.kind()) {
            case ALTER -> objects("ALTER", 1);
            case CREATE -> objects("CREATE", behindModifiers());
            case DROP -> objects("DROP", 1);
            case COMMIT -> List.of(in.kind(1) == Kind.PREPARED ? StatementKind.COMMIT_PREPARED : StatementKind.COMMIT);
            case ROLLBACK -> List.of(rollback());
            case SET -> set();
            default -> List.of();
        };
    }

    private StatementKind rollback() {
        if (in.kind(1) == Kind.PREPARED) {
            return StatementKind.ROLLBACK_PREPARED;
        }
        boolean noise = in.kind(1) == Kind.WORK || in.kind(1) == Kind.TRANSACTION;
        return in.kind(noise ? 2 : 1) == Kind.TO ? StatementKind.ROLLBACK_TO_SAVEPOINT : StatementKind.ROLLBACK;
    }

    /** The words behind SET are names of settings too, when TO, = or a dot follows. */
    private List<StatementKind> set() {
        boolean scoped = in.kind(1) == Kind.LOCAL || in.kind(1) == Kind.SESSION;
        if (in.kind(1) == Kind.SESSION && in.kind(2) == Kind.CHARACTERISTICS) {
            return List.of(StatementKind.SET_TRANSACTION);
        }
        if (in.kind(1) == Kind.SESSION && in.kind(2) == Kind.AUTHORIZATION) {
            return List.of(StatementKind.SET_SESSION_AUTHORIZATION);
        }
        int ahead = scoped ? 2 : 1;
        if (isAssigned(ahead + 1)) {
            return List.of(StatementKind.SET);
        }
        return switch (in.kind(ahead)) {
            case CONSTRAINTS -> List.of(StatementKind.SET_CONSTRAINTS);
            case ROLE -> List.of(StatementKind.SET_ROLE);
            case TRANSACTION -> List.of(StatementKind.SET_TRANSACTION);
            case SESSION ->
                List.of(
                        in.kind(ahead + 1) == Kind.AUTHORIZATION
                                ? StatementKind.SET_SESSION_AUTHORIZATION
                                : StatementKind.SET);
            default -> List.of(StatementKind.SET);
        };
    }

    private boolean isAssigned(int ahead) {
        return switch (in.kind(ahead)) {
            case TO, EQUALS, DOT, FROM -> true;
            default -> false;
        };
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

    /** The kinds that the verb and one to three words behind it make, the longest first. */
    private List<StatementKind> objects(String verb, int ahead) {
        StringBuilder name = new StringBuilder(verb);
        List<StatementKind> found = new ArrayList<>(2);
        int from = in.kind(ahead) == Kind.PROCEDURAL ? ahead + 1 : ahead;
        for (int i = 0; i < 3; i++) {
            Kind kind = in.kind(from + i);
            if (kind.category() == Kind.Category.NONE) {
                break;
            }
            name.append('_').append(kind.name());
            StatementKind longer = BY_NAME.get(name.toString());
            if (longer != null) {
                found.addFirst(longer);
            }
        }
        return found;
    }
}
