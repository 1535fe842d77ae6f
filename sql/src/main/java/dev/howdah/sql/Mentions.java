package dev.howdah.sql;

import dev.howdah.sql.internal.MentionWalk;
import dev.howdah.sql.tree.CommandPart;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Span;
import java.util.List;

/**
 * Everything a statement names, written or implied by its syntax, in the order of the text. Names are as PostgreSQL's
 * parser sees them and not yet looked up: an unqualified one means whatever the search path finds.
 *
 * <p>Not listed is what PostgreSQL finds by type and not by name: the default operators of ORDER BY, DISTINCT, GROUP BY
 * and set operations, implicit casts, and what views, triggers, defaults and functions do inside. A call of one argument
 * may also be a cast to a type of that name, or a column of the argument's row.
 *
 * @param complete whether everything the statement does is in its text and was read; if not, the lists are not all
 * @param relations tables, views and sequences; names that WITH gives are left out where they are in scope
 * @param functions calls, and what the grammar turns into calls
 * @param operators operators, and those that BETWEEN, IN, LIKE, CASE and their like compare with
 * @param types the types of casts, literals, column lists and RETURNING
 * @param columns column references; one of several parts is also among the attributes
 * @param attributes what {@code x.f} or {@code (x).f} selects: a field, or a function called with {@code x}
 * @param collations COLLATE's
 * @param samplingMethods TABLESAMPLE's: functions of one {@code internal} argument
 * @param operatorClasses those of ON CONFLICT's inference
 * @param settings what SHOW shows, SET sets and RESET resets
 * @param objects what commands name, of any class; relations among them are listed above as well
 * @param parameters the numbers of the parameters, each once, ascending
 */
public record Mentions(
        boolean complete,
        List<Relation> relations,
        List<Function> functions,
        List<Operator> operators,
        List<Part.TypeName> types,
        List<Expression.ColumnReference> columns,
        List<Attribute> attributes,
        List<QualifiedName> collations,
        List<QualifiedName> samplingMethods,
        List<QualifiedName> operatorClasses,
        List<String> settings,
        List<CommandPart.ObjectReference> objects,
        List<Integer> parameters) {

    public Mentions {
        relations = List.copyOf(relations);
        functions = List.copyOf(functions);
        operators = List.copyOf(operators);
        types = List.copyOf(types);
        columns = List.copyOf(columns);
        attributes = List.copyOf(attributes);
        collations = List.copyOf(collations);
        samplingMethods = List.copyOf(samplingMethods);
        operatorClasses = List.copyOf(operatorClasses);
        settings = List.copyOf(settings);
        objects = List.copyOf(objects);
        parameters = List.copyOf(parameters);
    }

    /** What a statement does with a relation. */
    public enum Use {
        /** It is in FROM, USING, or after TABLE, or copied out. */
        READ,
        /** INSERT, UPDATE, DELETE, MERGE, TRUNCATE, REFRESH or COPY change it. */
        WRITE,
        /** CREATE, SELECT INTO or CREATE … AS creates it. */
        CREATE,
        /** ALTER, GRANT, LOCK, VACUUM, COMMENT or another command is about it. */
        ALTER,
        /** DROP drops it. */
        DROP,
        /** It is named in a definition: by a foreign key, or as the table of an index or a trigger. */
        NAME
    }

    /**
     * A relation.
     *
     * @param name up to three parts
     * @param use what the statement does with it
     */
    public record Relation(QualifiedName name, Use use) {
        /** Where it is named. */
        public Span span() {
            return name.span();
        }
    }

    /**
     * A function.
     *
     * @param name one or more parts; {@code pg_catalog} and a name where the grammar supplies it
     * @param arguments how many arguments it is given; {@code *} counts as none
     * @param special whether the name is supplied by the grammar and not written
     * @param span the whole call
     */
    public record Function(QualifiedName name, int arguments, boolean special, Span span) {}

    /**
     * An operator.
     *
     * @param schema the qualifiers, if written
     * @param symbol the operator
     * @param arity 1 for a prefix operator, 2 for an infix one
     * @param span where it is written, or the expression that implies it
     */
    public record Operator(List<Name> schema, String symbol, int arity, Span span) {
        public Operator {
            schema = List.copyOf(schema);
        }
    }

    /**
     * A selected field, which may be a function.
     *
     * @param name the field's or the function's name
     * @param qualifiers what stands before it when that is a plain name, as in {@code s.t.f}; else empty
     * @param span where the name is written
     */
    public record Attribute(Name name, List<Name> qualifiers, Span span) {
        public Attribute {
            qualifiers = List.copyOf(qualifiers);
        }
    }

    /** What a statement names. */
    public static Mentions of(Statement statement) {
        return MentionWalk.of(statement.tree());
    }
}
