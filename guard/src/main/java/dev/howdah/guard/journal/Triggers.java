package dev.howdah.guard.journal;

import dev.howdah.sql.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps others' triggers and rules from firing for a while, and puts each back exactly as it was. */
final class Triggers {
    private static final String ENABLED = """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), 'TRIGGER', t.tgname, t.tgenabled = 'A'
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE t.tgrelid = ANY ('{OIDS}'::oid[]) AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
            UNION ALL
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), 'RULE', r.rulename, r.ev_enabled = 'A'
            FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE r.ev_class = ANY ('{OIDS}'::oid[]) AND r.ev_enabled IN ('O', 'A')\
            """;

    private final Asked within;
    private final List<String> back = new ArrayList<>();

    Triggers(Asked within) {
        this.within = within;
    }

    void suppress(Suppression suppression, List<KeptTable> tables) {
        switch (suppression) {
            case REPLICA -> {
                within.rows("SELECT set_config('session_replication_role', 'replica', true)");
                back.add("SELECT set_config('session_replication_role', 'origin', true)");
            }
            case DISABLED -> disable(tables);
            case NONE -> {}
        }
    }

    private void disable(List<KeptTable> tables) {
        String oids =
                tables.stream().map(table -> String.valueOf(table.now().oid())).collect(Collectors.joining(","));
        for (List<@Nullable String> row : within.rows(ENABLED.replace("OIDS", oids))) {
            String name = row.get(1) + " " + Identifiers.quote(String.valueOf(row.get(2)));
            within.rows("ALTER TABLE " + row.get(0) + " DISABLE " + name);
            back.add("ALTER TABLE " + row.get(0) + " ENABLE " + ("t".equals(row.get(3)) ? "ALWAYS " : "") + name);
        }
    }

    void putBack() {
        back.forEach(within::rows);
    }
}
