package dev.howdah.library.log;

import dev.howdah.base.JsonLine;
import dev.howdah.base.PlainText;
import dev.howdah.library.redaction.Redaction;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** Writes records as JSON lines to the file, and as human lines to standard error when that is wanted. */
final class LogHandler extends Handler {
    private final LogOptions options;
    private final Redaction redaction;
    private final PrintStream standardError;
    private final RotatingFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean fileFailed;
    private boolean closed;

    LogHandler(LogOptions options, Redaction redaction, PrintStream standardError) {
        this.options = options;
        this.redaction = redaction;
        this.standardError = standardError;
        this.file = new RotatingFile(options.file(), options.maximumBytes(), options.files());
    }

    @Override
    public void publish(LogRecord record) {
        if (!ApplicationLog.mayBeLogged(record.getLoggerName(), record.getLevel())) {
            return;
        }
        // Resolves {0} and resource bundles; the layout is ours.
        Formatter messages = new SimpleFormatter();
        String message = redaction.apply(String.valueOf(messages.formatMessage(record)));
        if (options.verbose()) {
            standardError.print(human(record, message));
            standardError.flush();
        }
        lock.lock();
        try {
            if (!closed && !fileFailed) {
                file.append(json(record, message).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // Said once; a program without its log still answers.
            fileFailed = true;
            standardError.println("howdah: the log " + options.file() + " cannot be written ("
                    + e.getClass().getSimpleName() + "); going on without it.");
        } finally {
            lock.unlock();
        }
    }

    private String json(LogRecord record, String message) {
        JsonLine line = new JsonLine()
                .field("ts", DateTimeFormatter.ISO_INSTANT.format(record.getInstant()))
                .field("level", LogLevel.name(record.getLevel()))
                .field("logger", String.valueOf(record.getLoggerName()))
                .field("thread", threadName(record))
                .field("message", message);
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            line.field("error", thrown.getClass().getName()).field("stack", SafeStack.of(thrown, redaction));
        }
        return line.end();
    }

    private static String human(LogRecord record, String message) {
        Instant instant = record.getInstant();
        String logger = String.valueOf(record.getLoggerName());
        String time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
                .withZone(ZoneId.systemDefault())
                .format(instant);
        StringBuilder line = new StringBuilder()
                .append(time)
                .append(' ')
                .append(LogLevel.name(record.getLevel()))
                .append(' ')
                .append(logger.substring(logger.lastIndexOf('.') + 1))
                .append(": ")
                .append(PlainText.lines(message));
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            line.append(" (").append(thrown.getClass().getSimpleName()).append("; the stack is in the log)");
        }
        return line.append(System.lineSeparator()).toString();
    }

    private static String threadName(LogRecord record) {
        String name = Thread.currentThread().getName();
        return name.isEmpty() ? "virtual-" + record.getLongThreadID() : name;
    }

    @Override
    public void flush() {
        standardError.flush();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            file.close();
        } catch (IOException e) {
            // Every record was written by its own call: nothing is lost with the handle.
            fileFailed = true;
        } finally {
            lock.unlock();
        }
    }
}
