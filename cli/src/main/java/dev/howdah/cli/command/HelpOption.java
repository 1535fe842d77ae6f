package dev.howdah.cli.command;

import picocli.CommandLine.Option;

/** `--help` for every command; `-h` stays psql's host. */
final class HelpOption {
    @Option(
            names = {"-?", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    boolean asked() {
        return help;
    }
}
