package dev.howdah.sql.tree;

import dev.howdah.sql.tree.DocumentPart.XmlAttribute;
import dev.howdah.sql.tree.Part.TypeName;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** SQL/XML. */
public sealed interface XmlExpression extends Expression {

    /** {@code XMLELEMENT(NAME n, XMLATTRIBUTES(a), b)}. */
    record XmlElement(Span span, Name name, List<XmlAttribute> attributes, List<Expression> content)
            implements XmlExpression {
        public XmlElement {
            attributes = List.copyOf(attributes);
            content = List.copyOf(content);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, attributes);
            Node.each(to, content);
        }
    }

    /** {@code XMLFOREST(a AS b)}. */
    record XmlForest(Span span, List<XmlAttribute> elements) implements XmlExpression {
        public XmlForest {
            elements = List.copyOf(elements);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, elements);
        }
    }

    /** {@code XMLPARSE(DOCUMENT a)}. */
    record XmlParse(Span span, boolean document, Expression value, boolean preserveWhitespace)
            implements XmlExpression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
        }
    }

    /** {@code XMLPI(NAME n, a)}. */
    record XmlInstruction(Span span, Name name, @Nullable Expression content) implements XmlExpression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, content);
        }
    }

    /** What XMLROOT says of STANDALONE. */
    enum Standalone {
        OMITTED,
        YES,
        NO,
        NO_VALUE
    }

    /** {@code XMLROOT(a, VERSION b)}; without a version, {@code VERSION NO VALUE}. */
    record XmlRoot(Span span, Expression value, @Nullable Expression version, Standalone standalone)
            implements XmlExpression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
            Node.each(to, version);
        }
    }

    /** {@code XMLSERIALIZE(CONTENT a AS text)}. */
    record XmlSerialize(Span span, boolean document, Expression value, TypeName type, boolean indent)
            implements XmlExpression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
            Node.each(to, type);
        }
    }
}
