package dev.howdah.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code EXPLAIN (FORMAT json)} says, read without deciding beforehand which properties there are: every version of
 * PostgreSQL has some more.
 *
 * @param root the topmost node
 * @param properties what stands beside the plan, such as {@code Planning Time}
 */
record Plan(Node root, Map<String, String> properties) {

    /**
     * A step of the plan.
     *
     * @param properties its properties as text, lists joined by commas, in the server's order
     * @param children the steps it takes its rows from
     */
    record Node(Map<String, String> properties, List<Node> children) {
        /** A property, if the server gave it. */
        Optional<String> property(String name) {
            return Optional.ofNullable(properties.get(name));
        }

        /** A property that is a number; 0 if the server did not give it. */
        double number(String name) {
            return property(name).map(Double::parseDouble).orElse(0.0);
        }
    }

    /** @throws HowdahException of code {@link ErrorCode#SERVER} if the text is no plan */
    static Plan parse(String text) {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            if (json.nextToken() == JsonToken.START_ARRAY) {
                json.nextToken();
            }
            Map<String, String> properties = new LinkedHashMap<>();
            List<Node> roots = new ArrayList<>();
            object(json, properties, roots);
            if (roots.size() == 1) {
                return new Plan(roots.getFirst(), properties);
            }
        } catch (IOException | NumberFormatException e) {
            throw unreadable(e);
        }
        throw unreadable(null);
    }

    private static HowdahException unreadable(@org.jspecify.annotations.Nullable Exception cause) {
        return new HowdahException(
                ErrorCode.SERVER,
                "The server's plan cannot be read: it is not the JSON of EXPLAIN.",
                "Ask for the plan as text.",
                cause);
    }

    private static void object(JsonParser json, Map<String, String> properties, List<Node> children)
            throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("An object was expected.");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("Plan")) {
                children.add(node(json));
            } else if (name.equals("Plans") && value == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    children.add(node(json));
                }
            } else if (value == JsonToken.START_ARRAY) {
                properties.put(name, list(json));
            } else if (value == JsonToken.START_OBJECT) {
                json.skipChildren();
            } else {
                properties.put(name, json.getText());
            }
        }
    }

    private static Node node(JsonParser json) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        List<Node> children = new ArrayList<>();
        object(json, properties, children);
        return new Node(properties, children);
    }

    /** Lists of values, such as sort keys; those of objects (workers, triggers) are left out. */
    private static String list(JsonParser json) throws IOException {
        List<String> values = new ArrayList<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token.isScalarValue()) {
                values.add(json.getText());
            } else {
                json.skipChildren();
            }
        }
        return String.join(", ", values);
    }
}
