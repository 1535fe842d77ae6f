/**
 * PostgreSQL 18's language: {@link dev.howdah.sql.Sql} reads it, {@link dev.howdah.sql.Effects} says what a statement
 * does, {@link dev.howdah.sql.Mentions} what it names. Knows no server.
 */
@NullMarked
package dev.howdah.sql;

import org.jspecify.annotations.NullMarked;
