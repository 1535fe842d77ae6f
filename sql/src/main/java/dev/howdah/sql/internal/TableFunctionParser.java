package dev.howdah.sql.internal;

import dev.howdah.sql.tree.DocumentPart.JsonColumnKind;
import dev.howdah.sql.tree.DocumentPart.JsonFormat;
import dev.howdah.sql.tree.DocumentPart.JsonPassing;
import dev.howdah.sql.tree.DocumentPart.JsonTableColumn;
import dev.howdah.sql.tree.DocumentPart.JsonValue;
import dev.howdah.sql.tree.DocumentPart.XmlAttribute;
import dev.howdah.sql.tree.DocumentPart.XmlTableColumn;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Expression.Literal;
import dev.howdah.sql.tree.Expression.LiteralKind;
import dev.howdah.sql.tree.FromItem;
import dev.howdah.sql.tree.FromItem.JsonTable;
import dev.howdah.sql.tree.FromItem.XmlTable;
import dev.howdah.sql.tree.JsonExpression.Quotes;
import dev.howdah.sql.tree.JsonExpression.Wrapper;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part.Alias;
import dev.howdah.sql.tree.Part.TypeName;
import java.util.List;

/** XMLTABLE and JSON_TABLE. */
final class TableFunctionParser {
    private final Cursor in;
    private final Grammar grammar;

    TableFunctionParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
    }

    // ---- XMLTABLE --------------------------------------------------------------------------------------------------

    FromItem xmlTable(boolean lateral, int start) {
        in.expect(Kind.XMLTABLE);
        in.expect(Kind.OPEN_PARENTHESIS);
        List<XmlAttribute> namespaces = List.of();
        if (in.accept(Kind.XMLNAMESPACES, Kind.OPEN_PARENTHESIS)) {
            namespaces = in.commaSeparated(this::namespace);
            in.expect(Kind.CLOSE_PARENTHESIS);
            in.expect(Kind.COMMA);
        }
        Expression row = grammar.primaries().primary();
        Expression document = grammar.xml().passing();
        in.expect(Kind.COLUMNS);
        List<XmlTableColumn> columns = in.commaSeparated(this::xmlColumn);
        in.expect(Kind.CLOSE_PARENTHESIS);
        Alias alias = grammar.from().alias();
        return new XmlTable(in.since(start), lateral, namespaces, row, document, columns, alias);
    }

    private XmlAttribute namespace() {
        int start = in.start();
        if (in.accept(Kind.DEFAULT)) {
            Expression value = grammar.expressions().restricted();
            return new XmlAttribute(in.since(start), value, null);
        }
        Expression value = grammar.expressions().restricted();
        in.expect(Kind.AS);
        Name name = in.label();
        return new XmlAttribute(in.since(start), value, name);
    }

    private XmlTableColumn xmlColumn() {
        int start = in.start();
        Name name = in.columnName();
        if (in.accept(Kind.FOR)) {
            in.expect(Kind.ORDINALITY);
            return new XmlTableColumn(in.since(start), name, null, null, null, false);
        }
        TypeName type = grammar.types().type();
        Expression path = null;
        Expression otherwise = null;
        boolean notNull = false;
        boolean nullability = false;
        while (true) {
            int optionStart = in.start();
            switch (in.kind()) {
                case PATH -> {
                    in.step();
                    if (path != null) {
                        throw in.error("only one PATH value per column is allowed", optionStart);
                    }
                    path = grammar.expressions().restricted();
                }
                case DEFAULT -> {
                    in.step();
                    if (otherwise != null) {
                        throw in.error("only one DEFAULT value is allowed", optionStart);
                    }
                    otherwise = grammar.expressions().restricted();
                }
                case NOT, NULL -> {
                    notNull = in.accept(Kind.NOT);
                    in.expect(Kind.NULL);
                    if (nullability) {
                        throw in.error(
                                "conflicting or redundant NULL / NOT NULL declarations for column \"" + name.text()
                                        + "\"",
                                optionStart);
                    }
                    nullability = true;
                }
                // PostgreSQL reads any other word as an option of that name, and knows none
                case IDENTIFIER -> throw in.error("unrecognized column option \"" + in.value() + "\"", optionStart);
                default -> {
                    return new XmlTableColumn(in.since(start), name, type, path, otherwise, notNull);
                }
            }
        }
    }

    // ---- JSON_TABLE ------------------------------------------------------------------------------------------------

    FromItem jsonTable(boolean lateral, int start) {
        in.expect(Kind.JSON_TABLE);
        in.expect(Kind.OPEN_PARENTHESIS);
        JsonValue context = grammar.json().value();
        in.expect(Kind.COMMA);
        int pathStart = in.start();
        Expression path = grammar.expressions().expression();
        Name pathName = in.accept(Kind.AS) ? in.columnName() : null;
        List<JsonPassing> passing = grammar.json().passing();
        in.expect(Kind.COLUMNS);
        List<JsonTableColumn> columns = columns();
        var onError = grammar.json().behaviors(false).onError();
        in.expect(Kind.CLOSE_PARENTHESIS);
        if (!(path instanceof Literal literal) || literal.kind() != LiteralKind.STRING) {
            throw in.error("only string constants are supported in JSON_TABLE path specification", pathStart);
        }
        Alias alias = grammar.from().alias();
        return new JsonTable(in.since(start), lateral, context, path, pathName, passing, columns, onError, alias);
    }

    private List<JsonTableColumn> columns() {
        in.enter();
        in.expect(Kind.OPEN_PARENTHESIS);
        List<JsonTableColumn> columns = in.commaSeparated(this::jsonColumn);
        in.expect(Kind.CLOSE_PARENTHESIS);
        in.leave();
        return columns;
    }

    private JsonTableColumn jsonColumn() {
        int start = in.start();
        // NESTED is a column's name unless PATH or a string follows
        if (in.is(Kind.NESTED, Kind.PATH) || in.is(Kind.NESTED, Kind.STRING_LITERAL)) {
            return nested(start);
        }
        Name name = in.columnName();
        if (in.accept(Kind.FOR)) {
            in.expect(Kind.ORDINALITY);
            return new JsonTableColumn(
                    in.since(start),
                    JsonColumnKind.ORDINALITY,
                    name,
                    null,
                    null,
                    null,
                    Wrapper.UNSPECIFIED,
                    Quotes.UNSPECIFIED,
                    null,
                    null,
                    List.of());
        }
        TypeName type = grammar.types().type();
        boolean exists = in.accept(Kind.EXISTS);
        JsonFormat format = exists ? null : grammar.json().format();
        String path = in.accept(Kind.PATH) ? in.string() : null;
        Wrapper wrapper = exists ? Wrapper.UNSPECIFIED : grammar.json().wrapper();
        Quotes quotes = exists ? Quotes.UNSPECIFIED : grammar.json().quotes();
        var behaviors = grammar.json().behaviors(!exists);
        return new JsonTableColumn(
                in.since(start),
                exists ? JsonColumnKind.EXISTS : JsonColumnKind.REGULAR,
                name,
                type,
                format,
                path,
                wrapper,
                quotes,
                behaviors.onEmpty(),
                behaviors.onError(),
                List.of());
    }

    private JsonTableColumn nested(int start) {
        in.expect(Kind.NESTED);
        in.accept(Kind.PATH);
        String path = in.string();
        Name name = in.accept(Kind.AS) ? in.columnName() : null;
        in.expect(Kind.COLUMNS);
        List<JsonTableColumn> columns = columns();
        return new JsonTableColumn(
                in.since(start),
                JsonColumnKind.NESTED,
                name,
                null,
                null,
                path,
                Wrapper.UNSPECIFIED,
                Quotes.UNSPECIFIED,
                null,
                null,
                columns);
    }
}
