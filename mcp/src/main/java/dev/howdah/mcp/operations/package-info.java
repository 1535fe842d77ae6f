/** The tools of the server postgresql-ops: the schema, reads, plans, questions. */
@NullMarked
package dev.howdah.mcp.operations;

import org.jspecify.annotations.NullMarked;
