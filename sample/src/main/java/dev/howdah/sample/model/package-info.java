/** A language model's server for tests, on loopback only. */
@NullMarked
package dev.howdah.sample.model;

import org.jspecify.annotations.NullMarked;
