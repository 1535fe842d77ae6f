package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.OperatorName;
import dev.howdah.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Terminal} lists. */
final class TerminalReader {
    private final Cursor in;
    private final Grammar grammar;

    TerminalReader(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
    }

    /** The node, name, text or list of nodes read here; null, and nothing passed, if none starts here. */
    @Nullable
    Object read(Terminal terminal) {
        return starts(terminal) ? value(terminal) : null;
    }

    private boolean starts(Terminal terminal) {
        Kind kind = in.kind();
        return switch (terminal) {
            case NAME, ANY_NAME, RELATION -> kind.isColumnName();
            case LABEL -> kind.isLabel();
            case WORD -> kind.isNonReservedWord();
            case TYPE_WORD -> kind.isTypeOrFunctionName();
            case IDENTIFIER -> kind == Kind.IDENTIFIER;
            case TABLE -> kind.isColumnName() || kind == Kind.ONLY;
            case FUNCTION_NAME, CALL -> kind.isNonReservedWord();
            case OPERATOR -> Cursor.isSymbol(kind) || (kind.isColumnName() && in.kind(1) == Kind.DOT);
            case ROLE, ROLE_ID -> kind.isNonReservedWord() || isCurrent(kind);
            case STRING -> kind == Kind.STRING_LITERAL;
            case INTEGER -> kind == Kind.INTEGER_LITERAL;
            case NUMBER_LITERAL -> kind == Kind.NUMBER_LITERAL;
            case SIGNED_INTEGER -> afterSign() == Kind.INTEGER_LITERAL;
            case NUMBER -> afterSign() == Kind.INTEGER_LITERAL || afterSign() == Kind.NUMBER_LITERAL;
            case TYPE -> kind == Kind.SETOF || startsType(kind);
            case SIMPLE_TYPE -> startsType(kind);
            case PARTITION_KEY ->
                kind == Kind.OPEN_PARENTHESIS
                        || kind.isColumnName()
                        || grammar.from().startsFunction();
            case ANY_STATEMENT ->
                switch (kind) {
                    case SEMICOLON, END, RETURN, BEGIN, END_OF_INPUT -> false;
                    default -> true;
                };
            case RULE_ACTION -> kind != Kind.SEMICOLON && kind != Kind.CLOSE_PARENTHESIS;
            case SCHEMA_ELEMENT -> kind == Kind.CREATE || kind == Kind.GRANT;
            case EXPRESSION, RESTRICTED, INDEX_ELEMENT, QUERY, STATEMENT, FROM_LIST, OPTION_VALUE -> true;
        };
    }

    private Kind afterSign() {
        return in.is(Kind.PLUS) || in.is(Kind.MINUS) ? in.kind(1) : in.kind();
    }

    private static boolean startsType(Kind kind) {
        return kind.isTypeOrFunctionName() || kind == Kind.INTERVAL || TypeParser.hasSpecialSyntax(kind);
    }

    private static boolean isCurrent(Kind kind) {
        return kind == Kind.CURRENT_ROLE || kind == Kind.CURRENT_USER || kind == Kind.SESSION_USER;
    }

    private Object value(Terminal terminal) {
        return switch (terminal) {
            case NAME -> in.columnName();
            case LABEL -> in.label();
            case WORD -> in.name(in.kind().isNonReservedWord());
            case TYPE_WORD -> in.typeOrFunctionName();
            case IDENTIFIER -> in.name(in.is(Kind.IDENTIFIER));
            case ANY_NAME -> in.anyName();
            case RELATION -> in.relationName();
            case TABLE -> grammar.from().relation();
            case FUNCTION_NAME -> grammar.functions().name();
            case OPERATOR -> operator();
            case ROLE -> role(false);
            case ROLE_ID -> role(true);
            case STRING -> in.string();
            case INTEGER, SIGNED_INTEGER, NUMBER_LITERAL, NUMBER -> number();
            case TYPE -> grammar.types().type();
            case SIMPLE_TYPE -> grammar.types().simpleType();
            case EXPRESSION -> grammar.expressions().expression();
            case RESTRICTED -> grammar.expressions().restricted();
            case PARTITION_KEY -> grammar.modifications().indexed();
            case INDEX_ELEMENT -> grammar.modifications().indexElement();
            case QUERY -> grammar.queries().query();
            case STATEMENT -> grammar.modifications().statement();
            case ANY_STATEMENT -> grammar.commands().nested();
            case RULE_ACTION -> grammar.commands().ruleAction();
            case SCHEMA_ELEMENT -> grammar.commands().schemaElement();
            case CALL -> {
                int start = in.start();
                yield grammar.functions().application(grammar.functions().name(), start);
            }
            case FROM_LIST -> grammar.from().list();
            case OPTION_VALUE -> optionValue();
        };
    }

    private String number() {
        String sign = in.is(Kind.MINUS) ? "-" : "";
        if (in.is(Kind.MINUS) || in.is(Kind.PLUS)) {
            in.step();
        }
        String digits = in.value();
        in.step();
        return sign + digits;
    }

    private String optionValue() {
        int token = in.position();
        grammar.utilities().optionValue();
        return in.text(token, in.position());
    }

    private QualifiedName operator() {
        int start = in.start();
        List<Name> parts = new ArrayList<>(1);
        while (in.kind().isColumnName()) {
            parts.add(in.columnName());
            in.expect(Kind.DOT);
        }
        OperatorName symbol = in.symbol();
        parts.add(new Name(symbol.symbol(), false, symbol.span()));
        return new QualifiedName(parts, in.since(start));
    }

    private Name role(boolean ownName) {
        int start = in.start();
        boolean current = isCurrent(in.kind());
        if (current && !ownName) {
            String word = in.kind().text();
            in.step();
            return new Name(word, false, in.since(start));
        }
        if (current) {
            throw in.error(in.kind().name() + " cannot be used as a role name here", start);
        }
        Name name = in.name(in.kind().isNonReservedWord());
        boolean isPublic = name.text().equals("public");
        if (name.text().equals("none") || (isPublic && ownName)) {
            throw in.error("role name \"" + name.text() + "\" is reserved", start);
        }
        return name;
    }
}
