package dev.howdah.store.state;

/**
 * What stands for the older exchanges of a conversation where there is no room for them.
 *
 * @param text in words
 * @param until the number of the last exchange that it covers
 */
public record Summary(String text, long until) {}
