package dev.howdah.guard.audit;

import dev.howdah.base.JsonLine;
import java.util.List;
import java.util.Optional;

/** One record before it is written: texts as they are, which the audit redacts. For one thread. */
public final class AuditEntry {
    private final AuditEvent event;
    private final JsonLine members = new JsonLine();
    private boolean durable;
    private Optional<String> statement = Optional.empty();
    private Optional<String> question = Optional.empty();

    /** An entry of that event. */
    public AuditEntry(AuditEvent event) {
        this.event = event;
    }

    /** It has to be on the disk before what it records happens. */
    public AuditEntry durable() {
        durable = true;
        return this;
    }

    /** The statement's exact text; what is written of it depends on the settings. */
    public AuditEntry statement(String text) {
        statement = Optional.of(text);
        return this;
    }

    /** What a person asked; what is written of it depends on the settings. */
    public AuditEntry question(Optional<String> text) {
        question = text;
        return this;
    }

    /** A text that holds no data. */
    public AuditEntry with(String name, String value) {
        members.field(name, value);
        return this;
    }

    /** A text that holds no data, if there is one. */
    public AuditEntry with(String name, Optional<String> value) {
        members.field(name, value);
        return this;
    }

    /** Texts that hold no data. */
    public AuditEntry with(String name, List<String> values) {
        members.field(name, values);
        return this;
    }

    /** A number. */
    public AuditEntry with(String name, long value) {
        members.field(name, value);
        return this;
    }

    /** Yes or no. */
    public AuditEntry with(String name, boolean value) {
        members.field(name, value);
        return this;
    }

    AuditEvent event() {
        return event;
    }

    boolean isDurable() {
        return durable;
    }

    Optional<String> statement() {
        return statement;
    }

    Optional<String> question() {
        return question;
    }

    String members() {
        return members.members();
    }
}
