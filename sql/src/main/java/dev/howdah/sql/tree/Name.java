package dev.howdah.sql.tree;

/**
 * An identifier as PostgreSQL understands it: unquoted letters folded, quotes and Unicode escapes resolved, cut to 63
 * bytes.
 *
 * @param text the name
 * @param truncated whether more was written than PostgreSQL keeps
 * @param span where it is written
 */
public record Name(String text, boolean truncated, Span span) {}
