/**
 * The embedded PostgreSQL and the sample shop: the demo that needs no database, and the server of every module's tests.
 */
@NullMarked
package dev.howdah.sample;

import org.jspecify.annotations.NullMarked;
