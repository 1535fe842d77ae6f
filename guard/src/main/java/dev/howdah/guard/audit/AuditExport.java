package dev.howdah.guard.audit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Records in the forms that other programs read. */
public enum AuditExport {
    /** The lines as they are in the log, seals included. */
    JSONL,
    /** One line a record, one column a field. */
    CSV,
    /** What ran, as pgAudit writes it to PostgreSQL's log with {@code log_line_prefix = '%m [%p] %u@%d '}. */
    PGAUDIT;

    private static final List<String> COLUMNS = List.of(
            "seq",
            "ts",
            "event",
            "user",
            "host",
            "pid",
            "session",
            "client",
            "profile",
            "target",
            "environment",
            "model",
            "ticket",
            "command",
            "effect",
            "verdict",
            "reasons",
            "relations",
            "functions",
            "form",
            "of",
            "ok",
            "micros",
            "rows",
            "truncated",
            "error",
            "sqlstate",
            "question",
            "statement",
            "digest");

    /** The form of that name. */
    public static Optional<AuditExport> of(String word) {
        return List.of(values()).stream()
                .filter(form -> form.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Its name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What comes before the first record, with line ends. */
    public String header() {
        return switch (this) {
            case CSV -> String.join(",", COLUMNS) + "\r\n";
            case JSONL, PGAUDIT -> "";
        };
    }

    /** One record, with line ends; empty if this form has nothing to say of it. */
    public String lines(AuditRecord record) {
        return switch (this) {
            case JSONL -> record.line() + "\n";
            case CSV -> csv(record);
            case PGAUDIT -> pgaudit(record);
        };
    }

    private static String csv(AuditRecord record) {
        StringBuilder line = new StringBuilder();
        for (String column : COLUMNS) {
            line.append(line.isEmpty() ? "" : ",").append(field(harmless(record.value(column))));
        }
        return line.append("\r\n").toString();
    }

    /** A spreadsheet takes what begins like this for a formula. */
    private static String harmless(String value) {
        return !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    private static String field(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }

    private static String pgaudit(AuditRecord record) {
        String event = record.value("event");
        if (!event.equals(AuditEvent.EXECUTION.word()) && !event.equals(AuditEvent.EXPORT.word())) {
            return "";
        }
        String command = record.value("command");
        String relations = record.value("relations");
        StringBuilder lines = new StringBuilder();
        int part = 0;
        for (String relation : relations.split(", ", -1)) {
            lines.append(prefix(record))
                    .append("LOG:  AUDIT: SESSION,")
                    .append(record.value("seq"))
                    .append(',')
                    .append(++part)
                    .append(',')
                    .append(classOf(command, record.value("effect")))
                    .append(',')
                    .append(command)
                    .append(',')
                    .append(relation.isEmpty() ? "" : "TABLE")
                    .append(',')
                    .append(field(relation))
                    .append(',')
                    .append(field(record.value("statement")))
                    .append(",<not logged>\n");
        }
        return lines.toString();
    }

    private static String prefix(AuditRecord record) {
        String time = record.value("ts");
        String shown = time.length() < 23 ? time : time.substring(0, 10) + " " + time.substring(11, 23) + " UTC";
        String target = record.value("target");
        int at = target.lastIndexOf('@');
        String role = at < 0 ? "" : target.substring(target.indexOf("//") + 2, at);
        String database = target.substring(target.lastIndexOf('/') + 1);
        return shown + " [" + record.value("pid") + "] " + role + "@" + database + " ";
    }

    private static String classOf(String command, String effect) {
        return switch (effect) {
            case "READ" -> command.equals("SHOW") || command.equals("EXPLAIN") ? "MISC" : "READ";
            case "WRITE" -> "WRITE";
            case "DEFINE" -> command.equals("TRUNCATE") ? "WRITE" : "DDL";
            case "ADMINISTER" -> isRole(command) ? "ROLE" : "MISC";
            default -> command.equals("DO") || command.equals("CALL") ? "FUNCTION" : "MISC";
        };
    }

    private static boolean isRole(String command) {
        return command.equals("GRANT")
                || command.equals("REVOKE")
                || command.endsWith(" ROLE")
                || command.endsWith(" USER")
                || command.endsWith(" GROUP");
    }
}
