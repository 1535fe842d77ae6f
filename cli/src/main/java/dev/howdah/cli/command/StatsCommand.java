package dev.howdah.cli.command;

import dev.howdah.store.state.Counters;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `howdah stats`. */
@Command(name = "stats", description = "How much was asked, who answered, and what models took.")
final class StatsCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    StatsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Remembered remembered = new Remembered(context.console(), options.load(context.environment()))) {
            Counters counters = remembered.memory().store().counters();
            LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
            Map<String, Long> day = counters.sum(today, today);
            context.console().println(String.format(Locale.ROOT, "%-12s %12s %12s", "", "today (UTC)", "ever"));
            counters.sum(LocalDate.EPOCH, today)
                    .forEach((name, amount) -> context.console()
                            .println(String.format(
                                    Locale.ROOT, "%-12s %,12d %,12d", name, day.getOrDefault(name, 0L), amount)));
            return 0;
        }
    }
}
