package dev.howdah.postgres.catalog;

import dev.howdah.postgres.wire.ConstantQueries;
import java.util.Set;

/**
 * Follows views by the OIDs in their rules' own trees. {@code pg_depend} would be simpler and leaves out every object that
 * came with the server: a view of {@code pg_authid} or a call of {@code pg_read_file} would not be seen. A name that looks
 * like a part of a tree can at worst add an object.
 */
final class ViewDependencyReader {
    private static String query(Set<Long> relations) {
        return """
            WITH RECURSIVE used(view) AS (
                SELECT unnest(%s)
              UNION
                SELECT m.found[1]::oid
                FROM used
                JOIN pg_rewrite r ON r.ev_class = used.view
                CROSS JOIN LATERAL regexp_matches(r.ev_action::text, ':relid ([0-9]+)', 'g') AS m(found)
            )
            SELECT DISTINCT r.ev_class, m.found[1], trim(m.found[2], '(io)'), r.ev_type <> '1'
            FROM used
            JOIN pg_rewrite r ON r.ev_class = used.view
            CROSS JOIN LATERAL regexp_matches(
              r.ev_action::text || r.ev_qual::text,
              '%s', 'g') AS m(found)\
            """.formatted(Quoted.oids(relations), TreeUses.FIELDS);
    }

    private ViewDependencyReader() {}

    static ViewDependencies read(ConstantQueries source, Set<Long> relations) {
        ViewDependencies.Draft draft = new ViewDependencies.Draft();
        source.copy(CatalogQueries.PIN_SEARCH_PATH, row -> {});
        source.copy(query(relations), row -> {
            long view = Values.number(row, 0);
            for (String oid : Values.string(row, 2).strip().split(" +", -1)) {
                draft.add(view, Values.string(row, 1), Long.parseLong(oid));
            }
            if (Values.flag(row, 3)) {
                draft.acts(view);
            }
        });
        return draft.finish();
    }
}
