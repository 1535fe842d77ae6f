package dev.howdah.cli.command;

import picocli.CommandLine.Option;

/** `--help` for every command; `-h` stays psql's host. Mixed in where nothing reads it: picocli acts on it by itself. */
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
