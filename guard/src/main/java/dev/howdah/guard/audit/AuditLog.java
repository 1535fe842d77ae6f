package dev.howdah.guard.audit;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.JsonLine;
import dev.howdah.sql.Literals;
import dev.howdah.sql.SqlSyntaxException;
import dev.howdah.store.chain.ChainException;
import dev.howdah.store.chain.ChainFiles;
import dev.howdah.store.chain.ChainKey;
import dev.howdah.store.chain.ChainOptions;
import dev.howdah.store.chain.ChainedLog;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records in a chained log of JSON lines. Thread-safe. */
public final class AuditLog implements Audit {
    /** Longer statements are cut; the digest is of the whole. */
    static final int LONGEST_STATEMENT = 32_000;

    private final AuditOptions options;
    private final ChainKey key;
    private final ChainedLog log;
    private final String actor;
    private final List<Shipper> shippers = new ArrayList<>();

    private AuditLog(AuditOptions options, ChainKey key, ChainedLog log, String actor) {
        this.options = options;
        this.key = key;
        this.log = log;
        this.actor = actor;
    }

    /**
     * Opens the log, making it if it is not there.
     *
     * @throws HowdahException of code AUDIT if it cannot be written, or must not be continued
     */
    public static AuditLog open(AuditOptions options) {
        String actor = options.actor().into(new JsonLine()).members();
        try {
            ChainKey key = key(options.files(), options.key());
            ChainOptions chain = new ChainOptions(
                    options.maximumBytes(), options.retention(), AuditOptions.PATIENCE, actor, options.clock());
            ChainedLog log = ChainedLog.open(options.files(), key, chain);
            AuditLog audit = new AuditLog(options, key, log, actor);
            audit.ship();
            return audit;
        } catch (IOException e) {
            throw failure("The audit log %s cannot be opened".formatted(options.files()), e);
        }
    }

    private void ship() {
        for (SinkTarget target : options.sinks()) {
            shippers.add(new Shipper(
                    options.files(),
                    target,
                    options.actor(),
                    shippers.size() + 1,
                    AuditOptions.GRACE,
                    well -> record(new AuditEntry(AuditEvent.COPIES)
                            .with("sink", target.toString())
                            .with("ok", well))));
        }
        shippers.forEach(Shipper::start);
    }

    /** The key that is given, or the one beside the log. */
    public static ChainKey key(ChainFiles files, Optional<String> given) throws IOException {
        return given.isPresent() ? ChainKey.of(given.get()) : ChainedLog.key(files);
    }

    @Override
    public long record(AuditEntry entry) {
        JsonLine line = new JsonLine()
                .field("ts", options.clock().instant())
                .field("event", entry.event().word())
                .members(actor)
                .members(entry.members());
        if (options.questions() && entry.question().isPresent()) {
            line.field(
                    "question", cut(options.redaction().apply(entry.question().get())));
        }
        if (entry.statement().isPresent()) {
            String text = entry.statement().get();
            line.field("statement", statement(text)).field("digest", digest(key, text));
        }
        try {
            long number = log.append(line.members(), options.strict() || entry.isDurable())
                    .sequence();
            shippers.forEach(Shipper::wake);
            return number;
        } catch (IOException e) {
            throw failure("It could not be recorded in the audit log %s".formatted(options.files()), e);
        }
    }

    /** What stands for a statement's exact text in records. */
    public static String digest(ChainKey key, String statement) {
        return key.digest("statement", statement);
    }

    private String statement(String text) {
        try {
            return cut(options.literals() ? Literals.withoutSecrets(text) : Literals.redacted(text));
        } catch (SqlSyntaxException e) {
            return "(unreadable, %,d characters)".formatted(text.length());
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_STATEMENT
                ? text
                : text.substring(0, LONGEST_STATEMENT) + "… (cut from %,d characters)".formatted(text.length());
    }

    /** Everything is on the disk, or that is said. */
    @Override
    public void close() {
        try {
            shippers.forEach(Shipper::close);
            log.close();
        } catch (IOException e) {
            throw failure("The audit log %s could not be closed".formatted(options.files()), e);
        }
    }

    private static HowdahException failure(String what, IOException cause) {
        String advice = cause instanceof ChainException chain
                ? chain.advice()
                : "Make room, let it be written, or name another place (audit.file). `audit.mode: off` works without a"
                        + " record.";
        return new HowdahException(
                ErrorCode.AUDIT,
                what + ": " + why(cause) + (cause instanceof ChainException ? "" : ".")
                        + " Without a record nothing runs.",
                advice,
                cause);
    }

    private static String why(IOException cause) {
        return switch (cause) {
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case FileAlreadyExistsException blocked -> blocked.getFile() + " is not a directory";
            case FileSystemException file ->
                file.getReason() == null ? "no access to " + file.getFile() : file.getFile() + ": " + file.getReason();
            default -> String.valueOf(cause.getMessage());
        };
    }
}
