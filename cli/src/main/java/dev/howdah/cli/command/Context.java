package dev.howdah.cli.command;

import dev.howdah.base.Cancellation;
import dev.howdah.base.Environment;
import dev.howdah.cli.Console;
import dev.howdah.library.log.ApplicationLog;
import dev.howdah.library.log.LogOptions;
import dev.howdah.library.redaction.Redaction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** What every command is given: the machine, the standard streams, a person's wish to stop. One run, one thread. */
public final class Context implements AutoCloseable {
    private final Environment environment;
    private final Console console;
    private final Cancellation cancellation;
    private final Deque<ApplicationLog> logs = new ArrayDeque<>();

    /** The context of one run. */
    public Context(Environment environment, Console console, Cancellation cancellation) {
        this.environment = environment;
        this.console = console;
        this.cancellation = cancellation;
    }

    /** The machine. */
    public Environment environment() {
        return environment;
    }

    /** The standard streams. */
    public Console console() {
        return console;
    }

    /** A person's wish to stop. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** Keeps the log open until the run is over: how a command failed is logged after it has closed all it had. */
    void untilTheEnd(ApplicationLog log) {
        logs.push(log);
    }

    /** Sees to it that what is logged goes to the log and not to the screen, also before any setting was read. */
    public void logSomewhere() {
        if (logs.isEmpty()) {
            untilTheEnd(ApplicationLog.install(
                    LogOptions.defaults(environment, false), new Redaction(Set.of()), console.err()));
        }
    }

    @Override
    public void close() {
        while (!logs.isEmpty()) {
            logs.pop().close();
        }
    }
}
