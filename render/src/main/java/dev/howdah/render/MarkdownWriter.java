package dev.howdah.render;

import dev.howdah.base.PlainText;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.util.List;

/**
 * A table in GitHub's Markdown. Whatever Markdown or HTML would read as markup is escaped, so that data cannot end the
 * table, link or load pictures; line breaks are {@code <br>}; NULL is in italics.
 */
final class MarkdownWriter implements RowSink {
    private static final String MARKUP = "\\|`*[]<~";

    private final Output output;
    private final RenderOptions options;
    private final String nullText;
    private int size;

    MarkdownWriter(Output output, RenderOptions options) {
        this.output = output;
        this.options = options;
        this.nullText = options.nullText().map(MarkdownWriter::escaped).orElse("*NULL*");
    }

    @Override
    public void columns(List<ResultColumn> columns) throws IOException {
        size = columns.size();
        if (size == 0) {
            return;
        }
        // A table without a header line is none, so there is one even when names are not wanted.
        output.write('|');
        for (ResultColumn column : columns) {
            cell(options.header() ? escaped(column.name()) : "");
        }
        output.write("\n|");
        for (ResultColumn column : columns) {
            output.write(TypeOid.isNumber(column.typeOid()) ? " ---: |" : " --- |");
        }
        output.write('\n');
    }

    @Override
    public void row(Row row) throws IOException {
        if (size == 0) {
            return;
        }
        output.write('|');
        for (int i = 0; i < row.size(); i++) {
            String value = row.text(i);
            cell(value == null ? nullText : escaped(value));
        }
        output.write('\n');
    }

    @Override
    public void end(long rows, boolean truncated) throws IOException {
        if (options.header() && (truncated || rows == 0 || size == 0)) {
            output.write((size == 0 ? "" : "\n") + "(" + Counts.footer(rows, truncated) + ")\n");
        }
        output.flush();
    }

    private void cell(String text) throws IOException {
        output.write(text.isEmpty() ? " |" : " " + text + " |");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        String[] lines = text.split("\r?\n", -1);
        for (int line = 0; line < lines.length; line++) {
            escaped.append(line == 0 ? "" : "<br>");
            // First the control characters, whose visible form begins with a backslash that Markdown must see as one.
            String clean = PlainText.oneLine(lines[line]);
            for (int i = 0; i < clean.length(); i++) {
                char c = clean.charAt(i);
                if (c == '&') {
                    escaped.append("&amp;");
                    continue;
                }
                if (MARKUP.indexOf(c) >= 0 || (c == '_' && !isInWord(clean, i))) {
                    escaped.append('\\');
                }
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** GitHub takes an underscore between letters for itself, as in {@code order_id}. */
    private static boolean isInWord(String text, int at) {
        return at > 0
                && at < text.length() - 1
                && Character.isLetterOrDigit(text.charAt(at - 1))
                && Character.isLetterOrDigit(text.charAt(at + 1));
    }
}
