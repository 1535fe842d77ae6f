package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Expression.BuiltIn;
import dev.howdah.sql.tree.Expression.BuiltInCall;
import dev.howdah.sql.tree.Expression.Cast;
import dev.howdah.sql.tree.Expression.FunctionCall;
import dev.howdah.sql.tree.Expression.Literal;
import dev.howdah.sql.tree.Expression.LiteralKind;
import dev.howdah.sql.tree.Expression.Special;
import dev.howdah.sql.tree.Expression.SpecialValue;
import dev.howdah.sql.tree.Expression.TypedLiteral;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part.Argument;
import dev.howdah.sql.tree.Part.OrderItem;
import dev.howdah.sql.tree.Part.Over;
import dev.howdah.sql.tree.Part.TypeName;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Function calls: ordinary ones, and those SQL gives a syntax of their own. */
final class FunctionParser {
    private final Cursor in;
    private final Grammar grammar;

    FunctionParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
    }

    // ---- ordinary calls --------------------------------------------------------------------------------------------

    /** {@code func_expr} from the parenthesis on; a string behind it makes the name a type's. */
    Expression call(QualifiedName name, int start) {
        FunctionCall call = application(name, start);
        if (in.is(Kind.STRING_LITERAL)) {
            return modifiedLiteral(call, start);
        }
        boolean withinGroup = in.is(Kind.WITHIN);
        List<OrderItem> orderBy = call.orderBy();
        if (withinGroup) {
            if (!orderBy.isEmpty()) {
                throw in.error("cannot use multiple ORDER BY clauses with WITHIN GROUP", in.start());
            }
            if (call.distinct()) {
                throw in.error("cannot use DISTINCT with WITHIN GROUP", in.start());
            }
            if (call.variadic()) {
                throw in.error("cannot use VARIADIC with WITHIN GROUP", in.start());
            }
            in.step();
            in.expect(Kind.GROUP);
            in.expect(Kind.OPEN_PARENTHESIS);
            orderBy = grammar.queries().orderBy();
            in.expect(Kind.CLOSE_PARENTHESIS);
        }
        Expression filter = filter();
        Over over = grammar.windows().over();
        if (!withinGroup && filter == null && over == null) {
            return call;
        }
        return new FunctionCall(
                in.since(start),
                name,
                false,
                call.arguments(),
                call.star(),
                call.distinct(),
                call.variadic(),
                orderBy,
                withinGroup,
                filter,
                over);
    }

    @Nullable
    Expression filter() {
        if (!in.accept(Kind.FILTER)) {
            return null;
        }
        in.expect(Kind.OPEN_PARENTHESIS);
        in.expect(Kind.WHERE);
        Expression filter = grammar.expressions().expression();
        in.expect(Kind.CLOSE_PARENTHESIS);
        return filter;
    }

    /** {@code func_application} from the parenthesis on. */
    FunctionCall application(QualifiedName name, int start) {
        in.expect(Kind.OPEN_PARENTHESIS);
        List<Argument> arguments = new ArrayList<>();
        List<OrderItem> orderBy = List.of();
        boolean star = in.is(Kind.STAR, Kind.CLOSE_PARENTHESIS);
        boolean distinct = false;
        boolean variadic = false;
        if (star) {
            in.step();
        } else if (!in.is(Kind.CLOSE_PARENTHESIS)) {
            boolean quantified = in.is(Kind.ALL) || in.is(Kind.DISTINCT);
            distinct = in.is(Kind.DISTINCT);
            if (quantified) {
                in.step();
            }
            do {
                variadic = !quantified && in.accept(Kind.VARIADIC);
                arguments.add(argument());
            } while (!variadic && in.accept(Kind.COMMA));
            orderBy = in.is(Kind.ORDER) ? grammar.queries().orderBy() : List.of();
        }
        in.expect(Kind.CLOSE_PARENTHESIS);
        return new FunctionCall(
                in.since(start), name, false, arguments, star, distinct, variadic, orderBy, false, null, null);
    }

    /** {@code func_arg_expr}. */
    private Argument argument() {
        int start = in.start();
        Name name = null;
        Kind next = in.kind(1);
        if ((next == Kind.COLON_EQUALS || next == Kind.EQUALS_GREATER)
                && in.kind().isTypeOrFunctionName()) {
            name = in.typeOrFunctionName();
            in.step();
        }
        Expression value = grammar.expressions().expression();
        return new Argument(in.since(start), name, value);
    }

    /** {@code type(modifiers) 'literal'}: only known from the string behind it. */
    private Expression modifiedLiteral(FunctionCall call, int start) {
        if (call.star()
                || call.distinct()
                || call.variadic()
                || call.arguments().isEmpty()) {
            throw in.unexpected();
        }
        List<Expression> modifiers = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            if (argument.name() != null) {
                throw in.error(
                        "type modifier cannot have parameter name",
                        argument.span().start());
            }
            modifiers.add(argument.value());
        }
        if (!call.orderBy().isEmpty()) {
            throw in.error(
                    "type modifier cannot have ORDER BY",
                    call.orderBy().getFirst().span().start());
        }
        TypeName type = new TypeName(call.span(), call.name(), modifiers, 0, false);
        String value = in.string();
        return new TypedLiteral(in.since(start), type, value);
    }

    // ---- special calls ---------------------------------------------------------------------------------------------

    /** What {@link #undecorated} gives, with FILTER and OVER behind a JSON aggregate. */
    @Nullable
    Expression special() {
        Expression special = undecorated();
        return special == null ? null : grammar.json().decorated(special);
    }

    /** {@code func_expr_windowless}. */
    Expression windowless() {
        int start = in.start();
        Expression special = undecorated();
        if (special != null) {
            return special;
        }
        return application(name(), start);
    }

    /** {@code func_name}. */
    QualifiedName name() {
        if (in.kind(1) == Kind.DOT) {
            return in.anyName();
        }
        Name simple = in.typeOrFunctionName();
        return new QualifiedName(List.of(simple), simple.span());
    }

    /** {@code func_expr_common_subexpr} and the JSON aggregates; null when none starts here. */
    private @Nullable Expression undecorated() {
        int start = in.start();
        Kind kind = in.kind();
        switch (kind) {
            case CURRENT_DATE -> {
                return value(SpecialValue.CURRENT_DATE, start);
            }
            case CURRENT_TIME -> {
                return preciseValue(SpecialValue.CURRENT_TIME, start);
            }
            case CURRENT_TIMESTAMP -> {
                return preciseValue(SpecialValue.CURRENT_TIMESTAMP, start);
            }
            case LOCALTIME -> {
                return preciseValue(SpecialValue.LOCALTIME, start);
            }
            case LOCALTIMESTAMP -> {
                return preciseValue(SpecialValue.LOCALTIMESTAMP, start);
            }
            case CURRENT_ROLE -> {
                return value(SpecialValue.CURRENT_ROLE, start);
            }
            case CURRENT_USER -> {
                return value(SpecialValue.CURRENT_USER, start);
            }
            case SESSION_USER -> {
                return value(SpecialValue.SESSION_USER, start);
            }
            case USER -> {
                return value(SpecialValue.USER, start);
            }
            case CURRENT_CATALOG -> {
                return value(SpecialValue.CURRENT_CATALOG, start);
            }
            case CURRENT_SCHEMA -> {
                Kind next = in.kind(1);
                return next == Kind.OPEN_PARENTHESIS || next == Kind.STRING_LITERAL
                        ? null
                        : value(SpecialValue.CURRENT_SCHEMA, start);
            }
            case SYSTEM_USER -> {
                in.step();
                return system("system_user", start, List.of());
            }
            case COLLATION -> {
                if (in.kind(1) != Kind.FOR) {
                    return null;
                }
                in.step();
                in.step();
                Expression value = grammar.expressions().parenthesized();
                return system("pg_collation_for", start, List.of(value));
            }
            case CAST -> {
                return cast(start);
            }
            default -> {}
        }
        if (in.kind(1) != Kind.OPEN_PARENTHESIS || kind.category() != Kind.Category.COLUMN_NAME) {
            return null;
        }
        Expression expression = bracketed(kind, start);
        if (expression != null) {
            return expression;
        }
        Expression json = grammar.json().function();
        return json != null ? json : grammar.xml().function();
    }

    private @Nullable Expression bracketed(Kind kind, int start) {
        return switch (kind) {
            case EXTRACT -> extract(start);
            case NORMALIZE -> normalize(start);
            case OVERLAY -> overlay(start);
            case POSITION -> position(start);
            case SUBSTRING -> substring(start);
            case TREAT -> treat(start);
            case TRIM -> trim(start);
            case NULLIF -> nullIf(start);
            case COALESCE -> builtIn(BuiltIn.COALESCE, start);
            case GREATEST -> builtIn(BuiltIn.GREATEST, start);
            case LEAST -> builtIn(BuiltIn.LEAST, start);
            case XMLCONCAT -> builtIn(BuiltIn.XMLCONCAT, start);
            case MERGE_ACTION -> {
                open();
                in.expect(Kind.CLOSE_PARENTHESIS);
                yield new BuiltInCall(in.since(start), BuiltIn.MERGE_ACTION, List.of());
            }
            default -> null;
        };
    }

    private Special value(SpecialValue value, int start) {
        in.step();
        return new Special(in.since(start), value, null);
    }

    private Special preciseValue(SpecialValue value, int start) {
        in.step();
        Integer precision = null;
        if (in.accept(Kind.OPEN_PARENTHESIS)) {
            precision = in.integer();
            in.expect(Kind.CLOSE_PARENTHESIS);
        }
        return new Special(in.since(start), value, precision);
    }

    private Expression cast(int start) {
        open();
        Expression value = grammar.expressions().expression();
        in.expect(Kind.AS);
        TypeName type = grammar.types().type();
        in.expect(Kind.CLOSE_PARENTHESIS);
        return new Cast(in.since(start), value, type);
    }

    private Expression builtIn(BuiltIn function, int start) {
        open();
        List<Expression> arguments = grammar.expressions().list();
        in.expect(Kind.CLOSE_PARENTHESIS);
        return new BuiltInCall(in.since(start), function, arguments);
    }

    private Expression nullIf(int start) {
        open();
        Expression value = grammar.expressions().expression();
        in.expect(Kind.COMMA);
        Expression other = grammar.expressions().expression();
        in.expect(Kind.CLOSE_PARENTHESIS);
        return new BuiltInCall(in.since(start), BuiltIn.NULLIF, List.of(value, other));
    }

    private Expression extract(int start) {
        open();
        int fieldStart = in.start();
        switch (in.kind()) {
            case IDENTIFIER, STRING_LITERAL, YEAR, MONTH, DAY, HOUR, MINUTE, SECOND -> {}
            default -> throw in.unexpected();
        }
        String field = in.value();
        in.step();
        Expression name = new Literal(in.since(fieldStart), LiteralKind.STRING, field);
        in.expect(Kind.FROM);
        Expression value = grammar.expressions().expression();
        in.expect(Kind.CLOSE_PARENTHESIS);
        return system("extract", start, List.of(name, value));
    }

    private Expression normalize(int start) {
        open();
        List<Expression> arguments = new ArrayList<>(2);
        arguments.add(grammar.expressions().expression());
        if (in.accept(Kind.COMMA)) {
            int formStart = in.start();
            switch (in.kind()) {
                case NFC, NFD, NFKC, NFKD -> {}
                default -> throw in.unexpected();
            }
            String form = in.kind().name();
            in.step();
            arguments.add(new Literal(in.since(formStart), LiteralKind.STRING, form));
        }
        in.expect(Kind.CLOSE_PARENTHESIS);
        return system("normalize", start, arguments);
    }

    /** {@code overlay(a PLACING b FROM c FOR d)}, or an ordinary call of a function of that name. */
    private Expression overlay(int start) {
        int before = in.position();
        open();
        if (startsOrdinaryArguments()) {
            return ordinary(before, start);
        }
        List<Expression> arguments = new ArrayList<>(4);
        arguments.add(grammar.expressions().expression());
        if (!in.accept(Kind.PLACING)) {
            return ordinary(before, start, arguments.getFirst());
        }
        arguments.add(grammar.expressions().expression());
        in.expect(Kind.FROM);
        arguments.add(grammar.expressions().expression());
        if (in.accept(Kind.FOR)) {
            arguments.add(grammar.expressions().expression());
        }
        in.expect(Kind.CLOSE_PARENTHESIS);
        return system("overlay", start, arguments);
    }

    private Expression position(int start) {
        open();
        Expression what = grammar.expressions().restricted();
        in.expect(Kind.IN);
        Expression where = grammar.expressions().restricted();
        in.expect(Kind.CLOSE_PARENTHESIS);
        return system("position", start, List.of(where, what));
    }

    /** {@code substring(a FROM b FOR c)}, {@code substring(a SIMILAR b ESCAPE c)}, or an ordinary call. */
    private Expression substring(int start) {
        int before = in.position();
        open();
        if (startsOrdinaryArguments()) {
            return ordinary(before, start);
        }
        List<Expression> arguments = new ArrayList<>(3);
        arguments.add(grammar.expressions().expression());
        switch (in.kind()) {
            case FROM -> {
                in.step();
                arguments.add(grammar.expressions().expression());
                if (in.accept(Kind.FOR)) {
                    arguments.add(grammar.expressions().expression());
                }
            }
            case FOR -> {
                in.step();
                Expression length = grammar.expressions().expression();
                if (in.accept(Kind.FROM)) {
                    arguments.add(grammar.expressions().expression());
                    arguments.add(length);
                } else {
                    Span span = length.span();
                    arguments.add(new Literal(span, LiteralKind.INTEGER, "1"));
                    TypeName int4 = new TypeName(span, Cursor.systemName("int4", span), List.of(), 0, false);
                    arguments.add(new Cast(span, length, int4));
                }
            }
            case SIMILAR -> {
                in.step();
                arguments.add(grammar.expressions().expression());
                in.expect(Kind.ESCAPE);
                arguments.add(grammar.expressions().expression());
            }
            default -> {
                return ordinary(before, start, arguments.getFirst());
            }
        }
        in.expect(Kind.CLOSE_PARENTHESIS);
        return system("substring", start, arguments);
    }

    /** Whether what is in the parentheses can only be {@code func_arg_list_opt}. */
    private boolean startsOrdinaryArguments() {
        Kind next = in.kind(1);
        return in.is(Kind.CLOSE_PARENTHESIS) || next == Kind.COLON_EQUALS || next == Kind.EQUALS_GREATER;
    }

    private Expression ordinary(int nameToken, int start) {
        return ordinary(nameToken, start, null);
    }

    /** The rest of {@code func_arg_list_opt}, the first argument of which may have been read already. */
    private Expression ordinary(int nameToken, int start, @Nullable Expression first) {
        Name name = in.nameAt(nameToken);
        List<Argument> arguments = new ArrayList<>();
        if (first != null) {
            arguments.add(new Argument(first.span(), null, first));
        }
        if (first == null && !in.is(Kind.CLOSE_PARENTHESIS)) {
            arguments.add(argument());
        }
        while (!arguments.isEmpty() && in.accept(Kind.COMMA)) {
            arguments.add(argument());
        }
        in.expect(Kind.CLOSE_PARENTHESIS);
        QualifiedName function = new QualifiedName(List.of(name), name.span());
        return new FunctionCall(
                in.since(start), function, false, arguments, false, false, false, List.of(), false, null, null);
    }

    /** The rest of {@code JSON_OBJECT(func_arg_list)}, which PostgreSQL reads as its old function of that name. */
    Expression legacyJsonObject(int start, @Nullable Expression first) {
        Span keyword = new Span(start, start + "json_object".length());
        List<Argument> arguments = first == null
                ? in.commaSeparated(this::argument)
                : new ArrayList<>(List.of(new Argument(first.span(), null, first)));
        while (first != null && in.accept(Kind.COMMA)) {
            arguments.add(argument());
        }
        in.expect(Kind.CLOSE_PARENTHESIS);
        return new FunctionCall(
                in.since(start),
                Cursor.systemName("json_object", keyword),
                true,
                arguments,
                false,
                false,
                false,
                List.of(),
                false,
                null,
                null);
    }

    /** PostgreSQL calls the function that is named as the type, in {@code pg_catalog}. */
    private Expression treat(int start) {
        open();
        Expression value = grammar.expressions().expression();
        in.expect(Kind.AS);
        TypeName type = grammar.types().type();
        in.expect(Kind.CLOSE_PARENTHESIS);
        return system(type.name().last().text(), start, List.of(value));
    }

    private Expression trim(int start) {
        open();
        String function = switch (in.kind()) {
            case BOTH -> "btrim";
            case LEADING -> "ltrim";
            case TRAILING -> "rtrim";
            default -> "";
        };
        if (function.isEmpty()) {
            function = "btrim";
        } else {
            in.step();
        }
        List<Expression> arguments = new ArrayList<>(2);
        if (in.accept(Kind.FROM)) {
            arguments.addAll(grammar.expressions().list());
        } else {
            Expression first = grammar.expressions().expression();
            if (in.accept(Kind.FROM)) {
                arguments.addAll(grammar.expressions().list());
                arguments.add(first);
            } else {
                arguments.add(first);
                while (in.accept(Kind.COMMA)) {
                    arguments.add(grammar.expressions().expression());
                }
            }
        }
        in.expect(Kind.CLOSE_PARENTHESIS);
        return system(function, start, arguments);
    }

    private void open() {
        in.step();
        in.expect(Kind.OPEN_PARENTHESIS);
    }

    /** A call that only its own syntax can make, of the function PostgreSQL's grammar names. */
    FunctionCall system(String name, int start, List<Expression> values) {
        Span span = in.since(start);
        List<Argument> arguments = new ArrayList<>(values.size());
        for (Expression value : values) {
            arguments.add(new Argument(value.span(), null, value));
        }
        return new FunctionCall(
                span,
                Cursor.systemName(name, span),
                true,
                arguments,
                false,
                false,
                false,
                List.of(),
                false,
                null,
                null);
    }
}
