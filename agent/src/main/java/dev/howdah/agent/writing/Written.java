package dev.howdah.agent.writing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.base.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a model made of a question. Models do not always keep to the form, so several spellings of it are read. */
public sealed interface Written {
    /** A statement, to be judged like any other. */
    record Sql(String sql, String reading, List<String> assumptions) implements Written {}

    /** A question back. */
    record Question(String ask, List<String> choices) implements Written {}

    /** It cannot be answered here. */
    record Cannot(String reason) implements Written {}

    /** Nothing of the above. */
    record Unreadable() implements Written {}

    /** Reads a model's answer. */
    static Written of(String answer) {
        return json(answer).map(Written::of).orElseGet(() -> fromText(answer));
    }

    private static Written of(JsonNode root) {
        if (!root.path("sql").asText("").isBlank()) {
            return new Sql(
                    root.path("sql").asText().strip(),
                    PlainText.oneLine(root.path("reading").asText("")),
                    texts(root.path("assumptions")));
        }
        if (!root.path("ask").asText("").isBlank()) {
            return new Question(PlainText.oneLine(root.path("ask").asText()), texts(root.path("choices")));
        }
        if (!root.path("cannot").asText("").isBlank()) {
            return new Cannot(PlainText.oneLine(root.path("cannot").asText()));
        }
        return new Unreadable();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(PlainText.oneLine(element.asText(""))));
        return texts.stream().filter(text -> !text.isBlank()).toList();
    }

    /** The outermost object of the text, with or without a fence or prose around it. */
    private static Optional<JsonNode> json(String answer) {
        int start = answer.indexOf('{');
        int end = answer.lastIndexOf('}');
        if (start < 0 || end < start) {
            return Optional.empty();
        }
        try {
            JsonNode root = new ObjectMapper().readTree(answer.substring(start, end + 1));
            return Optional.ofNullable(root).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Written fromText(String answer) {
        String text = fenced(answer).orElse(answer).strip();
        String begin = text.toLowerCase(Locale.ROOT);
        return begin.startsWith("select") || begin.startsWith("with") || begin.startsWith("values")
                ? new Sql(text, "", List.of())
                : new Unreadable();
    }

    /** What stands between the first two lines of three backticks. */
    private static Optional<String> fenced(String answer) {
        int start = answer.indexOf("```");
        int body = start < 0 ? -1 : answer.indexOf('\n', start);
        int end = body < 0 ? -1 : answer.indexOf("```", body);
        return end < 0 ? Optional.empty() : Optional.of(answer.substring(body + 1, end));
    }
}
