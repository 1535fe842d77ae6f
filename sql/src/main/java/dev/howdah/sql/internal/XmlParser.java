package dev.howdah.sql.internal;

import dev.howdah.sql.tree.DocumentPart.XmlAttribute;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part.TypeName;
import dev.howdah.sql.tree.XmlExpression.Standalone;
import dev.howdah.sql.tree.XmlExpression.XmlElement;
import dev.howdah.sql.tree.XmlExpression.XmlForest;
import dev.howdah.sql.tree.XmlExpression.XmlInstruction;
import dev.howdah.sql.tree.XmlExpression.XmlParse;
import dev.howdah.sql.tree.XmlExpression.XmlRoot;
import dev.howdah.sql.tree.XmlExpression.XmlSerialize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL/XML functions. */
final class XmlParser {
    private final Cursor in;
    private final Grammar grammar;

    XmlParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
    }

    /** An XML function of which the name and the parenthesis are here; null when it is another one. */
    @Nullable
    Expression function() {
        int start = in.start();
        return switch (in.kind()) {
            case XMLELEMENT -> element(start);
            case XMLEXISTS -> exists(start);
            case XMLFOREST -> {
                open();
                List<XmlAttribute> elements = in.commaSeparated(this::attribute);
                close();
                yield new XmlForest(in.since(start), elements);
            }
            case XMLPARSE -> parse(start);
            case XMLPI -> instruction(start);
            case XMLROOT -> root(start);
            case XMLSERIALIZE -> serialize(start);
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

    private Expression element(int start) {
        open();
        in.expect(Kind.NAME);
        Name name = in.label();
        List<XmlAttribute> attributes = List.of();
        List<Expression> content = List.of();
        if (in.accept(Kind.COMMA)) {
            if (in.accept(Kind.XMLATTRIBUTES, Kind.OPEN_PARENTHESIS)) {
                attributes = in.commaSeparated(this::attribute);
                close();
                if (in.accept(Kind.COMMA)) {
                    content = grammar.expressions().list();
                }
            } else {
                content = grammar.expressions().list();
            }
        }
        close();
        return new XmlElement(in.since(start), name, attributes, content);
    }

    /** {@code xml_attribute_el}. */
    private XmlAttribute attribute() {
        int start = in.start();
        Expression value = grammar.expressions().expression();
        Name name = in.accept(Kind.AS) ? in.label() : null;
        return new XmlAttribute(in.since(start), value, name);
    }

    private Expression exists(int start) {
        open();
        Expression path = grammar.primaries().primary();
        Expression document = passing();
        close();
        return grammar.functions().system("xmlexists", start, List.of(path, document));
    }

    /** {@code xmlexists_argument}. */
    Expression passing() {
        in.expect(Kind.PASSING);
        passingMechanism();
        Expression document = grammar.primaries().primary();
        passingMechanism();
        return document;
    }

    private void passingMechanism() {
        // BY also names a column; nothing but REF and VALUE makes it the mechanism
        if (in.is(Kind.BY, Kind.REF) || in.is(Kind.BY, Kind.VALUE)) {
            in.step();
            in.step();
        }
    }

    private boolean document() {
        if (in.accept(Kind.DOCUMENT)) {
            return true;
        }
        in.expect(Kind.CONTENT);
        return false;
    }

    private Expression parse(int start) {
        open();
        boolean document = document();
        Expression value = grammar.expressions().expression();
        boolean preserve = in.accept(Kind.PRESERVE);
        if (preserve || in.accept(Kind.STRIP)) {
            in.expect(Kind.WHITESPACE);
        }
        close();
        return new XmlParse(in.since(start), document, value, preserve);
    }

    private Expression instruction(int start) {
        open();
        in.expect(Kind.NAME);
        Name name = in.label();
        Expression content = in.accept(Kind.COMMA) ? grammar.expressions().expression() : null;
        close();
        return new XmlInstruction(in.since(start), name, content);
    }

    private Expression root(int start) {
        open();
        Expression value = grammar.expressions().expression();
        in.expect(Kind.COMMA);
        in.expect(Kind.VERSION);
        Expression version = null;
        if (!in.accept(Kind.NO, Kind.VALUE)) {
            version = grammar.expressions().expression();
        }
        Standalone standalone = in.accept(Kind.COMMA) ? standalone() : Standalone.OMITTED;
        close();
        return new XmlRoot(in.since(start), value, version, standalone);
    }

    private Standalone standalone() {
        in.expect(Kind.STANDALONE);
        if (in.accept(Kind.YES)) {
            return Standalone.YES;
        }
        in.expect(Kind.NO);
        return in.accept(Kind.VALUE) ? Standalone.NO_VALUE : Standalone.NO;
    }

    private Expression serialize(int start) {
        open();
        boolean document = document();
        Expression value = grammar.expressions().expression();
        in.expect(Kind.AS);
        TypeName type = grammar.types().simpleType();
        boolean indent = in.accept(Kind.INDENT);
        if (!indent && in.accept(Kind.NO)) {
            in.expect(Kind.INDENT);
        }
        close();
        return new XmlSerialize(in.since(start), document, value, type, indent);
    }
}
