package dev.howdah.postgres.internal;

import java.util.List;
import org.postgresql.core.Field;
import org.postgresql.core.Tuple;

/**
 * What one statement returned.
 *
 * @param fields its columns; empty for a statement that returns none
 * @param tuples its rows, values in text format
 */
@SuppressWarnings("ArrayRecordComponent") // the driver's own array, read once
public record Answer(Field[] fields, List<Tuple> tuples) {}
