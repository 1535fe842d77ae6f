package dev.howdah.postgres.catalog;

import java.util.List;

/**
 * A declared foreign key.
 *
 * @param name the constraint's name
 * @param columns column numbers of the referencing relation
 * @param referenced OID of the referenced relation
 * @param referencedColumns its column numbers, in the same order
 * @param onUpdate what happens when the referenced key changes
 * @param onDelete what happens when the referenced row goes
 * @param validated whether all existing rows are known to comply
 * @param period whether the last column is compared by containment of periods and not by equality (PostgreSQL 18)
 */
public record ForeignKey(
        String name,
        List<Integer> columns,
        long referenced,
        List<Integer> referencedColumns,
        Action onUpdate,
        Action onDelete,
        boolean validated,
        boolean period) {

    /** A key that compares all its columns by equality. */
    public ForeignKey(
            String name,
            List<Integer> columns,
            long referenced,
            List<Integer> referencedColumns,
            Action onUpdate,
            Action onDelete,
            boolean validated) {
        this(name, columns, referenced, referencedColumns, onUpdate, onDelete, validated, false);
    }

    /** Referential actions. */
    public enum Action {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }
}
