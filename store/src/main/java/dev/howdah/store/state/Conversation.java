package dev.howdah.store.state;

import java.time.Instant;

/**
 * A conversation: questions that follow each other, about one database.
 *
 * @param id eight letters and digits, unique
 * @param name what the person calls it; empty until somebody names it
 * @param database the profile or the address it is about, without secrets
 * @param created when it began, to the millisecond
 * @param used when something was asked in it last, or when it began
 * @param size how many exchanges it has
 * @param about its first question; empty if there is none
 */
public record Conversation(
        String id, String name, String database, Instant created, Instant used, int size, String about) {

    /** What to call it in a list: its name, or what it is about. */
    public String title() {
        return name.isEmpty() ? about : name;
    }
}
