package dev.howdah.postgres.catalog;

/**
 * Where the rows of a foreign table are.
 *
 * @param server the foreign server's name
 * @param wrapper the foreign-data wrapper's name, such as {@code postgres_fdw}
 * @param runsProgram whether reading it starts a program on the server
 * @param readsFile whether reading it opens a file on the server
 */
public record ForeignSource(String server, String wrapper, boolean runsProgram, boolean readsFile) {}
