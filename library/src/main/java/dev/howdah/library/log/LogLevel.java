package dev.howdah.library.log;

import java.util.Locale;
import java.util.logging.Level;

/** How much is logged, from nothing to everything. */
public enum LogLevel {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    /** The level of that name in the settings, such as {@code warn}. */
    public static LogLevel of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The same in java.util.logging's terms (and as slf4j-jdk14 maps it). */
    Level level() {
        return switch (this) {
            case OFF -> Level.OFF;
            case ERROR -> Level.SEVERE;
            case WARN -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG -> Level.FINE;
            case TRACE -> Level.FINEST;
        };
    }

    /** What a record of that java.util.logging level is called in the log. */
    static String name(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN";
        }
        if (value >= Level.INFO.intValue()) {
            return "INFO";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }
}
