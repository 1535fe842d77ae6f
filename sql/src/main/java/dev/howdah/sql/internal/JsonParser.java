package dev.howdah.sql.internal;

import dev.howdah.sql.tree.DocumentPart.BehaviorKind;
import dev.howdah.sql.tree.DocumentPart.JsonBehavior;
import dev.howdah.sql.tree.DocumentPart.JsonFormat;
import dev.howdah.sql.tree.DocumentPart.JsonKeyValue;
import dev.howdah.sql.tree.DocumentPart.JsonOutput;
import dev.howdah.sql.tree.DocumentPart.JsonPassing;
import dev.howdah.sql.tree.DocumentPart.JsonValue;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Expression.BuiltIn;
import dev.howdah.sql.tree.Expression.BuiltInCall;
import dev.howdah.sql.tree.JsonExpression.JsonArray;
import dev.howdah.sql.tree.JsonExpression.JsonArrayAggregate;
import dev.howdah.sql.tree.JsonExpression.JsonArrayQuery;
import dev.howdah.sql.tree.JsonExpression.JsonObject;
import dev.howdah.sql.tree.JsonExpression.JsonObjectAggregate;
import dev.howdah.sql.tree.JsonExpression.JsonParse;
import dev.howdah.sql.tree.JsonExpression.JsonPathCall;
import dev.howdah.sql.tree.JsonExpression.JsonSerialize;
import dev.howdah.sql.tree.JsonExpression.PathFunction;
import dev.howdah.sql.tree.JsonExpression.Quotes;
import dev.howdah.sql.tree.JsonExpression.Wrapper;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part.OrderItem;
import dev.howdah.sql.tree.Part.TypeName;
import dev.howdah.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL/JSON constructors, aggregates and path functions, and the clauses they share with JSON_TABLE. */
final class JsonParser {
    private static final Set<String> ENCODINGS = Set.of("utf8", "utf16", "utf32");

    private final Cursor in;
    private final Grammar grammar;

    JsonParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
    }

    /** A JSON function of which the name and the parenthesis are here; null when it is another one. */
    @Nullable
    Expression function() {
        int start = in.start();
        return switch (in.kind()) {
            case JSON -> parse(start);
            case JSON_OBJECT -> object(start);
            case JSON_ARRAY -> array(start);
            case JSON_OBJECTAGG -> objectAggregate(start);
            case JSON_ARRAYAGG -> arrayAggregate(start);
            case JSON_SCALAR -> {
                open();
                Expression value = grammar.expressions().expression();
                close();
                yield new BuiltInCall(in.since(start), BuiltIn.JSON_SCALAR, List.of(value));
            }
            case JSON_SERIALIZE -> {
                open();
                JsonValue value = value();
                JsonOutput output = output();
                close();
                yield new JsonSerialize(in.since(start), value, output);
            }
            case JSON_EXISTS -> path(PathFunction.JSON_EXISTS, start);
            case JSON_QUERY -> path(PathFunction.JSON_QUERY, start);
            case JSON_VALUE -> path(PathFunction.JSON_VALUE, start);
            default -> null;
        };
    }

    private void open() {
        in.step();
        in.expect(Kind.OPEN_PARENTHESIS);
    }

    private void close() {
        in.expect(Kind.CLOSE_PARENTHESIS);
    }

    private Expression parse(int start) {
        open();
        JsonValue value = value();
        boolean unique = uniqueKeys(in);
        close();
        return new JsonParse(in.since(start), value, unique);
    }

    /** The SQL constructor, or an ordinary call of {@code pg_catalog.json_object}. */
    private Expression object(int start) {
        open();
        if (in.is(Kind.CLOSE_PARENTHESIS) || in.is(Kind.RETURNING)) {
            JsonOutput output = output();
            close();
            return new JsonObject(in.since(start), List.of(), false, false, output);
        }
        if (in.kind(1) == Kind.COLON_EQUALS || in.kind(1) == Kind.EQUALS_GREATER) {
            return grammar.functions().legacyJsonObject(start, null);
        }
        int memberStart = in.start();
        Key first = key();
        if (!first.isMember()) {
            return grammar.functions().legacyJsonObject(start, first.value());
        }
        List<JsonKeyValue> members = new ArrayList<>();
        members.add(member(first, memberStart));
        while (in.accept(Kind.COMMA)) {
            int nextStart = in.start();
            members.add(member(key(), nextStart));
        }
        boolean absent = nullClause(false);
        boolean unique = uniqueKeys(in);
        JsonOutput output = output();
        close();
        return new JsonObject(in.since(start), members, absent, unique, output);
    }

    /** A member's key, or an argument that turned out to be none. */
    private record Key(Expression value, boolean isMember) {}

    /** {@code c_expr VALUE}, {@code a_expr ':'}, or an argument of an ordinary call. */
    private Key key() {
        int start = in.start();
        Expression key;
        if (grammar.expressions().startsPrimary()) {
            Expression primary = grammar.primaries().primary();
            if (in.is(Kind.VALUE)) {
                return new Key(primary, true);
            }
            key = grammar.expressions().continued(primary, start);
        } else {
            key = grammar.expressions().expression();
        }
        return new Key(key, in.is(Kind.COLON));
    }

    private JsonKeyValue member(Key key, int start) {
        if (!key.isMember()) {
            throw in.unexpected();
        }
        in.step();
        JsonValue value = value();
        return new JsonKeyValue(in.since(start), key.value(), value);
    }

    private Expression array(int start) {
        open();
        if (in.is(Kind.CLOSE_PARENTHESIS) || in.is(Kind.RETURNING)) {
            JsonOutput output = output();
            close();
            return new JsonArray(in.since(start), List.of(), true, output);
        }
        Expression first = null;
        Query query = null;
        int firstStart = in.start();
        if (in.opensQuery()) {
            // parentheses around a query are a value, unless the query goes on behind them
            switch (grammar.primaries().parentheses()) {
                case Parentheses.OfQuery(Query inner) -> {
                    if (QueryParser.continuesQuery(in.kind())) {
                        query = grammar.queries().continued(inner, firstStart);
                    } else {
                        first = grammar.primaries()
                                .indirected(new Expression.ScalarSubquery(in.since(firstStart), inner), firstStart);
                    }
                }
                case Parentheses.OfValues(List<Expression> values) ->
                    first = values.size() == 1
                            ? grammar.primaries().indirected(values.getFirst(), firstStart)
                            : new Expression.RowConstructor(in.since(firstStart), false, values);
            }
        } else if (in.startsQuery()) {
            query = grammar.queries().query();
        }
        if (query != null) {
            JsonFormat format = format();
            JsonOutput output = output();
            close();
            return new JsonArrayQuery(in.since(start), query, format, output);
        }
        List<JsonValue> elements = new ArrayList<>();
        if (first == null) {
            elements.add(value());
        } else {
            Expression whole = grammar.expressions().continued(first, firstStart);
            JsonFormat format = format();
            elements.add(new JsonValue(in.since(firstStart), whole, format));
        }
        while (in.accept(Kind.COMMA)) {
            elements.add(value());
        }
        boolean absent = nullClause(true);
        JsonOutput output = output();
        close();
        return new JsonArray(in.since(start), elements, absent, output);
    }

    private Expression objectAggregate(int start) {
        open();
        int memberStart = in.start();
        JsonKeyValue member = member(key(), memberStart);
        boolean absent = nullClause(false);
        boolean unique = uniqueKeys(in);
        JsonOutput output = output();
        close();
        return new JsonObjectAggregate(in.since(start), member, absent, unique, output, null, null);
    }

    private Expression arrayAggregate(int start) {
        open();
        JsonValue element = value();
        List<OrderItem> orderBy = in.is(Kind.ORDER) ? grammar.queries().orderBy() : List.of();
        boolean absent = nullClause(true);
        JsonOutput output = output();
        close();
        return new JsonArrayAggregate(in.since(start), element, orderBy, absent, output, null, null);
    }

    /** FILTER and OVER, which only a JSON aggregate in an expression may have. */
    Expression decorated(Expression aggregate) {
        if (!in.is(Kind.FILTER) && !in.is(Kind.OVER)) {
            return aggregate;
        }
        int start = aggregate.span().start();
        return switch (aggregate) {
            case JsonObjectAggregate(var _, var member, boolean absent, boolean unique, var output, var _, var _) -> {
                var filter = grammar.functions().filter();
                var over = grammar.windows().over();
                yield new JsonObjectAggregate(in.since(start), member, absent, unique, output, filter, over);
            }
            case JsonArrayAggregate(var _, var element, var orderBy, boolean absent, var output, var _, var _) -> {
                var filter = grammar.functions().filter();
                var over = grammar.windows().over();
                yield new JsonArrayAggregate(in.since(start), element, orderBy, absent, output, filter, over);
            }
            default -> aggregate;
        };
    }

    private Expression path(PathFunction function, int start) {
        open();
        JsonValue context = value();
        in.expect(Kind.COMMA);
        Expression path = grammar.expressions().expression();
        List<JsonPassing> passing = passing();
        JsonOutput output = function == PathFunction.JSON_EXISTS ? null : output();
        Wrapper wrapper = Wrapper.UNSPECIFIED;
        Quotes quotes = Quotes.UNSPECIFIED;
        if (function == PathFunction.JSON_QUERY) {
            wrapper = wrapper();
            quotes = quotes();
        }
        Behaviors behaviors = behaviors(function != PathFunction.JSON_EXISTS);
        close();
        return new JsonPathCall(
                in.since(start),
                function,
                context,
                path,
                passing,
                output,
                wrapper,
                quotes,
                behaviors.onEmpty(),
                behaviors.onError());
    }

    // ---- clauses ---------------------------------------------------------------------------------------------------

    /** {@code json_value_expr}. */
    JsonValue value() {
        int start = in.start();
        Expression value = grammar.expressions().expression();
        JsonFormat format = format();
        return new JsonValue(in.since(start), value, format);
    }

    /** {@code json_format_clause_opt}. */
    @Nullable
    JsonFormat format() {
        int start = in.start();
        if (!in.accept(Kind.FORMAT_JSON)) {
            return null;
        }
        in.expect(Kind.JSON);
        String encoding = null;
        if (in.accept(Kind.ENCODING)) {
            int name = in.start();
            encoding = in.columnName().text();
            if (!ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
                throw in.error("unrecognized JSON encoding: " + encoding, name);
            }
        }
        return new JsonFormat(in.since(start), encoding);
    }

    /** {@code json_returning_clause_opt}. */
    private @Nullable JsonOutput output() {
        int start = in.start();
        if (!in.accept(Kind.RETURNING)) {
            return null;
        }
        TypeName type = grammar.types().type();
        JsonFormat format = format();
        return new JsonOutput(in.since(start), type, format);
    }

    /** Whether nulls are left out. */
    private boolean nullClause(boolean absentByDefault) {
        boolean absent = in.is(Kind.ABSENT, Kind.ON);
        if (absent || in.is(Kind.NULL, Kind.ON)) {
            in.step();
            in.step();
            in.expect(Kind.NULL);
            return absent;
        }
        return absentByDefault;
    }

    /** {@code json_key_uniqueness_constraint_opt}. */
    static boolean uniqueKeys(Cursor in) {
        boolean with = in.is(Kind.WITH);
        if (!with && !in.is(Kind.WITHOUT)) {
            return false;
        }
        in.step();
        in.expect(Kind.UNIQUE);
        in.accept(Kind.KEYS);
        return with;
    }

    /** {@code json_passing_clause_opt}. */
    List<JsonPassing> passing() {
        if (!in.accept(Kind.PASSING)) {
            return List.of();
        }
        return in.commaSeparated(() -> {
            int start = in.start();
            JsonValue value = value();
            in.expect(Kind.AS);
            Name name = in.label();
            return new JsonPassing(in.since(start), value, name);
        });
    }

    Wrapper wrapper() {
        boolean with = in.is(Kind.WITH);
        if (!with && !in.is(Kind.WITHOUT)) {
            return Wrapper.UNSPECIFIED;
        }
        in.step();
        boolean conditional = with && in.accept(Kind.CONDITIONAL);
        if (with && !conditional) {
            in.accept(Kind.UNCONDITIONAL);
        }
        in.accept(Kind.ARRAY);
        in.expect(Kind.WRAPPER);
        if (!with) {
            return Wrapper.NONE;
        }
        return conditional ? Wrapper.CONDITIONAL : Wrapper.UNCONDITIONAL;
    }

    Quotes quotes() {
        boolean keep = in.is(Kind.KEEP);
        if (!keep && !in.is(Kind.OMIT)) {
            return Quotes.UNSPECIFIED;
        }
        in.step();
        in.expect(Kind.QUOTES);
        if (in.accept(Kind.ON)) {
            in.expect(Kind.SCALAR);
            in.expect(Kind.STRING);
        }
        return keep ? Quotes.KEEP : Quotes.OMIT;
    }

    /** What a function gives for nothing found, and for an error. */
    record Behaviors(
            @Nullable JsonBehavior onEmpty, @Nullable JsonBehavior onError) {}

    /** {@code json_behavior_clause_opt}, or without ON EMPTY {@code json_on_error_clause_opt}. */
    Behaviors behaviors(boolean emptyAllowed) {
        JsonBehavior first = behavior();
        if (first == null) {
            return new Behaviors(null, null);
        }
        in.expect(Kind.ON);
        if (!emptyAllowed || !in.is(Kind.EMPTY)) {
            in.expect(Kind.ERROR);
            return new Behaviors(null, first);
        }
        in.step();
        JsonBehavior second = behavior();
        if (second != null) {
            in.expect(Kind.ON);
            in.expect(Kind.ERROR);
        }
        return new Behaviors(first, second);
    }

    private @Nullable JsonBehavior behavior() {
        int start = in.start();
        BehaviorKind kind = switch (in.kind()) {
            case ERROR -> BehaviorKind.ERROR;
            case NULL -> BehaviorKind.NULL;
            case TRUE -> BehaviorKind.TRUE;
            case FALSE -> BehaviorKind.FALSE;
            case UNKNOWN -> BehaviorKind.UNKNOWN;
            case EMPTY -> in.kind(1) == Kind.OBJECT ? BehaviorKind.EMPTY_OBJECT : BehaviorKind.EMPTY_ARRAY;
            case DEFAULT -> BehaviorKind.DEFAULT;
            default -> null;
        };
        if (kind == null) {
            return null;
        }
        in.step();
        Expression otherwise = null;
        switch (kind) {
            case EMPTY_OBJECT -> in.step();
            case EMPTY_ARRAY -> in.accept(Kind.ARRAY);
            case DEFAULT -> otherwise = grammar.expressions().expression();
            case ERROR, NULL, TRUE, FALSE, UNKNOWN -> {}
        }
        return new JsonBehavior(in.since(start), kind, otherwise);
    }
}
