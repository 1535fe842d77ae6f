package dev.howdah.sql.internal;

import dev.howdah.base.ErrorCode;
import dev.howdah.sql.NamedParameters;
import dev.howdah.sql.SqlSyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds {@code :name} among a script's tokens. */
public final class NamedParameterWalk {
    private NamedParameterWalk() {}

    /** See {@link NamedParameters#number}. */
    public static NamedParameters number(String script, Collection<String> names) {
        Tokens tokens = Lexer.read(script);
        StringBuilder numbered = new StringBuilder(script.length());
        List<String> order = new ArrayList<>();
        int copied = 0;
        int number = -1;
        for (int i = 0; i < tokens.count - 1; i++) {
            if (tokens.kinds[i] == Kind.PARAMETER_NUMBER) {
                number = tokens.starts[i];
            }
            if (tokens.kinds[i] != Kind.COLON || tokens.starts[i + 1] != tokens.ends[i]) {
                continue;
            }
            String name = script.substring(tokens.starts[i + 1], tokens.ends[i + 1]);
            if (!names.contains(name)) {
                continue;
            }
            if (!order.contains(name)) {
                order.add(name);
            }
            numbered.append(script, copied, tokens.starts[i]).append('$').append(order.indexOf(name) + 1);
            copied = tokens.ends[i + 1];
        }
        if (number >= 0 && !order.isEmpty()) {
            throw new SqlSyntaxException(
                    ErrorCode.SYNTAX, "named and numbered parameters cannot be mixed", script, number);
        }
        return new NamedParameters(
                numbered.append(script, copied, script.length()).toString(), order);
    }
}
