package dev.howdah.guard.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.howdah.postgres.catalog.WriteCode.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads from a plan how many rows the planner expects to change. */
final class ExpectedRows {
    private static final JsonFactory JSON = new JsonFactory();

    private ExpectedRows() {}

    /**
     * What one ModifyTable is expected to do.
     *
     * @param rows of its children: its own count is always 0
     */
    record Expected(String schema, String table, Operation operation, long rows) {}

    static List<Expected> of(String plan) {
        List<Expected> expected = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(plan)) {
            parser.nextToken();
            collect(value(parser), expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return expected;
    }

    private static void collect(Object node, List<Expected> expected) {
        if (node instanceof List<?> list) {
            list.forEach(one -> collect(one, expected));
        } else if (node instanceof Map<?, ?> map) {
            if ("ModifyTable".equals(map.get("Node Type"))) {
                modification(map, expected);
            }
            map.values().forEach(one -> collect(one, expected));
        }
    }

    private static void modification(Map<?, ?> node, List<Expected> expected) {
        long rows = 0;
        if (node.get("Plans") instanceof List<?> plans) {
            for (Object plan : plans) {
                if (plan instanceof Map<?, ?> child
                        && !"InitPlan".equals(child.get("Parent Relationship"))
                        && child.get("Plan Rows") instanceof Number number) {
                    rows += number.longValue();
                }
            }
        }
        Operation operation = switch (String.valueOf(node.get("Operation"))) {
            case "Insert" -> Operation.INSERT;
            case "Delete" -> Operation.DELETE;
            default -> Operation.UPDATE;
        };
        expected.add(new Expected(
                String.valueOf(node.get("Schema")), String.valueOf(node.get("Relation Name")), operation, rows));
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                yield map;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> String.valueOf(parser.getText());
        };
    }
}
