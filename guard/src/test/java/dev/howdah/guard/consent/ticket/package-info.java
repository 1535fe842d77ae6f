@NullMarked
package dev.howdah.guard.consent.ticket;

import org.jspecify.annotations.NullMarked;
