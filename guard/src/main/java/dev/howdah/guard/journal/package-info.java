/**
 * The way back: rows as they were, kept in the same transaction as the write that changes them, and putting them back.
 */
@org.jspecify.annotations.NullMarked
package dev.howdah.guard.journal;
