package dev.howdah.guard.journal;

import dev.howdah.postgres.wire.ConstantQueries;
import dev.howdah.postgres.wire.WriteTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the journal's own questions go: into the open write, or to a session beside it. For constant text only. */
interface Asked {
    /** The rows, values as text. */
    List<List<@Nullable String>> rows(String query);

    /** Into the open write. */
    static Asked within(WriteTransaction transaction) {
        return query -> transaction.constant(query, List.of());
    }

    /** Beside it. Names mean the server's own objects only. */
    static Asked beside(ConstantQueries queries) {
        queries.copy("SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)", row -> {});
        return query -> {
            List<List<@Nullable String>> rows = new ArrayList<>();
            queries.copy(query, row -> {
                List<@Nullable String> values = new ArrayList<>(row.size());
                for (int i = 0; i < row.size(); i++) {
                    values.add(row.text(i));
                }
                rows.add(Collections.unmodifiableList(values));
            });
            return rows;
        };
    }

    /** The only value; empty for NULL and for no row. */
    default String value(String query) {
        List<List<@Nullable String>> rows = rows(query);
        String value = rows.isEmpty() ? null : rows.getFirst().getFirst();
        return value == null ? "" : value;
    }

    /** The only value as a number; 0 for NULL. */
    default long number(String query) {
        String value = value(query);
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }
}
