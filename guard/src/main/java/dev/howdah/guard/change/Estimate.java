package dev.howdah.guard.change;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Spread;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.WriteCode.Operation;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.postgres.wire.ExplainRequest;
import dev.howdah.postgres.wire.Pins;
import dev.howdah.postgres.wire.ReadRequest;
import dev.howdah.postgres.wire.Wire;
import dev.howdah.sql.tree.Definition;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Modification;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.QueryBody;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what one statement would do without running it: the rows that its WHERE finds are counted, and from them the rows
 * that foreign keys carry the change on to, level by level; where that is not possible the planner is asked. One statement,
 * one thread.
 */
final class Estimate {
    /** How long each count may take; beyond it the planner's guess is good enough. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int DEEPEST = 6;

    private final Review review;
    private final List<@Nullable String> parameters;
    private final Catalog catalog;
    private final Wire wire;
    private final Pins pins;
    private final Cancellation cancellation;
    private final Map<Long, long[]> counted = new HashMap<>();
    private final Set<Long> reached = new HashSet<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private Optional<Impact.Failure> failure = Optional.empty();
    private boolean exact = true;

    Estimate(
            Review review,
            List<@Nullable String> parameters,
            Catalog catalog,
            Wire wire,
            ChangeLimits limits,
            Cancellation cancellation) {
        this.review = review;
        this.parameters = parameters;
        this.catalog = catalog;
        this.wire = wire;
        this.pins = new Pins(review.searchPath(), limits.session(), true);
        this.cancellation = cancellation;
    }

    /**
     * @param why why it is not measured, for the person
     */
    Impact find(String why) {
        warnings.add(why);
        try {
            switch (review.statement().tree()) {
                case Definition.Truncate _ -> truncate();
                case Modification modification -> modification(modification);
                case Query _ -> {
                    // What WITH or a function changes, or nothing but row locks.
                    if (!review.spread().tables().isEmpty()) {
                        planned();
                    }
                }
                default -> definition();
            }
        } catch (PostgresException e) {
            if (e.serverError().isEmpty() || e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            exact = false;
            unknown.add("how many rows change: the server could not count them ("
                    + e.serverError().get().sqlState() + ")");
        }
        Spread spread = review.spread();
        if (!counted.isEmpty() || !exact) {
            spread.triggers().forEach(trigger -> inexact("what " + trigger + " does was not counted"));
        }
        spread.outside().forEach(this::inexact);
        spread.unread().forEach(function -> inexact("what " + function + " does is not known"));
        List<TableImpact> tables = tables();
        return new Impact(
                exact ? Impact.Basis.COUNTED : Impact.Basis.ESTIMATED,
                tables,
                List.of(),
                List.of(),
                failure,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.copyOf(warnings),
                List.copyOf(unknown));
    }

    private void inexact(String why) {
        exact = false;
        unknown.add(why);
    }

    private List<TableImpact> tables() {
        return catalog.relations().stream()
                .filter(relation -> counted.containsKey(relation.oid()))
                .map(relation -> {
                    long[] rows = counted.getOrDefault(relation.oid(), new long[3]);
                    return new TableImpact(
                            relation.oid(),
                            relation.schema(),
                            relation.name(),
                            rows[0],
                            rows[1],
                            rows[2],
                            rows[0] + rows[1] + rows[2]);
                })
                .filter(table -> table.rows() > 0)
                .toList();
    }

    private void add(long table, Operation operation, long rows) {
        long[] counts = counted.computeIfAbsent(table, t -> new long[3]);
        int kind = switch (operation) {
            case INSERT -> 0;
            case UPDATE -> 1;
            case DELETE, TRUNCATE -> 2;
        };
        counts[kind] += rows;
    }

    // ---- TRUNCATE and definitions ----------------------------------------------------------------------------------

    private void truncate() {
        Set<Long> emptied =
                review.spread().tables().stream().map(Spread.Changed::oid).collect(Collectors.toSet());
        for (Relation other : catalog.relations()) {
            for (ForeignKey key : other.foreignKeys()) {
                if (emptied.contains(key.referenced()) && !emptied.contains(other.oid())) {
                    failure = Optional.of(new Impact.Failure(
                            "0A000", other + " references a table that would be emptied, and is not emptied with it"));
                    return;
                }
            }
        }
        for (Spread.Changed table : review.spread().tables()) {
            if (table.operations().contains(Operation.TRUNCATE)) {
                catalog.relation(table.oid()).ifPresent(this::countAll);
            }
        }
    }

    private void countAll(Relation table) {
        if (table.rowSecurity()) {
            inexact("rows of " + table + " that row-level security hides are not counted");
        }
        count("SELECT tableoid, count(*) FROM ONLY " + NetCount.name(table) + " GROUP BY tableoid", Operation.DELETE);
    }

    private void definition() {
        if (review.statement().tree() instanceof Definition.Drop drop) {
            for (var object : drop.objects()) {
                if (object.affected()) {
                    relation(object.name()).filter(Estimate::stores).ifPresent(this::countAll);
                }
            }
        }
    }

    private static boolean stores(Relation table) {
        return table.kind() == Relation.Kind.TABLE || table.kind() == Relation.Kind.PARTITIONED_TABLE;
    }

    // ---- rows ------------------------------------------------------------------------------------------------------

    private void modification(Modification modification) {
        switch (modification) {
            case Modification.Delete delete
            when delete.with() == null && delete.using().isEmpty() && delete.cursor() == null ->
                found(delete.table(), delete.only(), delete.alias(), delete.where(), Operation.DELETE, Set.of());
            case Modification.Update update
            when update.with() == null && update.from().isEmpty() && update.cursor() == null ->
                found(
                        update.table(),
                        update.only(),
                        update.alias(),
                        update.where(),
                        Operation.UPDATE,
                        update.assignments().stream()
                                .flatMap(assignment -> assignment.targets().stream())
                                .map(Part.AssignmentTarget::column)
                                .map(Name::text)
                                .collect(Collectors.toSet()));
            case Modification.Insert insert when insert.with() == null && insert.onConflict() == null -> insert(insert);
            default -> planned();
        }
    }

    private void insert(Modification.Insert insert) {
        Optional<Relation> table = relation(insert.table());
        Query source = insert.source();
        long rows;
        if (source == null) {
            rows = 1;
        } else if (source.body() instanceof QueryBody.Values values
                && source.with() == null
                && source.limit() == null) {
            rows = values.rows().size();
        } else {
            planned();
            return;
        }
        if (table.isEmpty() || table.get().kind() != Relation.Kind.TABLE) {
            planned();
            return;
        }
        add(table.get().oid(), Operation.INSERT, rows);
    }

    private void found(
            QualifiedName name,
            boolean only,
            @Nullable Name alias,
            @Nullable Expression where,
            Operation operation,
            Set<String> columns) {
        Optional<Relation> table = relation(name);
        if (table.isEmpty() || !stores(table.get()) || !parameters.isEmpty()) {
            planned();
            return;
        }
        if (operation == Operation.UPDATE && table.get().kind() == Relation.Kind.PARTITIONED_TABLE) {
            inexact("rows that move to another partition are counted as updated");
        }
        String from = (only ? "ONLY " : "")
                + NetCount.name(table.get())
                + (alias == null ? "" : " AS " + NetCount.quoted(alias.text()));
        String condition = where == null ? "" : " WHERE " + review.statement().text(where.span());
        if (!count("SELECT tableoid, count(*) FROM " + from + condition + " GROUP BY tableoid", operation)) {
            planned();
            return;
        }
        reached.add(table.get().oid());
        carriedOn(
                table.get(),
                alias == null ? Optional.empty() : Optional.of(alias.text()),
                from + condition,
                operation,
                columns,
                1);
    }

    /** Where foreign keys carry the change on to. */
    private void carriedOn(
            Relation table, Optional<String> alias, String rows, Operation operation, Set<String> columns, int level) {
        for (Relation referencing : catalog.relations()) {
            for (ForeignKey key : referencing.foreignKeys()) {
                boolean concerned = key.referenced() == table.oid()
                        && (operation == Operation.DELETE
                                || names(table, key.referencedColumns()).stream()
                                        .anyMatch(columns::contains));
                if (concerned && !referencing.partition()) {
                    carriedOn(table, alias, rows, operation, referencing, key, level);
                }
            }
        }
        if (table.partition()) {
            inexact("what references the table that " + table + " is a part of was not counted");
        }
    }

    private void carriedOn(
            Relation table,
            Optional<String> alias,
            String rows,
            Operation operation,
            Relation referencing,
            ForeignKey key,
            int level) {
        String prefix = alias.map(NetCount::quoted).orElseGet(() -> NetCount.quoted(table.name())) + ".";
        String keys = names(table, key.referencedColumns()).stream()
                .map(column -> prefix + NetCount.quoted(column))
                .collect(Collectors.joining(", "));
        String theirs =
                names(referencing, key.columns()).stream().map(NetCount::quoted).collect(Collectors.joining(", "));
        String from = NetCount.name(referencing) + " WHERE (" + theirs + ") IN (SELECT " + keys + " FROM " + rows + ")";
        ForeignKey.Action action = operation == Operation.DELETE ? key.onDelete() : key.onUpdate();
        String count = "SELECT tableoid, count(*) FROM " + from + " GROUP BY tableoid";
        switch (action) {
            case NO_ACTION, RESTRICT -> {
                long rowsThere = total(count);
                if (rowsThere > 0) {
                    warnings.add(String.format(
                            "%,d rows of %s reference what is %s: %s would fail unless they go first",
                            rowsThere,
                            referencing,
                            operation == Operation.DELETE ? "deleted" : "changed",
                            review.statement().kind()));
                }
            }
            case CASCADE -> {
                further(referencing, count, operation);
                if (operation == Operation.DELETE && level < DEEPEST) {
                    carriedOn(referencing, Optional.empty(), from, operation, Set.of(), level + 1);
                } else if (level >= DEEPEST || !referencedBy(referencing).isEmpty()) {
                    inexact("what " + referencing + " carries on to was not counted");
                }
            }
            case SET_NULL, SET_DEFAULT -> further(referencing, count, Operation.UPDATE);
        }
    }

    private List<Relation> referencedBy(Relation table) {
        return catalog.relations().stream()
                .filter(other -> other.foreignKeys().stream().anyMatch(key -> key.referenced() == table.oid()))
                .toList();
    }

    private void further(Relation table, String count, Operation operation) {
        if (!reached.add(table.oid())) {
            inexact("rows of " + table + " are reached in more than one way and may be counted twice");
        }
        count(count, operation);
    }

    private static List<String> names(Relation table, List<Integer> numbers) {
        return numbers.stream()
                .flatMap(number -> table.column(number).stream())
                .map(Column::name)
                .toList();
    }

    // ---- asking ----------------------------------------------------------------------------------------------------

    /** Counts by table; whether it was done in time. */
    private boolean count(String query, Operation operation) {
        try {
            read(query, row -> add(number(row, 0), operation, number(row, 1)));
            return true;
        } catch (HowdahException e) {
            if (e.code() != ErrorCode.TIMEOUT) {
                throw e;
            }
            inexact("counting took longer than " + PATIENCE.toSeconds() + " s");
            return false;
        }
    }

    private long total(String query) {
        long[] total = new long[1];
        try {
            read(query, row -> total[0] += number(row, 1));
        } catch (HowdahException e) {
            if (e.code() != ErrorCode.TIMEOUT) {
                throw e;
            }
            inexact("counting took longer than " + PATIENCE.toSeconds() + " s");
        }
        return total[0];
    }

    private void read(String query, java.util.function.Consumer<Row> rows) {
        wire.read(
                ReadRequest.of(query).withPins(pins).withFinishWithin(PATIENCE),
                new RowSink() {
                    @Override
                    public void columns(List<ResultColumn> columns) {}

                    @Override
                    public void row(Row row) {
                        rows.accept(row);
                    }

                    @Override
                    public void end(long count, boolean truncated) {}
                },
                cancellation);
    }

    private static long number(Row row, int column) {
        return Long.parseLong(String.valueOf(row.text(column)));
    }

    /** What the planner expects: a guess, as good as its statistics. */
    private void planned() {
        exact = false;
        String json = wire.explainChange(
                ExplainRequest.of(review.statement().text())
                        .withParameters(parameters)
                        .withPins(pins)
                        .withFinishWithin(PATIENCE),
                cancellation);
        List<ExpectedRows.Expected> expected = ExpectedRows.of(json);
        for (ExpectedRows.Expected one : expected) {
            Optional<Relation> table = catalog.relation(one.schema(), one.table());
            if (table.isPresent()) {
                add(table.get().oid(), one.operation(), one.rows());
                unknown.add(String.format(
                        "how many rows of %s change: the planner expects %,d, with %s confidence",
                        table.get(), one.rows(), confidence(table.get())));
            }
        }
        if (expected.isEmpty()) {
            unknown.add("how many rows change: the planner does not say");
        }
        for (Spread.Changed changed : review.spread().tables()) {
            if (changed.level() > 0) {
                unknown.add("how many rows of " + changed.name() + " change (" + changed.because() + ")");
            }
        }
    }

    private static String confidence(Relation table) {
        if (table.rowEstimate() < 0) {
            return "no";
        }
        return table.rowEstimate() < 10 ? "low" : "medium";
    }

    private Optional<Relation> relation(QualifiedName name) {
        List<String> parts = name.texts();
        if (parts.size() > 1) {
            return catalog.relation(parts.get(parts.size() - 2), parts.getLast());
        }
        return review.searchPath().orElse(catalog.searchPath()).stream()
                .map(schema -> catalog.relation(schema, parts.getLast()))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
