package dev.howdah.guard.journal;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.wire.Wire;
import dev.howdah.sql.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What can be undone in a database. Thread-safe. */
public final class Undos {
    private final Database database;

    /** The journal of this database. */
    public Undos(Database database) {
        this.database = database;
    }

    /** What is kept, the newest first. */
    public List<Entry> list(Cancellation cancellation) {
        return read(
                (place, beside) -> place.map(there -> entries(there, beside)).orElse(List.of()), cancellation);
    }

    /**
     * An undo, to be proposed like any write.
     *
     * @param id the entry; empty for the newest that is not undone and is no undo itself
     * @throws HowdahException of code UNRESOLVED if there is no such entry or it was undone already
     */
    public Undo undo(Optional<Long> id, Choice choice, Cancellation cancellation) {
        return read(
                (place, beside) -> {
                    List<Entry> entries =
                            place.map(there -> entries(there, beside)).orElse(List.of());
                    Entry entry = entries.stream()
                            .filter(kept -> id.map(wanted -> wanted == kept.id())
                                    .orElseGet(() -> kept.undoneBy().isEmpty()
                                            && kept.undoes().isEmpty()))
                            .findFirst()
                            .orElseThrow(() -> nothing(id));
                    if (entry.undoneBy().isPresent()) {
                        throw new HowdahException(
                                ErrorCode.UNRESOLVED,
                                entry.id() + " was undone already, by "
                                        + entry.undoneBy().get() + ".",
                                "To do it again, undo that: howdah undo "
                                        + entry.undoneBy().get());
                    }
                    Place there = place.orElseThrow(() -> nothing(id));
                    List<String> relations = KeptTable.of(there, entry.id(), beside).stream()
                            .map(table -> table.now().words())
                            .toList();
                    return new Undo(there, entry, choice, relations);
                },
                cancellation);
    }

    /** Forgetting an entry, or all that are older than its day of retention; to be proposed like any write. */
    public Forget forget(List<Long> ids, Cancellation cancellation) {
        return read(
                (place, beside) ->
                        new Forget(place.orElseThrow(() -> nothing(ids.stream().findFirst())), ids),
                cancellation);
    }

    /** The SQL with which a database administrator lets this role keep a journal. */
    public String setup(Cancellation cancellation) {
        return read(
                (place, beside) -> {
                    String role = beside.value("SELECT current_user");
                    boolean taken = beside.value("SELECT to_regnamespace('howdah') IS NOT NULL")
                            .equals("t");
                    String schema = Identifiers.quote(taken ? "howdah_" + role : "howdah");
                    return place.map(there -> "-- " + role + " needs nothing: its journal is"
                                    + (there.made() ? "" : " made with the first write") + " in the schema "
                                    + Identifiers.quote(there.schema()) + ".\n")
                            .orElseGet(() -> "CREATE SCHEMA " + schema + " AUTHORIZATION " + Identifiers.quote(role)
                                    + ";\n-- Lets an undo suppress triggers (PostgreSQL 15 or newer); without it, tables that"
                                    + " are not the role's own fire theirs.\n"
                                    + "GRANT SET ON PARAMETER session_replication_role TO " + Identifiers.quote(role)
                                    + ";\n");
                },
                cancellation);
    }

    private static HowdahException nothing(Optional<Long> id) {
        return new HowdahException(
                ErrorCode.UNRESOLVED,
                id.map(wanted -> "The journal has no entry " + wanted + ".").orElse("There is nothing to undo."),
                "See howdah undo --list.");
    }

    private <T> T read(BiFunction<Optional<Place>, Asked, T> work, Cancellation cancellation) {
        try (Wire wire = new Wire(database)) {
            return wire.constants(
                    queries -> {
                        Asked beside = Asked.beside(queries);
                        return work.apply(Place.find(beside), beside);
                    },
                    cancellation);
        }
    }

    private static List<Entry> entries(Place place, Asked asked) {
        if (!place.made()) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (List<@Nullable String> row :
                asked.rows("SELECT id, to_char(at, 'YYYY-MM-DD HH24:MI:SS'), role, bytes, undoes," + " undone_by FROM "
                        + place.table("entry") + " ORDER BY id DESC")) {
            long id = Long.parseLong(String.valueOf(row.get(0)));
            List<String> texts = asked
                    .rows("SELECT t FROM " + place.table("entry")
                            + ", unnest(texts) WITH ORDINALITY u(t, n) WHERE id = " + id + " ORDER BY n")
                    .stream()
                    .map(text -> String.valueOf(text.getFirst()))
                    .toList();
            List<String> tables = asked
                    .rows(
                            "SELECT schema || '.' || name || concat(' +' || nullif(inserted, 0), ' ~' || nullif(updated, 0),"
                                    + " ' -' || nullif(deleted, 0)) FROM " + place.table("relation") + " WHERE entry = "
                                    + id
                                    + " ORDER BY number")
                    .stream()
                    .map(table -> String.valueOf(table.getFirst()))
                    .toList();
            entries.add(new Entry(
                    id,
                    String.valueOf(row.get(1)),
                    String.valueOf(row.get(2)),
                    texts,
                    tables,
                    Long.parseLong(String.valueOf(row.get(3))),
                    Optional.ofNullable(row.get(4)).map(Long::valueOf),
                    Optional.ofNullable(row.get(5)).map(Long::valueOf)));
        }
        return entries;
    }
}
