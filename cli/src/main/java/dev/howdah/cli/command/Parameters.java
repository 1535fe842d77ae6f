package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.sql.NamedParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A script and the values of its parameters, which travel apart from it.
 *
 * @param sql the script with {@code $1} and on
 * @param values their values in text form
 */
record Parameters(String sql, List<@Nullable String> values) {
    /** Binds what {@code --param} gave: numbers to {@code $1}, names to {@code :name}. */
    static Parameters bind(String script, Map<String, String> given) {
        if (given.isEmpty()) {
            return new Parameters(script, List.of());
        }
        long numbers = given.keySet().stream().filter(Parameters::isNumber).count();
        if (numbers == given.size()) {
            return new Parameters(script, numbered(given));
        }
        if (numbers > 0) {
            throw new HowdahException(ErrorCode.USAGE, "--param takes names or numbers, not both at once.", null);
        }
        NamedParameters named = NamedParameters.number(script, given.keySet());
        for (String name : given.keySet()) {
            if (!named.names().contains(name)) {
                throw new HowdahException(
                        ErrorCode.USAGE,
                        "The SQL has no :" + name + ".",
                        "Write :" + name + " where the value belongs.");
            }
        }
        List<@Nullable String> values = new ArrayList<>();
        named.names().forEach(name -> values.add(given.get(name)));
        return new Parameters(named.sql(), values);
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.length() < 6 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static List<@Nullable String> numbered(Map<String, String> given) {
        List<@Nullable String> values = new ArrayList<>();
        for (int number = 1; number <= given.size(); number++) {
            String value = given.get(String.valueOf(number));
            if (value == null) {
                throw new HowdahException(ErrorCode.USAGE, "There is no --param " + number + "=….", null);
            }
            values.add(value);
        }
        return values;
    }
}
