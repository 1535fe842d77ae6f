package dev.howdah.library.settings;

/**
 * A value with where it came from.
 *
 * @param value the value
 * @param origin its source
 */
public record Setting<T>(T value, Origin origin) {}
