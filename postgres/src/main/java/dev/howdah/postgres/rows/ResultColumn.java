package dev.howdah.postgres.rows;

/**
 * A column of a result.
 *
 * @param name its label; not necessarily unique, possibly {@code ?column?}
 * @param typeOid {@code pg_type.oid}
 * @param typeName the type's name, such as {@code int4} or {@code timestamptz}
 */
public record ResultColumn(String name, int typeOid, String typeName) {}
