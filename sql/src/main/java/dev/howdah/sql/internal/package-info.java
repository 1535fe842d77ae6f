/** The lexer and the parser behind {@link dev.howdah.sql.Sql}; nothing here is API. */
@NullMarked
package dev.howdah.sql.internal;

import org.jspecify.annotations.NullMarked;
