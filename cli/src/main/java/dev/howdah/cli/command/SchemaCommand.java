package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.render.Format;
import dev.howdah.render.RenderOptions;
import dev.howdah.render.SchemaText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `howdah schema`. */
@Command(
        name = "schema",
        description = "List the tables and views, or describe some of them.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah schema -d shop",
            "  howdah schema -d shop orders customers",
            "  howdah schema -d shop --ddl orders",
            "  howdah schema -d shop -o json",
        })
final class SchemaCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TABLE", arity = "0..*", description = "Tables or views, with or without their schema.")
    private List<String> names = List.of();

    @Option(names = "--ddl", description = "As CREATE TABLE statements.")
    private boolean ddl;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    SchemaCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open(context, connection, output);
                Results results = Results.open(context, session.settings(), output, session.progress()::erase)) {
            session.progress().doing("reading the catalog");
            Catalog catalog = session.howdah().catalog(context.cancellation());
            session.progress().erase();
            if (names.isEmpty() && !ddl) {
                SchemaText.list(catalog.relations(), results.sink());
            } else {
                List<Relation> wanted = names.isEmpty() ? catalog.relations() : named(catalog);
                RenderOptions options = output.render(context, session.settings());
                boolean array = results.format() == Format.JSON;
                results.text(array ? "[" : "");
                boolean first = true;
                for (Relation relation : wanted) {
                    results.text(first ? "" : array ? "," : results.format() == Format.NDJSON ? "" : "\n");
                    show(catalog, relation, results, options);
                    first = false;
                }
                results.text(array ? "]\n" : "");
            }
            results.complete();
            return 0;
        }
    }

    private void show(Catalog catalog, Relation relation, Results results, RenderOptions options) throws IOException {
        if (results.format() == Format.JSON || results.format() == Format.NDJSON) {
            SchemaText.json(catalog, relation, results.stream());
        } else if (ddl) {
            results.text(SchemaText.ddl(catalog, relation));
        } else {
            results.text(SchemaText.describe(catalog, relation, options));
        }
    }

    private List<Relation> named(Catalog catalog) {
        List<Relation> found = new ArrayList<>();
        for (String name : names) {
            int dot = name.indexOf('.');
            List<Relation> here = dot < 0
                    ? catalog.resolve(name).map(List::of).orElseGet(() -> catalog.named(name))
                    : catalog.relation(name.substring(0, dot), name.substring(dot + 1)).stream()
                            .toList();
            if (here.isEmpty()) {
                throw unknown(catalog, name);
            }
            found.addAll(here);
        }
        return found;
    }

    private static HowdahException unknown(Catalog catalog, String name) {
        List<String> all = new ArrayList<>();
        for (Relation relation : catalog.relations()) {
            all.add(relation.name());
            all.add(relation.schema() + "." + relation.name());
        }
        return new HowdahException(
                ErrorCode.USAGE,
                "There is no table or view " + name + " in " + catalog.database() + ".",
                Nearest.to(name, all).map(near -> "Did you mean " + near + "?").orElse("`howdah schema` lists them."));
    }
}
