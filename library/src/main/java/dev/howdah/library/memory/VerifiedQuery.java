package dev.howdah.library.memory;

import dev.howdah.sql.NamedParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question and the SQL that a person found to be right for it. A question with {@code {name}} in it stands for all
 * questions that have something in its place, which then goes into the SQL as a string constant where {@code :name} stands.
 *
 * @param question as it is asked
 * @param sql one query
 * @param comment what the person noted; possibly empty
 * @param database which database it is about; any if empty
 */
public record VerifiedQuery(String question, String sql, String comment, String database) {
    private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final Pattern NUMBERED = Pattern.compile("\\$(\\d+)");
    private static final String VALUE = "(\\S.{0,199}?)";

    /** The names of its parameters, in the order of the question. */
    public List<String> parameters() {
        List<String> names = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(question);
        while (parameter.find()) {
            names.add(parameter.group(1));
        }
        return names;
    }

    /** Its SQL with a string constant for each parameter, as it would be run with these values. */
    public String with(Map<String, String> values) {
        if (values.isEmpty()) {
            return sql;
        }
        // Our own lexer says where a parameter is one; what stands for it is one string constant, whatever is in it.
        NamedParameters numbered = NamedParameters.number(sql, values.keySet());
        Matcher number = NUMBERED.matcher(numbered.sql());
        StringBuilder text = new StringBuilder();
        while (number.find()) {
            String name = numbered.names().get(Integer.parseInt(number.group(1)) - 1);
            String value = values.getOrDefault(name, "");
            number.appendReplacement(text, Matcher.quoteReplacement("'" + value.replace("'", "''") + "'"));
        }
        return number.appendTail(text).toString();
    }

    /** Its SQL with something for each parameter, to be looked at. */
    public String sample() {
        Map<String, String> values = new LinkedHashMap<>();
        parameters().forEach(name -> values.put(name, "1"));
        return with(values);
    }

    /** The values that make this out of what was asked; empty if it is another question. */
    Optional<Map<String, String>> match(String asked) {
        List<String> names = parameters();
        Matcher matcher = pattern().matcher(asked);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String value = matcher.group(i + 1).strip();
            String before = values.putIfAbsent(names.get(i), value);
            if (before != null && !before.equals(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** Neither case nor white space nor what ends a sentence makes it another question. */
    private Pattern pattern() {
        StringBuilder regex = new StringBuilder("(?iu)\\s*");
        int at = 0;
        String text = question.strip().replaceFirst("[?.!\\s]+$", "");
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            append(regex, text.substring(at, parameter.start()));
            regex.append(VALUE);
            at = parameter.end();
        }
        append(regex, text.substring(at));
        return Pattern.compile(regex.append("[?.!\\s]*").toString());
    }

    private static void append(StringBuilder regex, String text) {
        String[] words = text.split("\\s+", -1);
        for (int i = 0; i < words.length; i++) {
            regex.append(i == 0 ? "" : "\\s+").append(words[i].isEmpty() ? "" : Pattern.quote(words[i]));
        }
    }

    /** How to find it among the others: the question without what does not count. */
    String normal() {
        return question.strip()
                .replaceFirst("[?.!\\s]+$", "")
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }
}
