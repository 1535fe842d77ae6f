package dev.howdah.agent.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.base.PlainText;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A record as a JSON Schema, and JSON as that record. Components are texts, whole numbers, truth values, words of an enum,
 * lists of texts, or one of these in an {@link Optional}. Stateless.
 */
public final class Arguments {
    private static final int LONGEST_TEXT = 100_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Arguments() {}

    /** The schema of a record, as an object that knows no other properties. */
    public static String schema(Class<? extends Record> type) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.createArrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            describe(properties.putObject(name(component)), component);
            if (component.getType() != Optional.class) {
                required.add(name(component));
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false).toString();
    }

    private static void describe(ObjectNode property, RecordComponent component) {
        Class<?> type = inner(component);
        Parameter said = component.getAnnotation(Parameter.class);
        if (type == Integer.class || type == int.class) {
            property.put("type", "integer");
            if (said != null) {
                property.put("minimum", said.least()).put("maximum", said.most());
            }
        } else if (type == Boolean.class || type == boolean.class) {
            property.put("type", "boolean");
        } else if (type == List.class) {
            property.put("type", "array").putObject("items").put("type", "string");
        } else {
            property.put("type", "string");
            if (type.isEnum()) {
                ArrayNode words = property.putArray("enum");
                words(type).forEach(words::add);
            }
        }
        if (said != null) {
            property.put("description", said.value());
        }
    }

    /**
     * Reads arguments.
     *
     * @throws HowdahException of code USAGE that says what is wrong with them, for whoever wrote them
     */
    public static <A extends Record> A read(Class<A> type, String json) {
        return read(type, parse(json));
    }

    /** As {@link #read(Class, String)}. */
    public static <A extends Record> A read(Class<A> type, JsonNode json) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> names = Arrays.stream(components).map(Arguments::name).toList();
        for (Iterator<String> given = json.fieldNames(); given.hasNext(); ) {
            String name = given.next();
            if (!names.contains(name)) {
                throw wrong("There is no parameter " + PlainText.oneLine(name) + "."
                        + Nearest.to(name, names)
                                .map(near -> " Did you mean " + near + "?")
                                .orElse(
                                        names.isEmpty()
                                                ? " There are none."
                                                : " There are: " + String.join(", ", names) + "."));
            }
        }
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(components[i], json.path(name(components[i])));
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof HowdahException said ? said : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record of arguments has no usable constructor", e);
        }
    }

    private static JsonNode parse(String json) {
        try {
            JsonNode root = JSON.readTree(json.isBlank() ? "{}" : json);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw wrong("The arguments are no JSON: " + PlainText.oneLine(e.getOriginalMessage()) + ".");
        }
        throw wrong("The arguments are no JSON object.");
    }

    private static Object value(RecordComponent component, JsonNode given) {
        boolean absent = given.isMissingNode() || given.isNull();
        if (component.getType() == Optional.class) {
            return absent ? Optional.empty() : Optional.of(value(component, inner(component), given));
        }
        if (absent) {
            throw wrong("The parameter " + name(component) + " is missing.");
        }
        return value(component, inner(component), given);
    }

    private static Object value(RecordComponent component, Class<?> type, JsonNode given) {
        if (type == Integer.class || type == int.class) {
            return number(component, given);
        }
        if (type == Boolean.class || type == boolean.class) {
            return switch (given.asText("").toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw wrong(name(component) + " must be true or false.");
            };
        }
        if (type == List.class) {
            return texts(component, given);
        }
        String text = text(component, given);
        if (!type.isEnum()) {
            return text;
        }
        List<String> words = words(type);
        int at = words.indexOf(text.toLowerCase(Locale.ROOT));
        if (at < 0) {
            throw wrong(name(component) + " must be one of: " + String.join(", ", words) + ".");
        }
        return type.getEnumConstants()[at];
    }

    /** Models write numbers as texts now and then; what is meant is plain. */
    private static int number(RecordComponent component, JsonNode given) {
        Parameter said = component.getAnnotation(Parameter.class);
        try {
            int number = Integer.parseInt(given.asText("").strip());
            if (said == null || (number >= said.least() && number <= said.most())) {
                return number;
            }
            throw wrong(name(component) + " must be between " + said.least() + " and " + said.most() + ".");
        } catch (NumberFormatException e) {
            throw wrong(name(component) + " must be a whole number.");
        }
    }

    private static List<String> texts(RecordComponent component, JsonNode given) {
        Parameter said = component.getAnnotation(Parameter.class);
        List<String> texts = new ArrayList<>();
        if (given.isArray()) {
            given.forEach(element -> texts.add(text(component, element)));
        } else {
            texts.add(text(component, given));
        }
        if (said != null && texts.size() > said.most()) {
            throw wrong(name(component) + " may have " + said.most() + " elements at most.");
        }
        return List.copyOf(texts);
    }

    private static String text(RecordComponent component, JsonNode given) {
        if (!given.isTextual() && !given.isNumber()) {
            throw wrong(name(component) + " must be a text.");
        }
        String text = given.asText().strip();
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            throw wrong(name(component) + (text.isEmpty() ? " is empty." : " is too long."));
        }
        return text;
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** {@code mostRows} is called {@code most_rows}. */
    private static String name(RecordComponent component) {
        StringBuilder name = new StringBuilder();
        for (char c : component.getName().toCharArray()) {
            name.append(Character.isUpperCase(c) ? "_" + Character.toLowerCase(c) : String.valueOf(c));
        }
        return name.toString();
    }

    private static Class<?> inner(RecordComponent component) {
        Type generic = component.getGenericType();
        if (component.getType() != Optional.class || !(generic instanceof ParameterizedType optional)) {
            return component.getType();
        }
        Type of = optional.getActualTypeArguments()[0];
        return (Class<?>) (of instanceof ParameterizedType list ? list.getRawType() : of);
    }

    private static HowdahException wrong(String what) {
        return new HowdahException(ErrorCode.USAGE, what);
    }
}
