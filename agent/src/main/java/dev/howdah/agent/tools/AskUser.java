package dev.howdah.agent.tools;

import dev.howdah.base.Cancellation;
import dev.howdah.base.PlainText;
import dev.howdah.guard.Guard;
import java.util.List;
import java.util.Optional;

/** Asks the person back; the question is over with it, and goes on with their answer. */
final class AskUser implements Tool<AskUser.Arguments> {

    record Arguments(
            @Parameter("one question") String question,

            @Parameter(value = "short answers to choose from", most = 6)
            Optional<List<String>> choices) {}

    @Override
    public String name() {
        return "ask_user";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public ToolResult run(Arguments arguments, Guard guard, Cancellation cancellation) {
        List<String> choices = arguments.choices().orElse(List.of()).stream()
                .map(PlainText::oneLine)
                .toList();
        return new ToolResult(
                List.of(new ToolResult.Part.Own("The person is asked.")),
                "asks back",
                false,
                Optional.of(new ToolResult.Question(PlainText.oneLine(arguments.question()), choices)));
    }
}
