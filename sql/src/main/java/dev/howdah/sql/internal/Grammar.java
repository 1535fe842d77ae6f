package dev.howdah.sql.internal;

/** The parts of the parser, which call one another, around one cursor. */
final class Grammar {
    private final ExpressionParser expressions;
    private final PrimaryParser primaries;
    private final FunctionParser functions;
    private final JsonParser json;
    private final XmlParser xml;
    private final TypeParser types;
    private final QueryParser queries;
    private final FromParser from;
    private final WindowParser windows;
    private final ModificationParser modifications;
    private final UtilityParser utilities;
    private final CommandParser commands;

    Grammar(Cursor cursor) {
        expressions = new ExpressionParser(cursor, this);
        primaries = new PrimaryParser(cursor, this);
        functions = new FunctionParser(cursor, this);
        json = new JsonParser(cursor, this);
        xml = new XmlParser(cursor, this);
        types = new TypeParser(cursor, this);
        queries = new QueryParser(cursor, this);
        from = new FromParser(cursor, this);
        windows = new WindowParser(cursor, this);
        modifications = new ModificationParser(cursor, this);
        utilities = new UtilityParser(cursor, this);
        commands = new CommandParser(cursor, this);
    }

    ExpressionParser expressions() {
        return expressions;
    }

    PrimaryParser primaries() {
        return primaries;
    }

    FunctionParser functions() {
        return functions;
    }

    JsonParser json() {
        return json;
    }

    XmlParser xml() {
        return xml;
    }

    TypeParser types() {
        return types;
    }

    QueryParser queries() {
        return queries;
    }

    FromParser from() {
        return from;
    }

    WindowParser windows() {
        return windows;
    }

    ModificationParser modifications() {
        return modifications;
    }

    UtilityParser utilities() {
        return utilities;
    }

    CommandParser commands() {
        return commands;
    }
}
