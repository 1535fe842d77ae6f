@NullMarked
package dev.howdah.store.sqlite;

import org.jspecify.annotations.NullMarked;
