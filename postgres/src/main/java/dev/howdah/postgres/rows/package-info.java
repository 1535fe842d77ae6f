/** What a query returns: columns, and rows in PostgreSQL's text format. */
@NullMarked
package dev.howdah.postgres.rows;

import org.jspecify.annotations.NullMarked;
