package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part.TypeName;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;

/** Type names, with the syntax SQL has for some of them. */
final class TypeParser {
    private final Cursor in;
    private final Grammar grammar;

    TypeParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
    }

    /** {@code Typename}. */
    TypeName type() {
        int start = in.start();
        boolean setOf = in.accept(Kind.SETOF);
        TypeName simple = simpleType();
        int dimensions = 0;
        if (in.accept(Kind.ARRAY)) {
            dimensions = 1;
            if (in.accept(Kind.OPEN_BRACKET)) {
                in.integer();
                in.expect(Kind.CLOSE_BRACKET);
            }
        } else {
            while (in.accept(Kind.OPEN_BRACKET)) {
                if (in.is(Kind.INTEGER_LITERAL)) {
                    in.step();
                }
                in.expect(Kind.CLOSE_BRACKET);
                dimensions++;
            }
        }
        if (!setOf && dimensions == 0) {
            return simple;
        }
        return new TypeName(in.since(start), simple.name(), simple.modifiers(), dimensions, setOf);
    }

    /** {@code SimpleTypename}. */
    TypeName simpleType() {
        int start = in.start();
        if (in.accept(Kind.INTERVAL)) {
            if (in.accept(Kind.OPEN_PARENTHESIS)) {
                in.integer();
                in.expect(Kind.CLOSE_PARENTHESIS);
            } else {
                intervalFields();
            }
            return system("interval", start, List.of());
        }
        if (hasSpecialSyntax(in.kind()) || in.is(Kind.DOUBLE, Kind.PRECISION)) {
            return specialType();
        }
        return genericType();
    }

    private TypeName genericType() {
        int start = in.start();
        List<Name> parts = new ArrayList<>(2);
        parts.add(in.typeOrFunctionName());
        while (in.accept(Kind.DOT)) {
            parts.add(in.label());
        }
        QualifiedName name = new QualifiedName(parts, in.since(start));
        List<Expression> modifiers = modifiers();
        return new TypeName(in.since(start), name, modifiers, 0, false);
    }

    private List<Expression> modifiers() {
        if (!in.accept(Kind.OPEN_PARENTHESIS)) {
            return List.of();
        }
        List<Expression> modifiers = grammar.expressions().list();
        in.expect(Kind.CLOSE_PARENTHESIS);
        return modifiers;
    }

    /** Whether a type's own syntax may start with this keyword. INTERVAL has its own everywhere, DOUBLE needs two words. */
    static boolean hasSpecialSyntax(Kind kind) {
        return switch (kind) {
            case INT,
                    INTEGER,
                    SMALLINT,
                    BIGINT,
                    REAL,
                    FLOAT,
                    DECIMAL,
                    DEC,
                    NUMERIC,
                    BOOLEAN,
                    BIT,
                    CHARACTER,
                    CHAR,
                    VARCHAR,
                    NATIONAL,
                    NCHAR,
                    TIMESTAMP,
                    TIME,
                    JSON -> true;
            default -> false;
        };
    }

    /** A type with syntax of its own. Lengths and precisions are checked and not kept: they call no function by name. */
    TypeName specialType() {
        int start = in.start();
        Kind kind = in.kind();
        in.step();
        return switch (kind) {
            case INT, INTEGER -> system("int4", start, List.of());
            case SMALLINT -> system("int2", start, List.of());
            case BIGINT -> system("int8", start, List.of());
            case REAL -> system("float4", start, List.of());
            case BOOLEAN -> system("bool", start, List.of());
            case JSON -> system("json", start, List.of());
            case FLOAT -> floatType(start);
            case DOUBLE -> {
                in.expect(Kind.PRECISION);
                yield system("float8", start, List.of());
            }
            case DECIMAL, DEC, NUMERIC -> system("numeric", start, modifiers());
            case BIT -> {
                boolean varying = in.accept(Kind.VARYING);
                yield system(varying ? "varbit" : "bit", start, modifiers());
            }
            case CHARACTER, CHAR, NCHAR -> characterType(start, in.accept(Kind.VARYING));
            case VARCHAR -> characterType(start, true);
            case NATIONAL -> {
                if (!in.accept(Kind.CHARACTER)) {
                    in.expect(Kind.CHAR);
                }
                yield characterType(start, in.accept(Kind.VARYING));
            }
            case TIMESTAMP -> timeType(start, "timestamp");
            case TIME -> timeType(start, "time");
            default -> throw in.unexpectedAt(in.position() - 1);
        };
    }

    private TypeName floatType(int start) {
        if (!in.accept(Kind.OPEN_PARENTHESIS)) {
            return system("float8", start, List.of());
        }
        int precision = in.integer();
        in.expect(Kind.CLOSE_PARENTHESIS);
        if (precision < 1) {
            throw in.error("precision for type float must be at least 1 bit", start);
        }
        if (precision > 53) {
            throw in.error("precision for type float must be less than 54 bits", start);
        }
        return system(precision <= 24 ? "float4" : "float8", start, List.of());
    }

    private TypeName characterType(int start, boolean varying) {
        if (in.accept(Kind.OPEN_PARENTHESIS)) {
            in.integer();
            in.expect(Kind.CLOSE_PARENTHESIS);
        }
        return system(varying ? "varchar" : "bpchar", start, List.of());
    }

    private TypeName timeType(int start, String name) {
        if (in.accept(Kind.OPEN_PARENTHESIS)) {
            in.integer();
            in.expect(Kind.CLOSE_PARENTHESIS);
        }
        boolean zone = false;
        // WITH ORDINALITY cannot follow a type: PostgreSQL's parser has made up its mind at WITH
        if (in.is(Kind.WITH_TIME_OR_ORDINALITY) || in.is(Kind.WITHOUT_TIME)) {
            zone = in.is(Kind.WITH_TIME_OR_ORDINALITY);
            in.step();
            in.expect(Kind.TIME);
            in.expect(Kind.ZONE);
        }
        return system(zone ? name + "tz" : name, start, List.of());
    }

    /** {@code opt_interval}. */
    void intervalFields() {
        switch (in.kind()) {
            case YEAR -> {
                in.step();
                if (in.accept(Kind.TO)) {
                    in.expect(Kind.MONTH);
                }
            }
            case MONTH -> in.step();
            case DAY -> fieldTo(Kind.HOUR, Kind.MINUTE);
            case HOUR -> fieldTo(Kind.MINUTE);
            case MINUTE -> fieldTo();
            case SECOND -> intervalSecond();
            default -> {}
        }
    }

    private void fieldTo(Kind... others) {
        in.step();
        if (!in.accept(Kind.TO)) {
            return;
        }
        for (Kind other : others) {
            if (in.accept(other)) {
                return;
            }
        }
        intervalSecond();
    }

    private void intervalSecond() {
        in.expect(Kind.SECOND);
        if (in.accept(Kind.OPEN_PARENTHESIS)) {
            in.integer();
            in.expect(Kind.CLOSE_PARENTHESIS);
        }
    }

    private TypeName system(String name, int start, List<Expression> modifiers) {
        Span span = in.since(start);
        return new TypeName(span, Cursor.systemName(name, span), modifiers, 0, false);
    }
}
