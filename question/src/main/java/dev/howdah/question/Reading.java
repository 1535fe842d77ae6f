package dev.howdah.question;

import dev.howdah.postgres.catalog.Relation;
import java.util.List;

/**
 * How a question was understood.
 *
 * @param sql one complete query, formatted over lines; dates are literals in the engine's time zone, so the session's
 *     TimeZone has to be that zone
 * @param inWords what the query asks, for a person to check
 * @param confidence between 0 and 1
 * @param assumptions what was taken for granted, each a short phrase
 * @param relations what the query reads
 * @param columns the columns it names, as {@code relation.column}
 * @param notUnderstood words that were not understood; empty for a reading that is offered as understood
 */
public record Reading(
        String sql,
        String inWords,
        double confidence,
        List<String> assumptions,
        List<Relation> relations,
        List<String> columns,
        List<String> notUnderstood) {

    public Reading {
        assumptions = List.copyOf(assumptions);
        relations = List.copyOf(relations);
        columns = List.copyOf(columns);
        notUnderstood = List.copyOf(notUnderstood);
    }
}
