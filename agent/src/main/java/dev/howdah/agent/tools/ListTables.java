package dev.howdah.agent.tools;

import dev.howdah.base.Cancellation;
import dev.howdah.base.PlainText;
import dev.howdah.guard.Guard;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.render.SqlName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names every table. */
final class ListTables implements Tool<ListTables.Arguments> {
    private final Workbench bench;

    ListTables(Workbench bench) {
        this.bench = bench;
    }

    record Arguments(
            @Parameter("only this schema") Optional<String> schema,
            @Parameter("only names that contain this") Optional<String> containing) {}

    @Override
    public String name() {
        return "list_tables";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public ToolResult run(Arguments arguments, Guard guard, Cancellation cancellation) {
        Catalog catalog = bench.knowledge().schema(cancellation).catalog();
        String part = arguments.containing().orElse("").toLowerCase(Locale.ROOT);
        List<Relation> found = catalog.relations().stream()
                .filter(relation -> !relation.partition())
                .filter(relation -> arguments.schema().isEmpty()
                        || relation.schema().equals(arguments.schema().get()))
                .filter(relation -> relation.name().toLowerCase(Locale.ROOT).contains(part))
                .toList();
        CutText text = new CutText(bench.resultTokens());
        for (Relation relation : found) {
            text.line(line(catalog, relation));
        }
        return ToolResult.data(
                found.size() + (found.size() == 1 ? " table" : " tables"),
                "tables",
                text.text(),
                text.left() == 0 ? "" : text.left() + " more did not fit; narrow it with schema or containing.");
    }

    private static String line(Catalog catalog, Relation relation) {
        String kind = relation.kind() == Relation.Kind.TABLE
                ? ""
                : " " + relation.kind().words();
        String rows = relation.rowEstimate() < 0 ? "" : " ~" + Math.round(relation.rowEstimate()) + " rows";
        return SqlName.of(catalog, relation)
                + kind
                + rows
                + relation.comment()
                        .map(comment -> " -- " + PlainText.oneLine(comment))
                        .orElse("");
    }
}
