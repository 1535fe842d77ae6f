package dev.howdah.cli;

import dev.howdah.base.Cancellation;
import dev.howdah.base.Environment;
import dev.howdah.library.Howdah;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;

/** The program's entry point, the one place that touches the process: streams, environment, exit. */
public final class Main {
    /** Commands that connect: the driver is loaded while the arguments and settings are read. */
    private static final Set<String> CONNECTING = Set.of("ask", "sql", "impact", "explain", "schema", "demo");

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Before anything else is loaded: scripts and editors ask for the version all the time.
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            System.out.println("howdah " + Version.text());
            return;
        }
        run(Environment.ofProcess(), console(), arguments).ifPresent(System::exit);
    }

    /** Runs one command; no exit code when the process is being stopped, which ends with the signal's own. */
    static OptionalInt run(Environment environment, Console console, String... arguments) {
        if (arguments.length > 0 && CONNECTING.contains(arguments[0])) {
            Howdah.prepare();
        }
        Cancellation cancellation = new Cancellation();
        Interrupt interrupt = new Interrupt(cancellation, console.errIsTerminal());
        int exitCode;
        try {
            exitCode = new Cli(environment, console, cancellation).run(arguments);
        } finally {
            interrupt.close();
        }
        return interrupt.isStopping() ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }

    private static Console console() {
        var terminals = Arrays.asList(System.getProperty("howdah.terminals", "").split(","));
        int columns = Integer.getInteger("howdah.columns", 0);
        return new Console(
                System.in,
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                terminals.contains("in"),
                terminals.contains("out"),
                terminals.contains("err"),
                columns);
    }
}
