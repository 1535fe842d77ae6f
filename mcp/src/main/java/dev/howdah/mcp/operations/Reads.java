package dev.howdah.mcp.operations;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.redaction.Destination;
import dev.howdah.guard.review.Review;
import dev.howdah.library.Howdah;
import dev.howdah.library.settings.Keys;
import dev.howdah.mcp.rows.Page;
import dev.howdah.mcp.rows.PagedReads;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.postgres.rows.RowSink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the tools here read: the profile's limits, which a call may tighten, and rows redacted as for any model. */
final class Reads {
    private static final long STANDARD_ROWS = 1_000;

    private final PagedReads paged;

    Reads(PagedReads paged) {
        this.paged = paged;
    }

    /** The first page of a reviewed query. */
    PagedReads.Paged first(
            Review review, List<@Nullable String> parameters, Arguments arguments, long rows, Call call) {
        Howdah howdah = call.howdah();
        Guard guard = call.guard();
        Limits limits = limits(howdah, timeout(arguments));
        PagedReads.Source source = new PagedReads.Source() {
            @Override
            public RowSink redacted(RowSink sink, Cancellation cancellation) {
                return Reads.redacted(howdah, review, sink, cancellation);
            }

            @Override
            public void read(RowSink sink, Cancellation cancellation) {
                guard.read(review, parameters, limits, sink, cancellation);
            }
        };
        return paged.first(source, style(arguments), rows, call.cancellation());
    }

    PagedReads.Paged next(String cursor, Arguments arguments, Call call) {
        return paged.next(cursor, rows(arguments, call.howdah(), STANDARD_ROWS), call.cancellation());
    }

    static RowSink redacted(Howdah howdah, Review review, RowSink sink, Cancellation cancellation) {
        return howdah.redaction().to(Destination.MODEL, review, sink, cancellation);
    }

    /** What a read is held to: pages end it, not a number of rows. */
    static Limits limits(Howdah howdah, Optional<Duration> asked) {
        Optional<Duration> most = howdah.settings().value(Keys.LIMIT_FIRST_ROW_TIMEOUT);
        return new Limits(
                Optional.empty(), Optional.empty(), shorter(most, asked), Optional.empty(), howdah.sessionLimits());
    }

    private static Optional<Duration> shorter(Optional<Duration> most, Optional<Duration> asked) {
        if (most.isEmpty() || asked.isEmpty()) {
            return most.or(() -> asked);
        }
        return most.get().compareTo(asked.get()) < 0 ? most : asked;
    }

    static Optional<Duration> timeout(Arguments arguments) {
        return arguments.number("timeout").map(Duration::ofSeconds);
    }

    /** How many rows a page has: what is asked for, never more than the profile shows. */
    static long rows(Arguments arguments, Howdah howdah, long standard) {
        long asked = arguments.number("limit").orElse(standard);
        return howdah.settings()
                .value(Keys.LIMIT_ROWS)
                .map(most -> Math.min(most, asked))
                .orElse(asked);
    }

    static Page.Style style(Arguments arguments) {
        return arguments.text("format").filter("json"::equals).isPresent() ? Page.Style.JSON : Page.Style.TSV;
    }
}
