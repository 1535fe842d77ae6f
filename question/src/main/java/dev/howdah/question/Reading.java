package dev.howdah.question;

import dev.howdah.postgres.catalog.Relation;
import java.util.List;
import java.util.Map;

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
 * @param evidence what speaks for and against it, by name; the confidence is made from it
 * @param notUnderstood words that were not understood; empty for a reading that is offered as understood
 */
public record Reading(
        String sql,
        String inWords,
        double confidence,
        List<String> assumptions,
        List<Relation> relations,
        List<String> columns,
        Map<String, Double> evidence,
        List<String> notUnderstood) {

    /** Without evidence: a reading that somebody else made. */
    public Reading(
            String sql,
            String inWords,
            double confidence,
            List<String> assumptions,
            List<Relation> relations,
            List<String> columns,
            List<String> notUnderstood) {
        this(sql, inWords, confidence, assumptions, relations, columns, Map.of(), notUnderstood);
    }

    public Reading {
        assumptions = List.copyOf(assumptions);
        relations = List.copyOf(relations);
        columns = List.copyOf(columns);
        evidence = Map.copyOf(evidence);
        notUnderstood = List.copyOf(notUnderstood);
    }
}
