package dev.howdah.agent.writing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.base.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a model made of a question. Models do not always keep to the form, so several spellings of it are read. */
public sealed interface Written {
    /** A statement, to be judged like any other. */
    record Sql(String sql, String reading, List<String> assumptions) implements Written {}

    /** A question back. */
    record Question(String ask, List<String> choices) implements Written {}

    /** It cannot be answered here. */
    record Cannot(String reason) implements Written {}

    /** An answer in words, which only counts if the model has looked at something. */
    record Prose(String text) implements Written {}

    /** Nothing of the above. */
    record Unreadable(String text) implements Written {}

    /** Reads a model's answer: the JSON object, with or without prose or a fence around it, else SQL, else nothing. */
    static Written of(String answer) {
        return Reading.json(answer).flatMap(Reading::of).orElseGet(() -> Reading.text(answer));
    }

    /** How answers are read. */
    final class Reading {
        private static final ObjectMapper JSON = new ObjectMapper();
        private static final Pattern FENCE = Pattern.compile("```[^\\n`]*\\n(.*?)(?:```|\\z)", Pattern.DOTALL);
        /** A line that begins like a query, up to a semicolon, an empty line or the end. */
        private static final Pattern QUERY = Pattern.compile(
                "^\\s*((?:select|with|values|table)\\b.*?)(?:;|\\n\\s*\\n|\\z)",
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL | Pattern.MULTILINE);

        private static final Pattern BEGINS_LIKE_SQL = Pattern.compile(
                "(?:select|with|values|table|insert|update|delete|merge|create|alter|drop|truncate)\\b.*",
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

        private Reading() {}

        private static Optional<Written> of(JsonNode root) {
            String sql = root.path("sql").asText("").strip();
            if (!sql.isEmpty()) {
                return Optional.of(new Sql(
                        sql, PlainText.oneLine(root.path("reading").asText("")), texts(root.path("assumptions"))));
            }
            if (!root.path("ask").asText("").isBlank()) {
                return Optional.of(
                        new Question(PlainText.oneLine(root.path("ask").asText()), texts(root.path("choices"))));
            }
            if (!root.path("cannot").asText("").isBlank()) {
                return Optional.of(
                        new Cannot(PlainText.oneLine(root.path("cannot").asText())));
            }
            String prose = root.path("answer").asText("").strip();
            return prose.isEmpty() ? Optional.empty() : Optional.of(new Prose(PlainText.lines(prose)));
        }

        private static List<String> texts(JsonNode array) {
            List<String> texts = new ArrayList<>();
            if (array.isTextual()) {
                texts.add(PlainText.oneLine(array.asText()));
            }
            array.forEach(element -> texts.add(PlainText.oneLine(element.asText(""))));
            return texts.stream().filter(text -> !text.isBlank()).toList();
        }

        /** The first object of the text that can be read: prose before it may hold braces, and prose after it too. */
        static Optional<JsonNode> json(String answer) {
            int tries = 0;
            for (int start = answer.indexOf('{'); start >= 0 && tries < 20; start = answer.indexOf('{', start + 1)) {
                tries++;
                try (var parser = JSON.createParser(answer.substring(start))) {
                    JsonNode root = JSON.readTree(parser);
                    if (root != null && root.isObject() && of(root).isPresent()) {
                        return Optional.of(root);
                    }
                } catch (JsonProcessingException notHere) {
                    // Another brace may begin it.
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
            return Optional.empty();
        }

        /** The statements of an answer that has several; empty if it has none. */
        static List<SqlWriter.Way> several(String answer) {
            List<SqlWriter.Way> ways = new ArrayList<>();
            int start = answer.indexOf('{');
            int end = answer.lastIndexOf('}') + 1;
            try {
                JsonNode root = start < 0 || end <= start ? null : JSON.readTree(answer.substring(start, end));
                if (root != null) {
                    for (JsonNode way : root.path("alternatives")) {
                        String sql = way.path("sql").asText("").strip();
                        if (!sql.isEmpty()) {
                            ways.add(new SqlWriter.Way(
                                    PlainText.oneLine(way.path("approach").asText("")), sql));
                        }
                    }
                }
            } catch (JsonProcessingException none) {
                return List.of();
            }
            return ways;
        }

        static Written text(String answer) {
            Matcher fence = FENCE.matcher(answer);
            while (fence.find()) {
                String inside = fence.group(1).strip();
                if (BEGINS_LIKE_SQL.matcher(inside).matches()) {
                    return new Sql(inside, "", List.of());
                }
            }
            Matcher query = QUERY.matcher(answer);
            if (query.find() && looksLikeSql(query.group(1))) {
                return new Sql(query.group(1).strip(), "", List.of());
            }
            return new Unreadable(answer.strip());
        }

        /** "With pleasure" and "Select a date" begin like queries too. */
        private static boolean looksLikeSql(String text) {
            String lower = text.toLowerCase(java.util.Locale.ROOT);
            return lower.contains(" from ")
                    || lower.contains("\nfrom ")
                    || lower.startsWith("values")
                    || lower.matches("(?s)select\\s+[\\w'(*].*[()'*].*");
        }
    }
}
