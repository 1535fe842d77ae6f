package dev.howdah.guard.journal;

import java.util.Collection;

/** How the triggers of others are kept from firing while rows are put back. */
enum Suppression {
    /** The session plays a replica: no trigger and no foreign key acts, so foreign keys are checked explicitly. */
    REPLICA,
    /** The tables' own triggers and rules are disabled until the end of the transaction; foreign keys act. */
    DISABLED,
    /** They fire. */
    NONE;

    private static final String MAY_REPLICATE = """
            SELECT CASE WHEN current_setting('server_version_num')::int >= 150000
                        THEN has_parameter_privilege('session_replication_role', 'SET')
                        ELSE current_setting('is_superuser') = 'on' END\
            """;

    /** What the role may use. */
    static Suppression of(Collection<TableFacts> tables, Asked asked) {
        // As a replica PostgreSQL does not check deferrable unique constraints either: that is a trigger, too.
        boolean deferrable = tables.stream().anyMatch(TableFacts::deferrable);
        if (!deferrable && asked.value(MAY_REPLICATE).equals("t")) {
            return REPLICA;
        }
        return tables.stream().allMatch(table -> table.rights().owner()) ? DISABLED : NONE;
    }
}
