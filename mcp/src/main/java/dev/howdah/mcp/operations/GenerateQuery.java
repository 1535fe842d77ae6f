package dev.howdah.mcp.operations;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Review;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words or an intent become SQL, which is not run. */
final class GenerateQuery implements Tool {
    private static final String NOT_RUN = "\nNot run. execute_read_query runs it.";

    @Override
    public String name() {
        return "generate_query_from_intent";
    }

    @Override
    public ToolResult call(Arguments arguments, Call call) throws IOException {
        Optional<Map<String, Object>> intent = arguments.object("intent_object");
        if (arguments.text("intent").isEmpty() && intent.isPresent()) {
            Optional<String> sql = IntentTemplate.sql(
                    intent.get(), new SchemaView(call.howdah().catalog(call.cancellation())));
            if (sql.isPresent()) {
                Review review = call.guard().review(sql.get(), call.cancellation());
                review.requireAllowed();
                Json json = new Json()
                        .field("status", "written")
                        .field("sql", sql.get())
                        .field("relations", review.footprint().relations());
                return ToolResult.of(sql.get() + NOT_RUN, json);
            }
        }
        String question = arguments
                .text("intent")
                .or(() -> intent.map(GenerateQuery::words))
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.USAGE, "There is no intent.", "Give intent in words, or intent_object."));
        return switch (Asking.read(question, call, false)) {
            case Asking.Written.Not not -> not.result();
            case Asking.Written.Sql sql -> {
                Json json = new Json().field("status", "written").field("question", question);
                SqlResult.write(sql, json);
                json.field("relations", sql.review().footprint().relations());
                yield ToolResult.of(SqlResult.words(sql) + NOT_RUN, json);
            }
        };
    }

    /** {@code customers with state = California}, as the engine reads it. */
    private static String words(Map<String, Object> intent) {
        List<String> parts = new ArrayList<>();
        if (intent.get("operations") instanceof List<?> operations && operations.contains("count")) {
            parts.add("number of");
        }
        if (intent.get("entities") instanceof List<?> entities && !entities.isEmpty()) {
            parts.add(String.valueOf(entities.getFirst()));
        }
        if (intent.get("conditions") instanceof List<?> conditions) {
            String join = "with";
            for (Object condition : conditions) {
                if (condition instanceof Map<?, ?> one) {
                    parts.add(join + " " + one.get("column") + " " + operator(one.get("operator")) + " "
                            + one.get("value"));
                    join = "and";
                }
            }
        }
        return String.join(" ", parts);
    }

    private static String operator(@org.jspecify.annotations.Nullable Object operator) {
        return operator == null ? "=" : String.valueOf(operator);
    }
}
