package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.library.log.LogOptions;
import dev.howdah.library.settings.Finding;
import dev.howdah.library.settings.Settings;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `howdah config`: what is set, where it came from, whether it is right. */
@Command(
        name = "config",
        description = "Show and check the settings.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah config show --origin    every setting and where it came from",
            "  howdah config check            read everything as a run would, and say what is wrong",
            "  $EDITOR \"$(howdah config path)\"",
        })
final class ConfigCommand {
    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    ConfigCommand(Context context) {
        this.context = context;
    }

    @Command(
            name = "show",
            description = "Print every setting; secrets are masked.",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  howdah config show", "  howdah config show --origin"})
    int show(
            @Option(names = "--origin", description = "Say where each value came from.") boolean origin,
            @Mixin SettingsOptions options,
            @Mixin HelpOption helpOption) {
        Settings settings = options.load(context.environment());
        for (Settings.Shown setting : settings.show()) {
            context.console().println(origin ? setting.lineWithOrigin() : setting.line());
        }
        return 0;
    }

    @Command(
            name = "check",
            description = "Read all sources and say what is wrong or doubtful.",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  howdah config check", "  howdah config check --config new.yaml"})
    int check(@Mixin SettingsOptions options, @Mixin HelpOption helpOption) {
        Settings settings = options.load(context.environment());
        List<Finding> findings = settings.check();
        for (Finding finding : findings) {
            context.console().println(finding.severity().name().toLowerCase(Locale.ROOT) + ": " + finding.message());
            finding.hint().ifPresent(hint -> context.console().println("  " + hint));
        }
        if (findings.isEmpty()) {
            context.console()
                    .println("All is well. " + (settings.fileExists() ? "Read: " : "There is no file ")
                            + settings.path());
        }
        boolean wrong = findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        return wrong ? ErrorCode.CONFIGURATION.exitCode() : 0;
    }

    @Command(
            name = "path",
            description = "Print where the configuration file is, or would be.",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  $EDITOR \"$(howdah config path)\"", "  less \"$(howdah config path --log)\""})
    int path(
            @Option(names = "--log", description = "Print where the application log is instead.") boolean log,
            @Mixin SettingsOptions options,
            @Mixin HelpOption helpOption) {
        Settings settings = options.load(context.environment());
        context.console()
                .println(String.valueOf(
                        log ? LogOptions.of(settings, context.environment()).file() : settings.path()));
        return 0;
    }
}
