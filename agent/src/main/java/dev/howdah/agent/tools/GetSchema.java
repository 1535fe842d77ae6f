package dev.howdah.agent.tools;

import dev.howdah.agent.context.SchemaContext;
import dev.howdah.agent.context.TableText.Detail;
import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import dev.howdah.postgres.catalog.Relation;
import java.util.List;
import java.util.Optional;

/** Describes several tables, or all, in a line each. */
final class GetSchema implements Tool<GetSchema.Arguments> {
    private final Workbench bench;
    private final Reads reads;

    GetSchema(Workbench bench) {
        this.bench = bench;
        this.reads = new Reads(bench);
    }

    record Arguments(
            @Parameter(value = "which ones; all if left out", most = 50)
            Optional<List<String>> tables) {}

    @Override
    public String name() {
        return "get_schema";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public ToolResult run(Arguments arguments, Guard guard, Cancellation cancellation) {
        SchemaContext schema = bench.knowledge().schema(cancellation);
        List<Relation> relations = arguments.tables().isEmpty()
                ? schema.index().relations()
                : arguments.tables().get().stream()
                        .map(name -> reads.relation(name, cancellation))
                        .toList();
        CutText text = new CutText(bench.resultTokens());
        relations.forEach(
                relation -> text.line(schema.text().of(relation, Detail.FULL).strip()));
        return ToolResult.data(
                relations.size() + (relations.size() == 1 ? " table" : " tables"),
                "tables",
                text.text(),
                text.left() == 0 ? "" : text.left() + " more did not fit; name the tables you need.");
    }
}
