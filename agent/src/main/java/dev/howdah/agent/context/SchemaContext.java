package dev.howdah.agent.context;

import dev.howdah.agent.context.TableText.CommonValues;
import dev.howdah.agent.context.TableText.Detail;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.question.Link;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a model is told of one state of a database. All of it when that fits the budget, always the same text, so that
 * servers can cache it: with comments and labels if they fit too, else those of the relations that seem to matter follow
 * with the question. Of what does not fit even briefly, the relations that seem to matter. Immutable and thread-safe.
 */
public final class SchemaContext {
    /** What counts as a token: the usual rule of thumb, {@value} characters of English and SQL. */
    public static final int CHARACTERS_A_TOKEN = 4;

    /** The part of the budget that details of relations may take where all are told briefly. */
    private static final int DETAILS = 4;

    private static final Pattern NOT_A_NAME = Pattern.compile("[^\\p{L}\\p{N}_]+");

    private final Catalog catalog;
    private final TableIndex index;
    private final TableText text;
    private final long budget;
    private final int mostTables;
    private final Optional<String> everything;
    private final boolean brief;

    /**
     * What is told.
     *
     * @param stable the same for every question; empty if not all relations fit
     * @param specific what this question needs besides; may be empty
     * @param left how many relations are not told of at all
     */
    public record Told(String stable, String specific, int left) {}

    /**
     * @param inferred keys that nobody declared
     * @param values what may be told of rows
     * @param tokens how long the description may become
     * @param mostTables how many relations are told of where not all of them fit
     */
    SchemaContext(
            Catalog catalog,
            Map<Relation, List<ForeignKey>> inferred,
            CommonValues values,
            int tokens,
            int mostTables) {
        this.mostTables = mostTables;
        this.catalog = catalog;
        this.text = new TableText(catalog, inferred, values);
        this.index = new TableIndex(catalog, relation -> {
            List<ForeignKey> all = new ArrayList<>(relation.foreignKeys());
            all.addAll(inferred.getOrDefault(relation, List.of()));
            return all;
        });
        this.budget = (long) tokens * CHARACTERS_A_TOKEN;
        Optional<String> full = all(Detail.FULL, budget);
        this.brief = full.isEmpty();
        this.everything = brief ? all(Detail.BRIEF, budget - budget / DETAILS) : full;
    }

    /** All relations, if they fit. */
    private Optional<String> all(Detail detail, long most) {
        StringBuilder all = new StringBuilder();
        for (Relation relation : index.relations()) {
            all.append(text.of(relation, detail));
            if (all.length() > most) {
                return Optional.empty();
            }
        }
        return Optional.of(all.toString());
    }

    /** Finds relations. */
    public TableIndex index() {
        return index;
    }

    /** Describes one relation. */
    public TableText text() {
        return text;
    }

    /** The state of the database that this is about. */
    public Catalog catalog() {
        return catalog;
    }

    /**
     * What to tell for a question.
     *
     * @param links what the engine makes of its words
     */
    public Told tell(String question, List<Link> links, Background background) {
        if (everything.isPresent() && !brief) {
            return new Told(everything.get(), "", 0);
        }
        List<Relation> chosen = relevant(question, links, background);
        if (everything.isPresent()) {
            return new Told(everything.get(), fitting(chosen, budget / DETAILS, true), 0);
        }
        String some = fitting(chosen, budget, false);
        long told = some.lines().count();
        return new Told("", some, Math.toIntExact(index.relations().size() - told));
    }

    /** As many as fit; with {@code onlyDetailed}, those of which there is nothing more to say than all are told are left out. */
    private String fitting(List<Relation> chosen, long most, boolean onlyDetailed) {
        StringBuilder some = new StringBuilder();
        for (Relation relation : chosen) {
            String full = text.of(relation, Detail.FULL);
            String less = text.of(relation, Detail.BRIEF);
            if (onlyDetailed && full.equals(less)) {
                continue;
            }
            String one = some.length() + full.length() <= most ? full : less;
            if (some.length() + one.length() > most || (onlyDetailed && one.equals(less))) {
                // A table of a thousand columns must not end the list for those behind it.
                continue;
            }
            some.append(one);
        }
        return some.toString();
    }

    private List<Relation> relevant(String question, List<Link> links, Background background) {
        Set<Relation> chosen = new LinkedHashSet<>();
        background.tables().forEach(name -> named(name).ifPresent(chosen::add));
        Set<Relation> history = new HashSet<>();
        background.turns().forEach(turn -> turn.sql().ifPresent(sql -> history.addAll(mentioned(sql))));
        chosen.addAll(index.search(question, links, history, mostTables));
        return List.copyOf(chosen);
    }

    /** The relation of this name, with or without its schema. */
    public Optional<Relation> named(String name) {
        int dot = name.indexOf('.');
        String last = unquoted(name.substring(dot + 1));
        if (dot >= 0) {
            return catalog.relation(unquoted(name.substring(0, dot)), last);
        }
        return catalog.resolve(last).or(() -> catalog.named(last).stream().findFirst());
    }

    private static String unquoted(String name) {
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }

    private Collection<Relation> mentioned(String sql) {
        Set<Relation> found = new HashSet<>();
        for (String word : NOT_A_NAME.split(sql, 0)) {
            found.addAll(catalog.named(word));
        }
        return found;
    }
}
