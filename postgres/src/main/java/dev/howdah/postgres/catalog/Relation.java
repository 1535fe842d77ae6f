package dev.howdah.postgres.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A table or what can be read like one.
 *
 * @param oid its OID
 * @param schema its schema's exact name
 * @param name its exact name
 * @param kind what it is
 * @param columns in the order of the table, dropped ones left out
 * @param primaryKey column numbers of the primary key, in key order; empty if there is none
 * @param uniqueKeys column numbers of each unique constraint or unique index over plain columns without a predicate
 * @param foreignKeys those that leave this relation
 * @param checks CHECK constraints
 * @param indexes its indexes
 * @param comment its comment
 * @param rowEstimate the planner's row count; negative if never analysed
 * @param partition whether it is a partition of another table
 * @param rowSecurity whether row-level security is enabled on it
 * @param privileges what the connected role may do
 * @param extension the extension that it belongs to, such as {@code postgis}
 */
public record Relation(
        long oid,
        String schema,
        String name,
        Kind kind,
        List<Column> columns,
        List<Integer> primaryKey,
        List<List<Integer>> uniqueKeys,
        List<ForeignKey> foreignKeys,
        List<Check> checks,
        List<Index> indexes,
        Optional<String> comment,
        double rowEstimate,
        boolean partition,
        boolean rowSecurity,
        Privileges privileges,
        Optional<String> extension) {

    /** A relation that no extension made. */
    public Relation(
            long oid,
            String schema,
            String name,
            Kind kind,
            List<Column> columns,
            List<Integer> primaryKey,
            List<List<Integer>> uniqueKeys,
            List<ForeignKey> foreignKeys,
            List<Check> checks,
            List<Index> indexes,
            Optional<String> comment,
            double rowEstimate,
            boolean partition,
            boolean rowSecurity,
            Privileges privileges) {
        this(
                oid,
                schema,
                name,
                kind,
                columns,
                primaryKey,
                uniqueKeys,
                foreignKeys,
                checks,
                indexes,
                comment,
                rowEstimate,
                partition,
                rowSecurity,
                privileges,
                Optional.empty());
    }

    /** Kinds of relations, as {@code pg_class.relkind} has them. */
    public enum Kind {
        TABLE("table"),
        PARTITIONED_TABLE("partitioned table"),
        VIEW("view"),
        MATERIALIZED_VIEW("materialized view"),
        FOREIGN_TABLE("foreign table");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** PostgreSQL's words for it. */
        public String words() {
            return words;
        }
    }

    /**
     * What the connected role may do with a relation; column grants count as granted. Without USAGE on the schema nothing
     * may be done.
     *
     * @param select may read at least one column
     * @param insert may insert into at least one column
     * @param update may update at least one column
     * @param delete may delete
     * @param selectOnly the numbers of the columns that may be read, where that is not all of them; otherwise empty
     */
    public record Privileges(boolean select, boolean insert, boolean update, boolean delete, List<Integer> selectOnly) {

        /** Privileges on whole relations, no grants on columns. */
        public Privileges(boolean select, boolean insert, boolean update, boolean delete) {
            this(select, insert, update, delete, List.of());
        }

        /** Whether the column may be read. */
        public boolean maySelect(Column column) {
            return select && (selectOnly.isEmpty() || selectOnly.contains(column.number()));
        }
    }

    /**
     * A CHECK constraint.
     *
     * @param name its name
     * @param expression PostgreSQL's own text of the condition, such as {@code CHECK ((price >= (0)::numeric))}
     */
    public record Check(String name, String expression) {}

    /**
     * An index.
     *
     * @param name its name
     * @param method its access method, such as {@code btree}
     * @param unique whether it is unique
     * @param valid whether the planner may use it
     * @param columns key columns' numbers; 0 stands for an expression
     * @param definition PostgreSQL's own text, kept only where expressions or a predicate make the columns not enough
     */
    public record Index(
            String name,
            String method,
            boolean unique,
            boolean valid,
            List<Integer> columns,
            Optional<String> definition) {}

    /** The column of this number. */
    public Optional<Column> column(int number) {
        return columns.stream().filter(c -> c.number() == number).findFirst();
    }

    /** The column of exactly this name. */
    public Optional<Column> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    /** Identity is the OID: comparing 100,000 columns would be slow and say nothing more. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Relation relation && relation.oid == oid;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(oid);
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
