/**
 * The syntax tree: sealed records, each with the span of source text it was read from. All of them are immutable and
 * safe to share between threads. A chain of operators or joins may be as deep as the statement is long: walk with
 * {@link dev.howdah.sql.tree.Node#descendants()}, which does not recurse, and never call {@code equals},
 * {@code hashCode} or {@code toString} on foreign statements.
 */
@NullMarked
package dev.howdah.sql.tree;

import org.jspecify.annotations.NullMarked;
