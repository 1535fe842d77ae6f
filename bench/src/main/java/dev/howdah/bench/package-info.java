/**
 * The benchmarks, each one command ({@code bench/run NAME}), which compare Howdah with what a user has otherwise. The
 * build compiles them and never runs them: a time is no test.
 */
@NullMarked
package dev.howdah.bench;

import org.jspecify.annotations.NullMarked;
