package dev.howdah.sql.tree;

import java.util.List;

/**
 * An operator as it is named: {@code +}, or {@code OPERATOR(schema.+)}.
 *
 * @param qualifiers the schema, if written
 * @param symbol the operator; {@code !=} is {@code <>}
 * @param span where it is written
 */
public record OperatorName(List<Name> qualifiers, String symbol, Span span) {
    public OperatorName {
        qualifiers = List.copyOf(qualifiers);
    }
}
