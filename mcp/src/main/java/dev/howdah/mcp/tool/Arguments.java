package dev.howdah.mcp.tool;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.base.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call's arguments, checked against the tool's input schema when they arrive: what is required, unknown names, types,
 * enumerations, bounds. Our own few rules instead of a validator's, because the complaint is read by a model and has to
 * say what to write instead.
 */
public final class Arguments {
    private final Map<String, Object> values;

    private Arguments(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * The arguments of a call.
     *
     * @throws HowdahException of code USAGE that says which argument is wrong and how it is right
     */
    public static Arguments of(Map<String, Object> values, Map<String, Object> schema) {
        check("", values, schema);
        return new Arguments(values);
    }

    private static void check(String path, Map<String, Object> values, Map<String, Object> schema) {
        Map<String, Object> properties = ToolDefinition.object(schema, "properties");
        if (schema.get("required") instanceof List<?> required) {
            for (Object name : required) {
                if (values.get(String.valueOf(name)) == null) {
                    throw wrong("The argument " + path + name + " is missing.", description(properties, name));
                }
            }
        }
        boolean closed = Boolean.FALSE.equals(schema.get("additionalProperties"));
        for (Map.Entry<String, Object> value : values.entrySet()) {
            Map<String, Object> property = ToolDefinition.object(properties, value.getKey());
            if (!properties.containsKey(value.getKey())) {
                if (closed) {
                    throw unknown(path, value.getKey(), properties);
                }
            } else if (value.getValue() != null) {
                check(path + value.getKey(), value.getValue(), property);
            }
        }
    }

    private static HowdahException unknown(String path, String name, Map<String, Object> properties) {
        String shown = PlainText.oneLine(name.length() > 60 ? name.substring(0, 60) + "…" : name);
        String known = properties.isEmpty()
                ? "It takes no arguments."
                : "It takes " + String.join(", ", properties.keySet()) + ".";
        return wrong(
                "There is no argument " + path + shown + ".",
                Nearest.to(shown, properties.keySet())
                                .map(near -> "Did you mean " + near + "? ")
                                .orElse("")
                        + known);
    }

    private static void check(String path, Object value, Map<String, Object> schema) {
        List<String> types = types(schema);
        if (!types.isEmpty() && types.stream().noneMatch(type -> is(type, value))) {
            throw wrong("The argument " + path + " has to be " + String.join(" or ", types) + ".", description(schema));
        }
        if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
            List<String> words = allowed.stream().map(String::valueOf).toList();
            throw wrong("The argument " + path + " has to be one of " + String.join(", ", words) + ".", null);
        }
        switch (value) {
            case Number number -> bounds(path, number, schema);
            case String text -> length(path, text.length(), "characters", "minLength", "maxLength", schema);
            case List<?> list -> {
                length(path, list.size(), "items", "minItems", "maxItems", schema);
                Map<String, Object> items = ToolDefinition.object(schema, "items");
                for (int i = 0; i < list.size(); i++) {
                    Object item = list.get(i);
                    if (item == null) {
                        if (!types(items).contains("null")) {
                            throw wrong("The argument " + path + "[" + i + "] is null.", null);
                        }
                    } else {
                        check(path + "[" + i + "]", item, items);
                    }
                }
            }
            case Map<?, ?> _ -> check(path + ".", object(value), schema);
            default -> {}
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    private static void bounds(String path, Number number, Map<String, Object> schema) {
        boolean low = schema.get("minimum") instanceof Number least && number.doubleValue() < least.doubleValue();
        boolean high = schema.get("maximum") instanceof Number most && number.doubleValue() > most.doubleValue();
        if (low || high) {
            Object bound = low ? schema.get("minimum") : schema.get("maximum");
            throw wrong("The argument " + path + " has to be at " + (low ? "least " : "most ") + bound + ".", null);
        }
    }

    private static void length(
            String path, int length, String what, String minimum, String maximum, Map<String, Object> schema) {
        if (schema.get(minimum) instanceof Number least && length < least.intValue()) {
            throw wrong(
                    "The argument " + path + " is too short: at least " + least + " " + what + ".",
                    description(schema));
        }
        if (schema.get(maximum) instanceof Number most && length > most.longValue()) {
            throw wrong("The argument " + path + " is too long: at most " + most + " " + what + ".", null);
        }
    }

    private static List<String> types(Map<String, Object> schema) {
        return switch (schema.get("type")) {
            case String one -> List.of(one);
            case List<?> several -> several.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }

    private static boolean is(String type, Object value) {
        return switch (type) {
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "number" -> value instanceof Number;
            case "boolean" -> value instanceof Boolean;
            case "array" -> value instanceof List;
            case "object" -> value instanceof Map;
            default -> false;
        };
    }

    private static @org.jspecify.annotations.Nullable String description(Map<String, Object> properties, Object name) {
        return description(ToolDefinition.object(properties, String.valueOf(name)));
    }

    private static @org.jspecify.annotations.Nullable String description(Map<String, Object> schema) {
        return schema.get("description") instanceof String text ? text : null;
    }

    private static HowdahException wrong(String message, @org.jspecify.annotations.Nullable String hint) {
        return new HowdahException(ErrorCode.USAGE, message, hint);
    }

    /** A text, if it was given. */
    public Optional<String> text(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A text that the schema requires. */
    public String required(String name) {
        return text(name).orElseThrow(() -> wrong("The argument " + name + " is missing.", null));
    }

    /** A whole number, if it was given. */
    public Optional<Long> number(String name) {
        return values.get(name) instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }

    /** A truth value, or what holds without one. */
    public boolean truth(String name, boolean otherwise) {
        return values.get(name) instanceof Boolean truth ? truth : otherwise;
    }

    /** A list of texts; empty if it was not given. Numbers and truth values are taken as they are written. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            list.forEach(item -> texts.add(String.valueOf(item)));
        }
        return texts;
    }

    /** A list whose items are texts in SQL's sense: null stays null. */
    public List<@org.jspecify.annotations.Nullable String> nullableTexts(String name) {
        List<@org.jspecify.annotations.Nullable String> texts = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            for (Object item : list) {
                texts.add(item == null ? null : String.valueOf(item));
            }
        }
        return texts;
    }

    /** An object, if one was given. */
    public Optional<Map<String, Object>> object(String name) {
        return values.get(name) instanceof Map<?, ?> map ? Optional.of(object((Object) map)) : Optional.empty();
    }
}
