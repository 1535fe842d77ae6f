package dev.howdah.sql.tree;

/** What kinds of things statements name. */
public enum ObjectClass {
    TABLE,
    FOREIGN_TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    SEQUENCE,
    INDEX,
    COLUMN,
    CONSTRAINT,
    TRIGGER,
    RULE,
    POLICY,
    STATISTICS,
    FUNCTION,
    PROCEDURE,
    /** A function, a procedure or an aggregate. */
    ROUTINE,
    AGGREGATE,
    OPERATOR,
    OPERATOR_CLASS,
    OPERATOR_FAMILY,
    CAST,
    TRANSFORM,
    TYPE,
    DOMAIN,
    COLLATION,
    CONVERSION,
    TEXT_SEARCH_PARSER,
    TEXT_SEARCH_DICTIONARY,
    TEXT_SEARCH_TEMPLATE,
    TEXT_SEARCH_CONFIGURATION,
    SCHEMA,
    DATABASE,
    TABLESPACE,
    ROLE,
    LANGUAGE,
    EXTENSION,
    ACCESS_METHOD,
    EVENT_TRIGGER,
    FOREIGN_DATA_WRAPPER,
    SERVER,
    USER_MAPPING,
    PUBLICATION,
    SUBSCRIPTION,
    LARGE_OBJECT,
    /** A setting, in GRANT. */
    PARAMETER,
    CURSOR,
    PREPARED_STATEMENT,
    SAVEPOINT,
    CHANNEL;

    /** Whether it shares its names with tables. */
    public boolean isRelation() {
        return switch (this) {
            case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE, INDEX -> true;
            default -> false;
        };
    }
}
