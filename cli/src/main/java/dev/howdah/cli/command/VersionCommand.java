package dev.howdah.cli.command;

import dev.howdah.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `howdah version`. */
@Command(
        name = "version",
        description = "Show the versions of Howdah and of the Java it runs on.",
        footerHeading = "%nExamples:%n",
        footer = {"  howdah version      both, for a report", "  howdah --version    only Howdah's"})
final class VersionCommand implements Runnable {
    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    VersionCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        context.console().println("howdah " + Version.text());
        context.console()
                .println("java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ")");
    }
}
