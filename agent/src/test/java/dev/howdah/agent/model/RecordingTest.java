package dev.howdah.agent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.agent.model.Completion.Finish;
import dev.howdah.agent.model.Completion.Usage;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations as files. */
class RecordingTest {
    private static final Completion TOOLS = new Completion(
            "Let me look.\n=== answer done\n--- call x y\n\\\\\\ odd",
            List.of(
                    new ToolCall("c1", "search_schema", "{\"query\":\n \"regions\"}"),
                    new ToolCall("c2", "list_tables", "{}")),
            Finish.TOOLS,
            new Usage(100, 20, 10));
    private static final Completion SQL =
            new Completion("{\"sql\": \"SELECT 1\"}", List.of(), Finish.DONE, new Usage(120, 100, 8));

    @TempDir
    private Path directory;

    private static Completion ask(Model model, Message... messages) {
        return model.complete(Prompt.of(messages), Model.TextListener.none(), new Cancellation());
    }

    @Test
    void whatIsRecordedIsPlayed() throws IOException {
        Path file = directory.resolve("talk.txt");
        Model recording = new RecordingModel(new ScriptedModel("script", List.of(TOOLS, SQL)), file);
        ask(recording, new Message.Instructions("=== be nice"), new Message.FromPerson("Question: regions?"));
        ask(
                recording,
                new Message.FromModel(TOOLS.text(), TOOLS.calls()),
                new Message.FromTool(TOOLS.calls().getFirst(), "regions"));
        Model replay = ScriptedModel.replay(file);
        assertThat(replay.name()).isEqualTo("replay/talk.txt");
        assertThat(ask(replay)).isEqualTo(TOOLS);
        assertThat(ask(replay)).isEqualTo(SQL);
        assertThat(Files.readString(file))
                .contains("--- person\nQuestion: regions?\n")
                .contains("--- call c2 list_tables\n{}\n")
                .contains("\\=== be nice");
        HowdahException over = catchThrowableOfType(HowdahException.class, () -> ask(replay));
        assertThat(over).hasMessageContaining("is over");
    }

    @Test
    void aFileThatIsThereIsNotReplacedAndNobodyIsAsked() throws IOException {
        Path file = Files.writeString(directory.resolve("mine.txt"), "precious");
        ScriptedModel script = new ScriptedModel("script", List.of(SQL));
        HowdahException failure =
                catchThrowableOfType(HowdahException.class, () -> ask(new RecordingModel(script, file)));
        assertThat(failure.code()).isEqualTo(ErrorCode.FILE);
        assertThat(Files.readString(file)).isEqualTo("precious");
        assertThat(ask(script)).isEqualTo(SQL);
    }

    @Test
    void aFileMayBeWrittenByHand() throws IOException {
        Path file = Files.writeString(directory.resolve("hand.txt"), "=== answer done\n{\"cannot\": \"no\"}\n");
        assertThat(ask(ScriptedModel.replay(file)))
                .isEqualTo(new Completion("{\"cannot\": \"no\"}", List.of(), Finish.DONE, Usage.NONE));
    }

    @Test
    void whatIsNoRecordingIsSaidToBeNone() throws IOException {
        Path file = Files.writeString(directory.resolve("other.txt"), "hello\n");
        assertThat(catchThrowableOfType(HowdahException.class, () -> ScriptedModel.replay(file)))
                .hasMessageContaining("holds no answer");
        assertThat(catchThrowableOfType(
                        HowdahException.class, () -> ScriptedModel.replay(directory.resolve("missing.txt"))))
                .hasMessageContaining("cannot be read");
    }
}
