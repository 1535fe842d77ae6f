package dev.howdah.guard.audit;

import dev.howdah.base.JsonLine;

/**
 * Who acts: it is in every record.
 *
 * @param user the operating system's name for the person
 * @param host the machine
 * @param process the process's number
 * @param session tells two sessions of one process apart, and processes of one number
 * @param client which front end: {@code cli}, {@code mcp} …
 */
public record Actor(String user, String host, long process, String session, String client) {
    JsonLine into(JsonLine line) {
        return line.field("user", user)
                .field("host", host)
                .field("pid", process)
                .field("session", session)
                .field("client", client);
    }
}
