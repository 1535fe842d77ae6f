/** What is remembered in SQLite files, which several processes may use at once. The only place that knows SQLite. */
@NullMarked
package dev.howdah.store.sqlite;

import org.jspecify.annotations.NullMarked;
