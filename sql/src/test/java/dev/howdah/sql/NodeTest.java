package dev.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.Span;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What guards every walk: no node hides a child, and every span lies where its parent's does. */
final class NodeTest {
    @Test
    void childrenAreExactlyTheNodesInTheComponents() throws ReflectiveOperationException {
        Set<Class<?>> seen = new HashSet<>();
        for (String sql : texts()) {
            for (Statement statement : Sql.parse(sql)) {
                for (Node node : statement.tree().descendants()) {
                    seen.add(node.getClass());
                    List<Node> children = new ArrayList<>();
                    node.children(children::add);
                    assertThat(children).as(sql).isEqualTo(components(node));
                }
            }
        }
        // every record of the tree occurs in some statement, so the loop above has tried all of them
        Set<Class<?>> unseen = records(Node.class);
        unseen.removeAll(seen);
        assertThat(unseen).isEmpty();
    }

    @Test
    void spansLieWithinTheirParents() {
        for (String sql : texts()) {
            for (Statement statement : Sql.parse(sql)) {
                Span whole = new Span(statement.start(), statement.end());
                assertThat(whole.encloses(statement.tree().span())).isTrue();
                for (Node node : statement.tree().descendants()) {
                    node.children(child -> assertThat(node.span().encloses(child.span()))
                            .as("%s in %s: %s", child.getClass(), node.getClass(), sql)
                            .isTrue());
                }
            }
        }
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Corpus.Case one : Corpus.regress()) {
            if (one.valid()) {
                texts.add(one.sql());
            }
        }
        for (String sql : Corpus.own()) {
            if (isAccepted(sql)) {
                texts.add(sql);
            }
        }
        return texts;
    }

    private static boolean isAccepted(String sql) {
        try {
            Sql.parse(sql);
            return true;
        } catch (SqlSyntaxException e) {
            return false;
        }
    }

    private static List<Node> components(Node node) throws ReflectiveOperationException {
        List<Node> nodes = new ArrayList<>();
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            collect(component.getAccessor().invoke(node), nodes);
        }
        return nodes;
    }

    private static void collect(@Nullable Object value, List<Node> into) {
        if (value instanceof Node node) {
            into.add(node);
        } else if (value instanceof List<?> list) {
            list.forEach(element -> collect(element, into));
        }
    }

    private static Set<Class<?>> records(Class<?> type) {
        Set<Class<?>> records = new HashSet<>();
        if (type.isRecord()) {
            records.add(type);
        } else {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                records.addAll(records(permitted));
            }
        }
        return records;
    }
}
