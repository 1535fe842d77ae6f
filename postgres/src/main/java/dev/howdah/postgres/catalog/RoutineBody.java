package dev.howdah.postgres.catalog;

import java.util.List;

/**
 * What a function consists of.
 *
 * @param oid its OID
 * @param source its text, in its language
 * @param qualified whether the server keeps it parsed and wrote the text, with every name qualified
 * @param settings what it sets while it runs, such as {@code search_path=pg_catalog}
 * @param defaults what the expressions use that stand for arguments left out
 */
public record RoutineBody(long oid, String source, boolean qualified, List<String> settings, TreeUses defaults) {
    public RoutineBody {
        settings = List.copyOf(settings);
    }
}
