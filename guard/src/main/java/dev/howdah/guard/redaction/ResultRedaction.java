package dev.howdah.guard.redaction;

import dev.howdah.base.Cancellation;
import dev.howdah.base.privacy.Kind;
import dev.howdah.guard.redaction.Detector.Context;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Redacts results on their way to a destination: a column by where its values come from, everything else by what it looks
 * like. Costs nothing where the destination's mode is off. Thread-safe.
 */
public final class ResultRedaction {
    /** What looks like nothing of a person whatever it is: truth values, dates, identifiers, measures, bytes. */
    private static final Set<String> PLAIN = Set.of(
            "bool",
            "int2",
            "int4",
            "float4",
            "float8",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "interval",
            "uuid",
            "money",
            "bytea",
            "oid",
            "xid",
            "bit",
            "varbit",
            "point",
            "box",
            "line",
            "lseg",
            "circle",
            "polygon");

    private static final Set<String> STRICT = Set.of("int8", "numeric", "json", "jsonb");
    private static final int TEXT = 25;

    private final RedactionPolicy policy;
    private final CatalogSnapshot catalog;

    /**
     * @param policy what becomes of values
     * @param catalog where columns come from; read only when something is to be redacted
     */
    public ResultRedaction(RedactionPolicy policy, CatalogSnapshot catalog) {
        this.policy = policy;
        this.catalog = catalog;
    }

    /** What becomes of values. */
    public RedactionPolicy policy() {
        return policy;
    }

    /** Whether rows go there as they are, so that they may take a faster way. */
    public boolean isOff(Destination destination) {
        return policy.isOff(destination);
    }

    /**
     * A sink for the rows of this review that gives them to another, redacted for where that leads.
     *
     * @param destination where the other sink leads
     */
    public RowSink to(Destination destination, Review review, RowSink sink, Cancellation cancellation) {
        if (isOff(destination)) {
            return sink;
        }
        Lineage lineage = new Lineage(
                catalog.current(cancellation),
                policy.columns(),
                view -> catalog.reader().viewDefinition(view, cancellation));
        return new Sink(lineage.of(review.statement().tree()), policy.redactor(destination), sink);
    }

    /** How a column is treated: as a whole if it carries a kind, else by what it looks like. */
    private record Treatment(Optional<Kind> kind, Context context, boolean plain) {}

    private static final class Sink implements RowSink {
        private final Shape shape;
        private final Redactor redactor;
        private final RowSink sink;
        private List<Treatment> treatments = List.of();

        Sink(Shape shape, Redactor redactor, RowSink sink) {
            this.shape = shape;
            this.redactor = redactor;
            this.sink = sink;
        }

        @Override
        public void columns(List<ResultColumn> columns) throws IOException {
            boolean fits = fits(columns);
            List<Treatment> found = new ArrayList<>(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                Carried carried = fits ? shape.columns().get(i).carried() : shape.all();
                found.add(treatment(columns.get(i), carried, fits));
            }
            treatments = List.copyOf(found);
            List<ResultColumn> shown = new ArrayList<>(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                ResultColumn column = columns.get(i);
                shown.add(
                        staysAsItIs(column, treatments.get(i))
                                ? column
                                : new ResultColumn(column.name(), TEXT, "text"));
            }
            sink.columns(shown);
        }

        /** A mask is no number and no JSON, and writers believe a column's type. */
        private static boolean staysAsItIs(ResultColumn column, Treatment treatment) {
            return treatment.kind().isEmpty() && (treatment.plain() || !STRICT.contains(column.typeName()));
        }

        /** Whether the server's columns are those that were expected, by number and name. */
        private boolean fits(List<ResultColumn> columns) {
            if (shape.open() || shape.columns().size() != columns.size()) {
                return false;
            }
            for (int i = 0; i < columns.size(); i++) {
                String expected = shape.columns().get(i).name();
                // The server cuts names to 63 bytes.
                if (expected != null && !expected.startsWith(columns.get(i).name())) {
                    return false;
                }
            }
            return true;
        }

        private static Treatment treatment(ResultColumn column, Carried carried, boolean certain) {
            boolean plain = PLAIN.contains(column.typeName());
            Optional<Kind> kind = carried.kinds().stream().sorted().findFirst();
            if (!certain) {
                boolean harmless = plain && !carried.kinds().contains(Kind.DATE_OF_BIRTH);
                Context named = Context.ofColumn(column.name());
                Optional<Kind> whole = named.kind().isPresent() ? named.kind() : kind;
                return new Treatment(harmless ? Optional.empty() : whole, named, plain);
            }
            Context context = carried.column().map(Context::ofColumn).orElse(Context.NONE);
            // A column of a name like this is known to be harmless by its type or the settings.
            return new Treatment(kind, new Context(Optional.empty(), context.neutral()), plain);
        }

        @Override
        public void row(Row row) throws IOException {
            @Nullable String[] values = new String[row.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.isNull(i) ? null : value(treatments.get(i), String.valueOf(row.text(i)));
            }
            sink.row(Row.of(values));
        }

        private @Nullable String value(Treatment treatment, String value) {
            if (treatment.kind().isPresent()) {
                Kind kind = treatment.kind().get();
                return redactor.mode() == Mode.DROP
                        ? null
                        : redactor.whole(kind, value, treatment.context()).text();
            }
            return treatment.plain()
                    ? value
                    : redactor.text(value, treatment.context()).text();
        }

        @Override
        public void end(long rows, boolean truncated) throws IOException {
            sink.end(rows, truncated);
        }
    }
}
