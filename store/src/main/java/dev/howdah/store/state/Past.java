package dev.howdah.store.state;

/**
 * An exchange and where it took place.
 *
 * @param conversation as it is now
 * @param exchange what was asked and what came of it
 */
public record Past(Conversation conversation, Exchange exchange) {}
