package dev.howdah.sql.internal;

import java.util.Locale;

/** What the syntax of commands leaves to the rest of the parser; the files name them in lower case. */
enum Terminal {
    /** {@code ColId}. */
    NAME,
    /** {@code ColLabel}: any word. */
    LABEL,
    /** {@code NonReservedWord}. */
    WORD,
    /** {@code type_function_name}. */
    TYPE_WORD,
    /** A word that is no keyword. */
    IDENTIFIER,
    /** {@code any_name}: names between dots, as many as there are. */
    ANY_NAME,
    /** {@code qualified_name}: at most three. */
    RELATION,
    /** {@code relation_expr}: a relation with ONLY or {@code *}. */
    TABLE,
    /** {@code func_name}. */
    FUNCTION_NAME,
    /** {@code any_operator}: an operator behind schemas and dots. */
    OPERATOR,
    /** {@code RoleSpec}. */
    ROLE,
    /** {@code RoleId}: a role by its own name. */
    ROLE_ID,
    STRING,
    INTEGER,
    SIGNED_INTEGER,
    /** A number that is not an integer. */
    NUMBER_LITERAL,
    /** {@code NumericOnly}. */
    NUMBER,
    TYPE,
    SIMPLE_TYPE,
    /** {@code a_expr}. */
    EXPRESSION,
    /** {@code b_expr}. */
    RESTRICTED,
    /** A column, a call, or an expression in parentheses. */
    PARTITION_KEY,
    INDEX_ELEMENT,
    /** {@code SelectStmt}. */
    QUERY,
    /** {@code PreparableStmt}. */
    STATEMENT,
    /** A statement in a routine's body. */
    ANY_STATEMENT,
    /** {@code RuleActionStmt}. */
    RULE_ACTION,
    /** {@code schema_stmt}. */
    SCHEMA_ELEMENT,
    /** {@code func_application}. */
    CALL,
    FROM_LIST,
    /** {@code def_arg}. */
    OPTION_VALUE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** How the files name it. */
    String text() {
        return text;
    }
}
