package dev.howdah.agent.context;

import dev.howdah.agent.context.TableText.CommonValues;
import dev.howdah.base.Cancellation;
import dev.howdah.base.privacy.Kind;
import dev.howdah.guard.redaction.Destination;
import dev.howdah.guard.redaction.RedactionPolicy;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.question.Link;
import dev.howdah.render.SqlName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of a database and may be told to a model. Thread-safe. */
public final class Knowledge {
    private static final int MOST_LINKS = 60;
    private static final int MOST_HINTS = 12;

    private final Source source;
    private final Values values;
    private final int tokens;
    private final int mostTables;
    private final RedactionPolicy redaction;
    private @Nullable SchemaContext context;

    /** Where the knowledge comes from. Implementations are thread-safe. */
    public interface Source {
        /** What the database consists of, as it is now. */
        Catalog catalog(Cancellation cancellation);

        /** Keys that nobody declared and the names suggest. */
        default Map<Relation, List<ForeignKey>> inferredKeys(Catalog catalog) {
            return Map.of();
        }

        /** What the words of a question name, the best fitting first. */
        default List<Link> links(String question, int most, Cancellation cancellation) {
            return List.of();
        }

        /** Some values of a column that has few; asked for only where rows may be told. */
        default List<String> commonValues(Relation relation, Column column) {
            return List.of();
        }

        /** Pairs that a person verified. */
        default Example.Source examples() {
            return Example.Source.none();
        }

        /** Only the catalog. */
        static Source of(Function<Cancellation, Catalog> catalog) {
            return catalog::apply;
        }
    }

    /**
     * @param source where it comes from
     * @param values which values may be told
     * @param tokens how much of a prompt may describe the database
     * @param mostTables how many relations are told of where not all of them fit
     * @param redaction which columns hold what, and what becomes of it
     */
    public Knowledge(Source source, Values values, int tokens, int mostTables, RedactionPolicy redaction) {
        this.source = source;
        this.values = values;
        this.tokens = tokens;
        this.mostTables = mostTables;
        this.redaction = redaction;
    }

    /** Which values may be told. */
    public Values values() {
        return values;
    }

    /** What becomes of what is told. */
    public RedactionPolicy redaction() {
        return redaction;
    }

    /** How much of a prompt may describe the database, in tokens. */
    public int tokens() {
        return tokens;
    }

    /** The description of the database as it is now. */
    public SchemaContext schema(Cancellation cancellation) {
        return schema(source.catalog(cancellation));
    }

    /** A shorter description, for a model that could not read this one. */
    public SchemaContext within(int fewer, Cancellation cancellation) {
        Catalog now = source.catalog(cancellation);
        return new SchemaContext(
                now, source.inferredKeys(now), CommonValues.none(), Math.min(fewer, tokens), mostTables);
    }

    private synchronized SchemaContext schema(Catalog now) {
        if (context == null || context.catalog() != now) {
            CommonValues common = values == Values.ROWS ? this::common : CommonValues.none();
            context = new SchemaContext(now, source.inferredKeys(now), common, tokens, mostTables);
        }
        return context;
    }

    private List<String> common(Relation relation, Column column) {
        return isSensitive(relation, column) ? List.of() : source.commonValues(relation, column);
    }

    /** Whether a column's values are withheld from models as a whole. */
    public boolean isSensitive(Relation relation, Column column) {
        Optional<Kind> kind = redaction.columns().of(relation, column);
        return kind.isPresent() && !redaction.isOff(Destination.MODEL);
    }

    /** What the words of a question name. */
    public List<Link> links(String question, Cancellation cancellation) {
        return source.links(question, MOST_LINKS, cancellation);
    }

    /** Verified pairs that resemble a question. */
    public List<Example> examples(String question, int most) {
        return source.examples().like(question, most);
    }

    /** Where words of the question are stored, a line each: {@code 'Berlin' is in customers.city}. */
    public List<String> hints(Catalog catalog, List<Link> links) {
        if (values == Values.NONE) {
            return List.of();
        }
        Set<String> hints = new LinkedHashSet<>();
        for (Link link : links) {
            Optional<Column> column = link.column();
            Optional<String> value = link.value();
            if (column.isPresent()
                    && value.isPresent()
                    && hints.size() < MOST_HINTS
                    && !isSensitive(link.relation(), column.get())
                    // Otherwise the spelling of another value than the one typed would be told.
                    && (values == Values.ROWS || same(link.words(), value.get()))) {
                hints.add("'" + value.get().replace("'", "''") + "' is in " + SqlName.of(catalog, link.relation()) + "."
                        + SqlName.of(column.get().name()));
            }
        }
        return List.copyOf(hints);
    }

    private static boolean same(String words, String value) {
        return letters(words).equals(letters(value));
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }
}
