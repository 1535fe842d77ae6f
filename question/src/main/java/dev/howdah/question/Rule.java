package dev.howdah.question;

/** A way to understand the words at the place where a parse stands. */
@FunctionalInterface
interface Rule {
    /** Moves the parse behind what was understood and notes it in the draft; false, with nothing changed, if it does not apply. */
    boolean apply(Parse p);
}
