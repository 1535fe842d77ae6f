package dev.howdah.guard.review;

import dev.howdah.postgres.catalog.Relation;
import dev.howdah.sql.Mentions;
import dev.howdah.sql.tree.FromItem;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.Part.Alias;
import dev.howdah.sql.tree.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the names before a dot stand for. PostgreSQL takes {@code t.f} for a column if {@code t} has one and for a call
 * {@code f(t)} otherwise; only where every source of that name surely has the column it cannot be a call.
 */
final class RowSources {
    private final Map<String, Set<Relation>> tables = new HashMap<>();
    private final Set<String> others = new HashSet<>();

    RowSources(List<Node> nodes, Map<Span, Relation> resolved) {
        for (Node node : nodes) {
            if (node instanceof FromItem item) {
                add(item, resolved);
            }
        }
    }

    private void add(FromItem item, Map<Span, Relation> resolved) {
        switch (item) {
            case FromItem.TableReference table -> {
                String name = name(table.alias());
                Relation relation = resolved.get(table.name().span());
                boolean renamed =
                        table.alias() != null && !table.alias().columns().isEmpty();
                String key = name == null ? table.name().last().text() : name;
                if (relation == null || renamed) {
                    others.add(key);
                } else {
                    tables.computeIfAbsent(key, k -> new HashSet<>()).add(relation);
                }
            }
            case FromItem.SubqueryItem subquery -> other(subquery.alias());
            case FromItem.FunctionItem function -> other(function.alias());
            case FromItem.XmlTable table -> other(table.alias());
            case FromItem.JsonTable table -> other(table.alias());
            case FromItem.Join join -> {
                other(join.alias());
                Name using = join.usingAlias();
                if (using != null) {
                    others.add(using.text());
                }
            }
        }
    }

    private void other(@Nullable Alias alias) {
        String name = name(alias);
        if (name != null) {
            others.add(name);
        }
    }

    private static @Nullable String name(@Nullable Alias alias) {
        Name name = alias == null ? null : alias.name();
        return name == null ? null : name.text();
    }

    /** Those that are not surely columns. */
    List<Mentions.Attribute> maybeCalls(List<Mentions.Attribute> attributes) {
        return attributes.stream().filter(attribute -> !isColumn(attribute)).toList();
    }

    private boolean isColumn(Mentions.Attribute attribute) {
        if (attribute.qualifiers().isEmpty()) {
            return false;
        }
        String source = attribute.qualifiers().getLast().text();
        Set<Relation> candidates = tables.getOrDefault(source, Set.of());
        return !others.contains(source)
                && !candidates.isEmpty()
                && candidates.stream()
                        .allMatch(relation ->
                                relation.column(attribute.name().text()).isPresent());
    }
}
