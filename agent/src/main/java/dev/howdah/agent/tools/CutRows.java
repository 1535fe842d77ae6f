package dev.howdah.agent.tools;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.util.List;
import java.util.StringJoiner;

/** Takes rows as CSV up to a limit of tokens; long values are cut. Not thread-safe. */
final class CutRows implements RowSink {
    private static final int LONGEST_VALUE = 200;

    private final CutText text;
    private List<ResultColumn> columns = List.of();
    private long rows;
    private boolean truncated;
    private boolean valuesCut;

    CutRows(int tokens) {
        this.text = new CutText(tokens);
    }

    @Override
    public void columns(List<ResultColumn> given) {
        columns = List.copyOf(given);
        StringJoiner line = new StringJoiner(",");
        given.forEach(column -> line.add(quoted(column.name())));
        text.line(line.toString());
    }

    @Override
    public void row(Row row) {
        rows++;
        StringJoiner line = new StringJoiner(",");
        for (int i = 0; i < row.size(); i++) {
            String value = row.text(i);
            line.add(value == null ? "" : quoted(cut(value)));
        }
        text.line(line.toString());
    }

    @Override
    public void end(long count, boolean more) {
        truncated = more;
    }

    private String cut(String value) {
        if (value.length() <= LONGEST_VALUE) {
            return value;
        }
        valuesCut = true;
        return value.substring(0, LONGEST_VALUE) + "…";
    }

    /** NULL is nothing, an empty text two quotes, as in PostgreSQL's CSV. */
    private static String quoted(String value) {
        boolean plain =
                !value.isEmpty() && value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    /** The names and types of the columns. */
    String columnList() {
        StringJoiner list = new StringJoiner(", ");
        columns.forEach(column -> list.add(column.name() + " " + column.typeName()));
        return list.toString();
    }

    String text() {
        return text.text();
    }

    /** How many rows there were, to show: {@code 20 rows}, {@code the first 50 rows of more}. */
    String count() {
        return truncated ? "the first " + rows + " rows of more" : rows == 1 ? "1 row" : rows + " rows";
    }

    /** What is not all there; empty if everything is. */
    String cuts() {
        StringJoiner cuts = new StringJoiner(" ");
        if (truncated) {
            cuts.add("There are more rows than the " + rows + " that were read.");
        }
        if (text.left() > 0) {
            cuts.add("Only " + (rows - text.left()) + " of them are shown.");
        }
        if (valuesCut) {
            cuts.add("Long values end in ….");
        }
        return cuts.toString();
    }
}
