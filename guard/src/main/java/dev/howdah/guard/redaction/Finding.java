package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.Kind;

/**
 * A sensitive value within a text.
 *
 * @param start where it begins, in UTF-16 units
 * @param end where it ends, exclusive
 * @param kind what it is
 */
public record Finding(int start, int end, Kind kind) {}
