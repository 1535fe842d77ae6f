package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** `howdah completions bash|zsh`. */
@Command(
        name = "completions",
        description = "Print a completion script for your shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(howdah completions bash)",
            "  howdah completions zsh > ~/.zfunc/_howdah",
        })
final class CompletionsCommand implements Runnable {
    @Parameters(paramLabel = "SHELL", arity = "0..1", defaultValue = "bash", description = "bash or zsh.")
    private String shell = "bash";

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    CompletionsCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "There are completions for bash and zsh, not for " + shell + ".",
                    "Try: howdah completions bash");
        }
        // One script serves both: it turns on zsh's bash compatibility by itself.
        context.console().print(AutoComplete.bash("howdah", Commands.all(context)));
    }
}
