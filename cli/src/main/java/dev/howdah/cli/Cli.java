package dev.howdah.cli;

import dev.howdah.base.Cancellation;
import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.base.PlainText;
import dev.howdah.cli.command.Commands;
import dev.howdah.cli.command.Context;
import dev.howdah.cli.command.Results;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
        // https://no-color.org: set and not empty.
        boolean coloured = console.outIsTerminal()
                && context.environment().variable("NO_COLOR").isEmpty();
        line.setColorScheme(CommandLine.Help.defaultColorScheme(coloured ? Ansi.ON : Ansi.OFF));
        if (console.columns() >= 60) {
            line.setUsageHelpWidth(Math.min(console.columns(), 110));
        }
        line.setParameterExceptionHandler((failure, ignored) -> usage(failure));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
        try (context) {
            return execute(line, Commands.withoutComments(arguments));
        }
    }

    private int execute(CommandLine line, String... arguments) {
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError e) {
            context.logSomewhere();
            LOG.error("out of memory", e);
            return Failures.report(
                    new HowdahException(
                            ErrorCode.LIMIT,
                            "Howdah has not enough memory for this.",
                            "Ask for fewer rows or columns, or give it more: HOWDAH_JAVA_OPTS=-Xmx2g."),
                    context.console().err());
        }
    }

    private int usage(ParameterException failure) {
        Console console = context.console();
        CommandSpec spec = failure.getCommandLine().getCommandSpec();
        Optional<String> unknown = unknown(failure);
        console.err().println("howdah: " + PlainText.oneLine(complaint(failure, unknown)));
        String suggestion = unknown.flatMap(word -> Nearest.to(word.replaceFirst("=.*", ""), known(spec, word)))
                .map(near -> "Did you mean " + near + "? ")
                .orElse("");
        console.err().println("  " + suggestion + "`" + spec.qualifiedName() + " --help` shows how.");
        return ErrorCode.USAGE.exitCode();
    }

    /** An unknown option or command, whose nearest right one can be named. */
    private static Optional<String> unknown(ParameterException failure) {
        return failure instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched().stream().findFirst()
                : Optional.empty();
    }

    private static String complaint(ParameterException failure, Optional<String> unknown) {
        if (unknown.isEmpty()) {
            return String.valueOf(failure.getMessage());
        }
        boolean option = unknown.get().startsWith("-");
        CommandSpec spec = failure.getCommandLine().getCommandSpec();
        String kind = option ? "option" : spec.subcommands().isEmpty() ? "argument" : "command";
        return "`" + spec.qualifiedName() + "` knows no " + kind + " " + unknown.get() + ".";
    }

    private static List<String> known(CommandSpec spec, String unknown) {
        if (!unknown.startsWith("-")) {
            return List.copyOf(spec.subcommands().keySet());
        }
        return spec.options().stream().map(OptionSpec::longestName).toList();
    }

    private int failed(Exception failure) {
        Console console = context.console();
        if (isClosedPipe(failure)) {
            // `howdah … | head`: the reader has what it wanted.
            return 0;
        }
        if (failure instanceof HowdahException known) {
            LOG.debug("failed", known);
            // The rows went through rooms that do not know where to; here it is known what to do about it.
            boolean unwritten = known.code() == ErrorCode.FILE && known.hint().isEmpty();
            return Failures.report(
                    unwritten && known.getCause() instanceof IOException io ? Results.notWritten(io) : known,
                    console.err());
        }
        Throwable inner = failure instanceof UncheckedIOException wrapped ? wrapped.getCause() : failure;
        if (inner instanceof IOException io) {
            LOG.debug("failed", io);
            return Failures.report(Results.notWritten(io), console.err());
        }
        context.logSomewhere();
        LOG.error("defect", failure);
        return Failures.report(
                new HowdahException(
                        ErrorCode.INTERNAL,
                        "A defect in Howdah: " + failure,
                        "Please report it; the log (`howdah config path --log`) has the details."),
                console.err());
    }

    /** The system's own words, below whatever wrapped them: Java has no class for it. */
    private static boolean isClosedPipe(Throwable failure) {
        if (failure instanceof HowdahException known && known.code() != ErrorCode.FILE) {
            // The pipe that broke is the connection to the server.
            return false;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof IOException
                    && (message.contains("Broken pipe") || message.contains("pipe is being closed"))) {
                return true;
            }
        }
        return false;
    }
}
