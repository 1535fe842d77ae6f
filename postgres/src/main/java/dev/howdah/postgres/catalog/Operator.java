package dev.howdah.postgres.catalog;

import java.util.List;
import java.util.Optional;

/**
 * An operator as {@code pg_operator} has it.
 *
 * @param oid {@code pg_operator.oid}
 * @param schema its schema
 * @param name its characters
 * @param left OID of the left operand's type; 0 for a prefix operator
 * @param right OID of the right operand's type
 * @param result OID of the result's type
 * @param routine OID of the function that it calls; 0 for a mere promise of one
 * @param estimators OIDs of the functions that the planner calls for it, and so does EXPLAIN; none is 0
 * @param extension the extension that it belongs to
 */
public record Operator(
        long oid,
        String schema,
        String name,
        long left,
        long right,
        long result,
        long routine,
        List<Long> estimators,
        Optional<String> extension) {}
