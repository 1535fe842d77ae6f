package dev.howdah.render;

import dev.howdah.postgres.rows.RowSink;
import java.io.OutputStream;

/** Where the writers of rows are made. */
public final class RowWriters {
    private RowWriters() {}

    /**
     * A sink that writes rows in UTF-8 in constant memory. It is not thread-safe, takes one result, and leaves the stream
     * open; nothing is guaranteed to be written before its {@code end}. Errors of the stream, a broken pipe for one, come
     * as the {@link java.io.IOException} they are.
     *
     * <p>JSON and NDJSON write values as PostgreSQL's {@code row_to_json} does, except that composites are strings and
     * that columns of the same name get {@code _2}, {@code _3} … after it. They want DateStyle ISO, as pgjdbc sets it.
     *
     * @param format how rows are written
     * @param stream where to; need not be buffered
     * @param options what the reader wants
     */
    public static RowSink open(Format format, OutputStream stream, RenderOptions options) {
        boolean machine = switch (format) {
            case CSV, JSON, NDJSON, UNALIGNED -> true;
            case TABLE, EXPANDED, MARKDOWN, XLSX -> false;
        };
        Output output = new Output(machine && options.terminal() ? new TerminalStream(stream) : stream);
        return switch (format) {
            case TABLE -> new TableWriter(output, options);
            case EXPANDED -> prompt(new ExpandedWriter(output, options), output, options);
            case MARKDOWN -> prompt(new MarkdownWriter(output, options), output, options);
            case CSV -> prompt(new CsvWriter(output, options), output, options);
            case JSON -> prompt(new JsonObjects(output, true), output, options);
            case NDJSON -> prompt(new JsonObjects(output, false), output, options);
            case UNALIGNED -> prompt(new UnalignedWriter(output, options), output, options);
            case XLSX -> new XlsxWriter(stream);
        };
    }

    private static RowSink prompt(RowSink sink, Output output, RenderOptions options) {
        return options.terminal() ? new PromptRows(sink, output) : sink;
    }
}
