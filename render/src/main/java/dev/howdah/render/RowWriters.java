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
        return switch (format) {
            case TABLE -> new TableWriter(new Output(stream), options);
            case EXPANDED -> new ExpandedWriter(new Output(stream), options);
            case MARKDOWN -> new MarkdownWriter(new Output(stream), options);
            case CSV -> new CsvWriter(machine(stream, options), options);
            case JSON -> new JsonObjects(machine(stream, options), true);
            case NDJSON -> new JsonObjects(machine(stream, options), false);
            case UNALIGNED -> new UnalignedWriter(machine(stream, options), options);
            case XLSX -> new XlsxWriter(stream);
        };
    }

    private static Output machine(OutputStream stream, RenderOptions options) {
        return new Output(options.terminal() ? new TerminalStream(stream) : stream);
    }
}
