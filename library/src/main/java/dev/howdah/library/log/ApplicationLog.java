package dev.howdah.library.log;

import dev.howdah.library.redaction.Redaction;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Howdah's log for a program that is Howdah's own: takes over java.util.logging (which pgjdbc uses, and slf4j through
 * slf4j-jdk14) until it is closed. A program that only uses the library keeps its own logging and leaves this alone.
 *
 * <p>Howdah's own loggers ({@code dev.howdah}) have the chosen level. Everybody else's stay at warnings whatever is chosen:
 * below that pgjdbc logs statements with their parameters, Hikari its configuration, and the JDK HTTP headers.
 *
 * <p>The file is opened by the first record, so a run with nothing to say leaves none. Thread-safe.
 */
public final class ApplicationLog implements AutoCloseable {
    private static final String OWN = "dev.howdah";

    private final Logger root;
    // java.util.logging keeps loggers weakly: without this the level would be collected with the logger.
    private final Logger own;
    private final LogHandler handler;
    private final List<Handler> replaced;
    private final @Nullable Level rootLevel;
    private final @Nullable Level ownLevel;

    private ApplicationLog(LogHandler handler, Level level) {
        this.handler = handler;
        this.root = Logger.getLogger("");
        this.own = Logger.getLogger(OWN);
        this.replaced = List.of(root.getHandlers());
        this.rootLevel = root.getLevel();
        this.ownLevel = own.getLevel();
        replaced.forEach(root::removeHandler);
        root.addHandler(handler);
        root.setLevel(level.intValue() < Level.WARNING.intValue() ? Level.WARNING : level);
        own.setLevel(level);
    }

    /**
     * Takes over logging.
     *
     * @param options where and how much
     * @param redaction takes secrets out of every record
     * @param standardError for verbose lines and for the one warning when the file cannot be written
     */
    public static ApplicationLog install(LogOptions options, Redaction redaction, PrintStream standardError) {
        LogManager.getLogManager();
        return new ApplicationLog(
                new LogHandler(options, redaction, standardError),
                options.effectiveLevel().level());
    }

    /** Whether a record of this logger and level may be written: foreign ones only from warnings up. */
    static boolean mayBeLogged(@Nullable String logger, Level level) {
        return level.intValue() >= Level.WARNING.intValue()
                || (logger != null && (logger.equals(OWN) || logger.startsWith(OWN + ".")));
    }

    /** Gives logging back as it was and closes the file. */
    @Override
    public void close() {
        root.removeHandler(handler);
        handler.close();
        List<Handler> present = new ArrayList<>(List.of(root.getHandlers()));
        for (Handler before : replaced) {
            if (!present.contains(before)) {
                root.addHandler(before);
            }
        }
        root.setLevel(rootLevel);
        own.setLevel(ownLevel);
    }
}
