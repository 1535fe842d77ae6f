package dev.howdah.cli;

import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.cli.command.PointedFailure;
import java.io.PrintStream;

/** Renders an error once, at the edge: one line of what failed, one line of what to do. */
public final class Failures {
    private Failures() {}

    /** Prints it and returns the exit code. */
    public static int report(HowdahException failure, PrintStream err) {
        err.println("howdah: " + PlainText.lines(String.valueOf(failure.getMessage())));
        if (failure instanceof PointedFailure pointed) {
            pointed.excerpt().forEach(line -> err.println("  " + line));
        }
        failure.hint().ifPresent(hint -> err.println("  " + PlainText.lines(hint)));
        err.flush();
        return failure.code().exitCode();
    }
}
