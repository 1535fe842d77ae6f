package dev.howdah.cli.command;

import dev.howdah.cli.ProgressLine;
import dev.howdah.sample.DemoDatabase;
import dev.howdah.sample.Server;
import java.time.Clock;

/** The sample database as commands use it: progress on the terminal while it starts. */
final class Demo {
    private Demo() {}

    static DemoDatabase of(Context context) {
        return new DemoDatabase(context.environment(), Clock.systemUTC());
    }

    static Server start(Context context) {
        try (ProgressLine progress = new ProgressLine(context.console())) {
            return of(context).start((step, fraction) -> report(progress, step, fraction));
        }
    }

    static Server reset(Context context) {
        try (ProgressLine progress = new ProgressLine(context.console())) {
            return of(context).reset((step, fraction) -> report(progress, step, fraction));
        }
    }

    private static void report(ProgressLine progress, String step, double fraction) {
        progress.doing(fraction > 0 && fraction < 1 ? step + " " + (int) (fraction * 100) + " %" : step);
    }
}
