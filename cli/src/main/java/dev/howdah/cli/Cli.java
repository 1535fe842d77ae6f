package dev.howdah.cli;

import dev.howdah.base.Cancellation;
import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.cli.command.Commands;
import dev.howdah.cli.command.Context;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One run of the program: arguments in, exit code out. Everything it touches is passed in, so tests run it whole. */
public final class Cli {
    private static final Logger LOG = LoggerFactory.getLogger(Cli.class);

    private final Context context;

    /** A run on this machine, with these streams; cancelling stops whatever runs. */
    public Cli(Environment environment, Console console, Cancellation cancellation) {
        this.context = new Context(environment, console, cancellation);
    }

    /** Runs the command that the arguments name and returns the documented exit code. */
    public int run(String... arguments) {
        Console console = context.console();
        CommandLine line = Commands.line(context, arguments);
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(console.outIsTerminal() ? Ansi.ON : Ansi.OFF));
        if (console.columns() >= 60) {
            line.setUsageHelpWidth(Math.min(console.columns(), 110));
        }
        line.setParameterExceptionHandler((failure, ignored) -> usage(failure));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
        return line.execute(arguments);
    }

    private int usage(ParameterException failure) {
        Console console = context.console();
        console.err().println("howdah: " + failure.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(failure, line(failure))) {
            console.err()
                    .println("  `" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help` shows how.");
        }
        return ErrorCode.USAGE.exitCode();
    }

    private static PrintWriter line(ParameterException failure) {
        return failure.getCommandLine().getErr();
    }

    private int failed(Exception failure) {
        Console console = context.console();
        if (failure instanceof HowdahException known) {
            LOG.debug("failed", known);
            return Failures.report(known, console.err());
        }
        if (failure instanceof IOException broken && isClosedPipe(broken)) {
            // `howdah … | head`: the reader has what it wanted.
            return 0;
        }
        if (failure instanceof IOException io) {
            LOG.debug("failed", io);
            return Failures.report(
                    new HowdahException(
                            ErrorCode.FILE, "Writing the result failed: " + io.getMessage(), "Is the disk full?", io),
                    console.err());
        }
        LOG.error("defect", failure);
        return Failures.report(
                new HowdahException(
                        ErrorCode.INTERNAL,
                        "A defect in Howdah: " + failure,
                        "Please report it; the log (`howdah config path --log`) has the details."),
                console.err());
    }

    private static boolean isClosedPipe(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("Broken pipe")
                || message.contains("Stream closed")
                || message.contains("pipe is being closed");
    }
}
