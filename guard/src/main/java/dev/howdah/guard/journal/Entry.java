package dev.howdah.guard.journal;

import java.util.List;
import java.util.Optional;

/**
 * A write that the journal keeps.
 *
 * @param id what an undo is asked for by
 * @param at when, as the server wrote it
 * @param role who wrote
 * @param texts the statements
 * @param tables what changed, one line a table
 * @param bytes how many bytes of rows as they were are kept
 * @param undoes the entry that this one undid
 * @param undoneBy the entry that undid this one
 */
public record Entry(
        long id,
        String at,
        String role,
        List<String> texts,
        List<String> tables,
        long bytes,
        Optional<Long> undoes,
        Optional<Long> undoneBy) {
    public Entry {
        texts = List.copyOf(texts);
        tables = List.copyOf(tables);
    }
}
