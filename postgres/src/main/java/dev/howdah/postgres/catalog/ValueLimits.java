package dev.howdah.postgres.catalog;

import java.time.Duration;

/**
 * How much of a database's {@link StoredValues} is read at most.
 *
 * @param relations relations that are looked at, those on the search path first
 * @param rows rows of a table that is read itself; of larger ones only the planner's statistics are
 * @param valuesPerColumn values of one column
 * @param values values altogether, enums' labels not counted
 * @param length characters of a value
 * @param time for all of it
 */
public record ValueLimits(int relations, int rows, int valuesPerColumn, int values, int length, Duration time) {
    /** 300 relations, tables of 10,000 rows, 2,000 values a column, 50,000 in all, 64 characters, 2 seconds. */
    public static ValueLimits standard() {
        return new ValueLimits(300, 10_000, 2_000, 50_000, 64, Duration.ofSeconds(2));
    }
}
