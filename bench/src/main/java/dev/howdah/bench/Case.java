package dev.howdah.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * One question with what is known about its answer.
 *
 * @param slice the file's name and the kind of question, by which results are counted
 * @param database the name of its database
 * @param question what is asked
 * @param context the questions before it in the same conversation, oldest first
 * @param gold queries of which any is right; empty if the question should not be answered
 * @param check for a change: what shows the state after it; otherwise empty
 * @param now when it is asked
 * @param ordered whether the order of rows counts
 * @param lenient whether more columns than asked for are right too
 */
record Case(
        String id,
        String file,
        String slice,
        String database,
        String question,
        List<String> context,
        List<String> gold,
        String check,
        Instant now,
        boolean ordered,
        boolean lenient) {

    private static final String USUAL_NOW = "2026-06-15 12:00:00";

    static Case of(String file, JsonNode json) {
        boolean write = !json.path("check_sql").isNull()
                && !json.path("check_sql").asText("").isEmpty();
        boolean answerable = !json.path("source").asText().equals("defog_idk")
                && json.path("expect").asText("answer").equals("answer");
        List<String> gold = new ArrayList<>();
        if (answerable) {
            json.path("gold_sql").forEach(sql -> gold.add(sql.asText()));
        }
        List<String> context = new ArrayList<>();
        json.path("context").forEach(before -> context.add(before.asText()));
        String now = json.path("now").asText(USUAL_NOW).replace(' ', 'T');
        return new Case(
                json.path("id").asText(),
                write ? file + " (changes)" : file,
                write ? "write" : context.isEmpty() ? json.path("hardness").asText("all") : "follow-up",
                json.path("db").asText(),
                json.path("question").asText(),
                context,
                gold,
                write ? json.path("check_sql").asText() : "",
                LocalDateTime.parse(now).toInstant(ZoneOffset.UTC),
                json.path("ordered").asBoolean() && !json.path("tie").asBoolean(),
                json.path("lenient").asBoolean(false));
    }

    boolean answerable() {
        return !gold.isEmpty();
    }

    /** Whether a case can be scored: it has a proved answer that is not empty, or none is right. */
    static boolean counts(JsonNode json) {
        return !json.path("expect").asText("answer").equals("answer")
                || (json.path("verified").asBoolean(true) && !json.path("empty").asBoolean(false));
    }
}
