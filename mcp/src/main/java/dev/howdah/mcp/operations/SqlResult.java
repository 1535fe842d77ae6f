package dev.howdah.mcp.operations;

import dev.howdah.mcp.tool.Json;
import java.io.IOException;

/** How a question was read, handed over so that model and person can check it. */
final class SqlResult {
    private SqlResult() {}

    static void write(Asking.Written.Sql sql, Json json) throws IOException {
        json.field("reading", sql.reading().inWords())
                .field("sql", sql.reading().sql())
                .field("assumptions", sql.reading().assumptions())
                .field("read_by", sql.by().name());
    }

    static String words(Asking.Written.Sql sql) {
        StringBuilder words = new StringBuilder();
        if (!sql.reading().inWords().isBlank()) {
            words.append("Read as: ").append(sql.reading().inWords()).append('\n');
        }
        for (String assumption : sql.reading().assumptions()) {
            words.append("Assumed: ").append(assumption).append('\n');
        }
        return words.append(sql.reading().sql()).append('\n').toString();
    }
}
