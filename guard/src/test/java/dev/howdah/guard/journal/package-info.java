@org.jspecify.annotations.NullMarked
package dev.howdah.guard.journal;
