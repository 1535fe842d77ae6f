package dev.howdah.cli.command;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** `howdah man`: the manual page, made from the same declarations as `--help`, so that the two cannot differ. */
@Command(
        name = "man",
        description = "Print the manual page.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah man | man -l -",
            "  howdah man > ~/.local/share/man/man1/howdah.1",
        })
final class ManCommand implements Runnable {
    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    ManCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        CommandLine root = Commands.all(context);
        StringBuilder page = new StringBuilder();
        page.append(".TH HOWDAH 1 \"\" \"howdah ")
                .append(dev.howdah.cli.Version.text())
                .append("\" \"User Commands\"\n.SH NAME\nhowdah \\- talk to PostgreSQL in your own words\n");
        page.append(".SH SYNOPSIS\n.B howdah\n.I COMMAND\n[options] [arguments]\n.SH COMMANDS\n");
        for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
            CommandSpec spec = command.getValue().getCommandSpec();
            page.append(".SS ").append(command.getKey()).append('\n');
            preformatted(page, plainUsage(spec));
        }
        page.append(".SH EXIT STATUS\n");
        preformatted(page, """
                0    answered
                1    failed
                2    wrong usage or configuration
                3    declined, or needs clarification
                4    refused by policy
                5    needs consent
                6    no connection
                130  interrupted
                """);
        page.append(".SH FILES\n");
        preformatted(page, "~/.config/howdah/config.yaml   settings; `howdah config path` tells where exactly\n");
        context.console().print(page.toString());
    }

    private static String plainUsage(CommandSpec spec) {
        return spec.commandLine().setUsageHelpWidth(90).getUsageMessage(Ansi.OFF);
    }

    private static void preformatted(StringBuilder page, String text) {
        page.append(".nf\n");
        for (String line : text.split("\n", -1)) {
            String escaped = line.replace("\\", "\\e").replace("-", "\\-");
            // A line that starts with a dot or a quote would be a request.
            page.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
                    .append(escaped)
                    .append('\n');
        }
        page.append(".fi\n");
    }
}
