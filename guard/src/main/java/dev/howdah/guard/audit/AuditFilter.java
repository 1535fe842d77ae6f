package dev.howdah.guard.audit;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which records are wanted.
 *
 * @param since from this time on
 * @param until before this time
 * @param values what fields have to be, whatever the case: {@code effect} → {@code write}
 * @param text what statement, question, relations or any other field have to contain, whatever the case
 */
public record AuditFilter(
        Optional<Instant> since, Optional<Instant> until, Map<String, String> values, Optional<String> text) {
    public AuditFilter {
        values = Map.copyOf(values);
    }

    /** Whether the record is wanted. */
    public boolean wants(AuditRecord record) {
        return inTime(record) && hasValues(record) && hasText(record);
    }

    private boolean inTime(AuditRecord record) {
        if (since.isEmpty() && until.isEmpty()) {
            return true;
        }
        try {
            Instant time = Instant.parse(record.value("ts"));
            return (since.isEmpty() || !time.isBefore(since.get())) && (until.isEmpty() || time.isBefore(until.get()));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private boolean hasValues(AuditRecord record) {
        for (Map.Entry<String, String> wanted : values.entrySet()) {
            if (!record.value(wanted.getKey()).equalsIgnoreCase(wanted.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean hasText(AuditRecord record) {
        if (text.isEmpty()) {
            return true;
        }
        String wanted = text.get().toLowerCase(Locale.ROOT);
        return record.values().entrySet().stream()
                .anyMatch(field -> !field.getKey().equals("mac")
                        && !field.getKey().equals("prev")
                        && field.getValue().toLowerCase(Locale.ROOT).contains(wanted));
    }
}
