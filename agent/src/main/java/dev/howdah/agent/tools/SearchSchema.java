package dev.howdah.agent.tools;

import dev.howdah.agent.context.SchemaContext;
import dev.howdah.agent.context.TableText.Detail;
import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import dev.howdah.postgres.catalog.Relation;
import java.util.List;
import java.util.Optional;

/** Finds tables by words. */
final class SearchSchema implements Tool<SearchSchema.Arguments> {
    private static final int USUAL = 10;

    private final Workbench bench;

    SearchSchema(Workbench bench) {
        this.bench = bench;
    }

    record Arguments(
            @Parameter("words for what the tables hold") String query,

            @Parameter(value = "how many tables, 10 if left out", most = 50)
            Optional<Integer> most) {}

    @Override
    public String name() {
        return "search_schema";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public ToolResult run(Arguments arguments, Guard guard, Cancellation cancellation) {
        SchemaContext schema = bench.knowledge().schema(cancellation);
        List<Relation> found = schema.index()
                .search(
                        arguments.query(),
                        bench.knowledge().links(arguments.query(), cancellation),
                        List.of(),
                        arguments.most().orElse(USUAL));
        if (found.isEmpty()) {
            return ToolResult.own("no table found", "No table is about that. list_tables shows all there are.");
        }
        CutText text = new CutText(bench.resultTokens());
        found.forEach(
                relation -> text.line(schema.text().of(relation, Detail.FULL).strip()));
        return ToolResult.data(
                found.size() + (found.size() == 1 ? " table" : " tables"),
                "tables",
                text.text(),
                text.left() == 0 ? "" : text.left() + " more did not fit.");
    }
}
