package dev.howdah.postgres.catalog;

/**
 * Something a connection's role could do besides reading what it was granted, itself or through a role that it belongs to.
 *
 * @param kind what
 * @param detail through what, or how much: a role's name, a number of tables; may be empty
 */
public record RolePower(Kind kind, String detail) {
    /** Kinds of powers, the gravest first. */
    public enum Kind {
        SUPERUSER("is a superuser: no grant protects anything from it", true),
        RUN_PROGRAMS("can run programs on the server", true),
        WRITE_FILES("can write the server's files", true),
        READ_FILES("can read the server's files", true),
        CREATE_ROLES("can create and change roles", true),
        REPLICATE("can replicate, and so read everything", true),
        BYPASS_ROW_SECURITY("is not held by row-level security", true),
        WRITE_ALL_DATA("can write every table", true),
        READ_ALL_DATA("can read every table", true),
        CREATE_DATABASES("can create databases", true),
        OWN("owns objects, and so can change and drop them", true),
        WRITE("can change rows or sequences", true),
        CREATE_IN_DATABASE("can create schemas in this database", true),
        CREATE_IN_SCHEMAS("can create objects in schemas", true),
        SIGNAL("can stop other sessions", true),
        MAINTAIN("can maintain tables or force checkpoints", true),
        READ_QUERIES("can read other people's queries, with the values in them", true),
        TEMPORARY_TABLES("can create temporary tables, as everybody can unless that is revoked", false);

        private final String words;
        private final boolean harmful;

        Kind(String words, boolean harmful) {
            this.words = words;
            this.harmful = harmful;
        }

        /** What it can do, after the role's name. */
        public String words() {
            return words;
        }

        /** Whether a role that has it is more than a role for reading should be. */
        public boolean isHarmful() {
            return harmful;
        }
    }

    /** {@code can change rows or sequences (12 of them)}. */
    public String words() {
        return detail.isEmpty() ? kind.words() : kind.words() + " (" + detail + ")";
    }
}
