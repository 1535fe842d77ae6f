package dev.howdah.mcp.operations;

import dev.howdah.agent.Agent;
import dev.howdah.agent.Answer;
import dev.howdah.agent.By;
import dev.howdah.base.Event;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Review;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.ToolResult;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.Interpretation;
import dev.howdah.question.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A question on its way to SQL, which the tools that take words share. The rows are read by the tool itself. */
final class Asking implements Agent.Listener {
    private final Call call;

    private Asking(Call call) {
        this.call = call;
    }

    /** What came of a question: SQL, or why there is none. */
    sealed interface Written {
        /** It was understood, and may run. */
        record Sql(Reading reading, Review review, By by) implements Written {}

        /** It was not. */
        record Not(ToolResult result) implements Written {}
    }

    /**
     * Reads a question; runs nothing.
     *
     * @param settle whether the person at the client may be asked which of several readings was meant
     */
    static Written read(String question, Call call, boolean settle) throws IOException {
        Agent.Request request = new Agent.Request(Reads.limits(call.howdah(), Optional.empty()), false, false);
        Answer answer = call.howdah().agent().ask(question, request, new Asking(call), call.cancellation());
        return switch (answer) {
            case Answer.Shown shown -> new Written.Sql(shown.reading(), shown.review(), shown.by());
            case Answer.NotUnderstood(Interpretation.Ambiguous ambiguous) -> ambiguous(ambiguous, call, settle);
            case Answer.NotUnderstood(Interpretation.Declined declined) -> new Written.Not(declined(declined));
            case Answer.Asked asked -> new Written.Not(asked(asked.ask(), asked.choices()));
            case Answer.Told told -> new Written.Not(told(told));
            case Answer.Rows _, Answer.NotUnderstood(Interpretation.Understood _) ->
                throw new IllegalStateException("only the SQL was asked for");
        };
    }

    private static Written ambiguous(Interpretation.Ambiguous ambiguous, Call call, boolean settle) throws IOException {
        List<String> words =
                ambiguous.choices().stream().map(Interpretation.Choice::words).toList();
        Optional<String> chosen = settle ? call.choose(ambiguous.ask(), words) : Optional.empty();
        for (Interpretation.Choice choice : ambiguous.choices()) {
            if (chosen.equals(Optional.of(choice.words()))) {
                Review review = call.guard().review(choice.reading().sql(), call.cancellation());
                review.requireAllowed();
                return new Written.Sql(choice.reading(), review, By.ENGINE);
            }
        }
        Json json = new Json().field("status", "ambiguous").field("ask", ambiguous.ask());
        json.generator().writeArrayFieldStart("choices");
        for (Interpretation.Choice choice : ambiguous.choices()) {
            json.generator().writeStartObject();
            json.generator().writeStringField("words", choice.words());
            json.generator().writeStringField("sql", choice.reading().sql());
            json.generator().writeEndObject();
        }
        json.generator().writeEndArray();
        return new Written.Not(ToolResult.of(
                ambiguous.ask() + "\n- " + String.join("\n- ", words)
                        + "\nAsk the person which one is meant, or run one of the choices' SQL.",
                json));
    }

    private static ToolResult declined(Interpretation.Declined declined) throws IOException {
        Json json = new Json()
                .field("status", "not_understood")
                .field("reason", declined.reason())
                .field("not_understood", declined.notUnderstood())
                .field("suggestions", declined.suggestions());
        List<String> lines = new ArrayList<>();
        lines.add("Not answered: " + declined.reason());
        if (!declined.notUnderstood().isEmpty()) {
            lines.add("Not understood: " + String.join(", ", declined.notUnderstood()));
        }
        declined.suggestions().forEach(suggestion -> lines.add("- " + suggestion));
        lines.add("Say it in other words, or look with inspect_schema and write SQL for execute_read_query.");
        return ToolResult.of(String.join("\n", lines), json);
    }

    private static ToolResult asked(String ask, List<String> choices) throws IOException {
        Json json = new Json().field("status", "ambiguous").field("ask", ask);
        json.generator().writeArrayFieldStart("choices");
        for (String choice : choices) {
            json.generator().writeStartObject();
            json.generator().writeStringField("words", choice);
            json.generator().writeEndObject();
        }
        json.generator().writeEndArray();
        return ToolResult.of(ask + "\n- " + String.join("\n- ", choices), json);
    }

    private static ToolResult told(Answer.Told told) throws IOException {
        Json json =
                new Json().field("status", "told").field("text", told.text()).field("statements", told.statements());
        return ToolResult.of(told.text(), json);
    }

    @Override
    public void event(Event event) {
        call.progress(event.detail());
    }

    @Override
    public void understood(Reading reading, Review review, By by) {
        call.progress("understood");
    }

    @Override
    public void repairing(HowdahException failure) {
        call.progress("that does not run; the model tries again");
    }

    @Override
    public RowSink rows() {
        throw new IllegalStateException("only the SQL was asked for");
    }
}
