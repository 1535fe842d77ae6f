package dev.howdah.cli.command;

import dev.howdah.agent.model.Completion;
import dev.howdah.agent.model.Message;
import dev.howdah.agent.model.Model;
import dev.howdah.agent.model.Prompt;
import dev.howdah.agent.model.RemoteModel;
import dev.howdah.agent.model.ToolDescription;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.cli.ProgressLine;
import dev.howdah.library.ModelSource;
import dev.howdah.library.settings.Keys;
import dev.howdah.library.settings.Settings;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `howdah models`. */
@Command(
        name = "models",
        description = "List what the model's service offers, and test the configured model: a stream and a tool call.",
        footerHeading = "%nA model looks like this in the file that `howdah config path` names:%n",
        footer = {
            "  models:",
            "    name: gpt-4.1-mini",
            "    api_key: env://OPENAI_API_KEY",
            "A local one (Ollama):",
            "  models:",
            "    name: qwen2.5-coder",
            "    url: http://localhost:11434/v1",
        })
final class ModelsCommand implements Callable<Integer> {
    private static final ToolDescription ECHO = new ToolDescription("echo", "Says a word.", """
        {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}\
        """);

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    ModelsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = options.load(context.environment());
        RemoteModel model = ModelSource.remote(settings, Clock.systemUTC())
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.CONFIGURATION,
                        "No model is configured (models.name).",
                        "`howdah models --help` shows how."));
        try (model;
                ProgressLine progress = new ProgressLine(context.console())) {
            String name = settings.value(Keys.MODEL_NAME).orElseThrow();
            progress.doing("asking what there is");
            List<String> offered = model.offered(context.cancellation());
            progress.erase();
            for (String one : offered) {
                context.console().println((one.equals(name) ? "* " : "  ") + PlainText.oneLine(one));
            }
            progress.doing("asking " + model.name());
            stream(model, progress);
            progress.doing("asking " + model.name() + " for a tool call");
            tool(model, progress);
            return 0;
        }
    }

    private void stream(Model model, ProgressLine progress) {
        int[] pieces = {0};
        Completion completion = model.complete(
                Prompt.of(new Message.FromPerson("Say the word ready, and nothing else.")),
                new Model.TextListener() {
                    @Override
                    public void text(String piece) {
                        pieces[0]++;
                    }

                    @Override
                    public void again() {
                        pieces[0] = 0;
                    }
                },
                context.cancellation());
        progress.erase();
        context.console()
                .println("stream: " + model.name() + " answered in " + pieces[0]
                        + (pieces[0] == 1 ? " piece, " : " pieces, ")
                        + completion.usage().output() + " tokens");
    }

    private void tool(Model model, ProgressLine progress) {
        Completion completion = model.complete(
                new Prompt(List.of(new Message.FromPerson("Call the tool echo with the word ready.")), List.of(ECHO)),
                Model.TextListener.none(),
                context.cancellation());
        progress.erase();
        boolean called =
                completion.calls().stream().anyMatch(call -> call.tool().equals(ECHO.name()));
        context.console()
                .println(called ? "tools:  it calls them" : "tools:  it calls none; questions work without them");
    }
}
