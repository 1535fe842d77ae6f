package dev.howdah.terminal.app;

import dev.howdah.base.HowdahException;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.render.Format;
import dev.howdah.render.RenderOptions;
import dev.howdah.render.SchemaText;
import dev.howdah.sql.Identifiers;
import dev.howdah.terminal.chat.Block;
import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.result.Chart;
import dev.howdah.terminal.result.Grid;
import dev.howdah.terminal.schema.SchemaView;
import dev.howdah.terminal.screen.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the palette offers, and what begins with a slash or a backslash. */
final class Commands {
    private static final Pattern COPY =
            Pattern.compile("\\\\copy\\s+(.+?)\\s+to\\s+'?([^']+?)'?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final String DATABASES = """
            SELECT d.datname AS name, r.rolname AS owner, pg_catalog.pg_encoding_to_char(d.encoding) AS encoding,
                   d.datcollate AS collate
            FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles r ON r.oid = d.datdba
            WHERE NOT d.datistemplate ORDER BY 1""";

    private static final String ROLES = """
            SELECT rolname AS role, rolsuper AS superuser, rolcreaterole AS "create role", rolcreatedb AS "create database",
                   rolcanlogin AS login, rolconnlimit AS "connection limit"
            FROM pg_catalog.pg_roles WHERE rolname !~ '^pg_' ORDER BY 1""";

    private static final String FUNCTIONS = """
            SELECT n.nspname AS schema, p.proname AS name, pg_catalog.pg_get_function_result(p.oid) AS result,
                   pg_catalog.pg_get_function_arguments(p.oid) AS arguments
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2""";

    private static final String SCHEMAS = """
            SELECT nspname AS name, pg_catalog.pg_get_userbyid(nspowner) AS owner
            FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1""";

    private final App app;

    Commands(App app) {
        this.app = app;
    }

    List<Palette.Entry> entries() {
        return List.of(
                new Palette.Entry("rows", "look at all rows of the answer", "Ctrl-O"),
                new Palette.Entry("export", "write all rows into a file: export orders.csv", "e"),
                new Palette.Entry("schema", "look around in the database", "F3"),
                new Palette.Entry("switch", "another database", "\\c"),
                new Palette.Entry("history", "what was typed before", "F5"),
                new Palette.Entry("explain", "the plan of the last statement", ""),
                new Palette.Entry("analyze", "the plan of the last statement, measured by running it", ""),
                new Palette.Entry("chart", "draw the rows: chart bar, line, histogram, sparkline, scatter", "c"),
                new Palette.Entry("edit", "take the statement into the input line", "Alt-E"),
                new Palette.Entry("editor", "write in the program that EDITOR names", "Ctrl-X"),
                new Palette.Entry("copy", "copy the statement", "Alt-Y"),
                new Palette.Entry("rerun", "run the statement again", ""),
                new Palette.Entry("fold", "fold the statement and steps away, or back", "Alt-O"),
                new Palette.Entry("expanded", "rows as records, or as a table", "\\x"),
                new Palette.Entry("sql", "type SQL only, or questions again", "F4"),
                new Palette.Entry("clear", "an empty screen; a new conversation", ""),
                new Palette.Entry("theme", "dark, light, contrast or none", ""),
                new Palette.Entry("settings", "the settings that hold, and where they come from", "F6"),
                new Palette.Entry("stop", "stop what runs", "Esc"),
                new Palette.Entry("help", "all keys", "?"),
                new Palette.Entry("quit", "leave", "Ctrl-D"));
    }

    /** Does what a typed line that begins with a slash or a backslash says. */
    void typed(String line) {
        if (line.startsWith("\\")) {
            backslash(line);
            return;
        }
        String[] parts = line.substring(1).split("\\s+", 2);
        String argument = parts.length > 1 ? parts[1] : "";
        List<Palette.Entry> exact = entries().stream()
                .filter(entry -> entry.name().equals(parts[0]))
                .toList();
        List<Palette.Entry> found =
                exact.isEmpty() ? Palette.find(entries(), parts[0].toLowerCase(Locale.ROOT)) : exact;
        if (found.isEmpty() || parts[0].isEmpty()) {
            app.say("There is no command /" + parts[0] + ". Ctrl-K shows all.");
            return;
        }
        run(found.getFirst().name(), argument);
    }

    /** Runs a command by its name. */
    void run(String name, String argument) {
        switch (name) {
            case "rows" -> app.openGrid();
            case "export" -> export(argument);
            case "schema" -> app.openSchema();
            case "switch" -> switchTo(argument);
            case "history" -> history();
            case "explain" -> explain(argument, false);
            case "analyze" -> explain(argument, true);
            case "chart" -> chart(argument);
            case "edit" ->
                withSql(sql -> {
                    app.show(App.View.CHAT);
                    app.editor().set(sql);
                });
            case "editor" ->
                app.externalEditor(
                        app.editor().isEmpty() ? app.currentSql() : app.editor().text());
            case "copy" -> withSql(sql -> app.copy(sql, "The SQL was"));
            case "rerun" -> withSql(sql -> app.enqueue(new Block(Block.Kind.SQL, sql)));
            case "fold" -> app.conversation().current().ifPresent(Block::fold);
            case "expanded" -> expanded();
            case "sql" -> app.press(Key.of(Key.Code.F4));
            case "clear" -> app.conversation().clear();
            case "theme" -> theme(argument);
            case "settings" -> app.show(App.View.SETTINGS);
            case "stop" -> {
                if (!app.desk().cancel()) {
                    app.say("Nothing is running.");
                }
            }
            case "help" -> app.show(App.View.HELP);
            case "quit" -> app.quit();
            default -> app.say("There is no command " + name + ".");
        }
    }

    private void withSql(java.util.function.Consumer<String> then) {
        String sql = app.currentSql();
        if (sql.isEmpty()) {
            app.say("There is no statement yet.");
        } else {
            then.accept(sql);
        }
    }

    private void expanded() {
        app.expanded(!app.expanded());
        app.say(app.expanded() ? "Rows are shown as records." : "Rows are shown as tables.");
    }

    private void theme(String name) {
        Optional<Theme> found = Theme.named(name.strip());
        if (found.isPresent()) {
            app.theme(found.get());
            return;
        }
        List<Palette.Entry> themes = List.of(
                new Palette.Entry("dark", "for dark backgrounds", ""),
                new Palette.Entry("light", "for light backgrounds", ""),
                new Palette.Entry("contrast", "black, white and yellow", ""),
                new Palette.Entry("none", "no colours", ""));
        app.pick("Theme", themes, false, picked -> Theme.named(picked.name()).ifPresent(app::theme));
    }

    private void switchTo(String name) {
        if (!name.isBlank()) {
            app.switchTo(name.strip());
            return;
        }
        List<Palette.Entry> known = app.databases().names().stream()
                .map(one -> new Palette.Entry(one, "profile", ""))
                .toList();
        if (known.isEmpty()) {
            app.prompt("database, profile or URL: ", "", text -> {
                if (!text.isEmpty()) {
                    app.switchTo(text);
                }
            });
        } else {
            app.pick("Switch to", known, false, picked -> app.switchTo(picked.name()));
        }
    }

    private void history() {
        List<Palette.Entry> lines = new ArrayList<>();
        List<String> typed = app.history().lines();
        for (int i = typed.size() - 1; i >= 0; i--) {
            lines.add(new Palette.Entry(typed.get(i), "", ""));
        }
        if (lines.isEmpty()) {
            app.say("Nothing was typed before.");
            return;
        }
        app.pick("History", lines, false, picked -> {
            app.show(App.View.CHAT);
            app.editor().set(picked.name());
        });
    }

    private void explain(String given, boolean analyze) {
        String sql = given.isBlank() ? app.currentSql() : given;
        if (sql.isEmpty()) {
            app.say("There is no statement to explain yet.");
            return;
        }
        if (app.desk().running().isPresent()) {
            app.say("A statement is running; its plan can be had when it is done.");
            return;
        }
        Block block = new Block(Block.Kind.COMMAND, analyze ? "/analyze" : "/explain");
        app.conversation().add(block);
        app.show(App.View.CHAT);
        app.desk().explain(block, sql, analyze, () -> app.done(block));
    }

    private void chart(String argument) {
        Optional<Chart.Kind> kind = Optional.empty();
        for (Chart.Kind one : Chart.Kind.values()) {
            if (!argument.isBlank()
                    && one.name()
                            .toLowerCase(Locale.ROOT)
                            .startsWith(argument.strip().toLowerCase(Locale.ROOT))) {
                kind = Optional.of(one);
            }
        }
        app.openGrid();
        Optional<Chart.Kind> wanted = kind;
        app.grid().ifPresent(grid -> grid.chart(wanted));
    }

    private void export(String argument) {
        String sql = app.currentSql();
        if (sql.isEmpty()) {
            app.say("There are no rows to export yet.");
        } else if (argument.isBlank()) {
            app.prompt("all rows into the file (.csv .json .ndjson .md .xlsx): ", "", file -> {
                if (!file.isEmpty()) {
                    exportTo(sql, file);
                }
            });
        } else {
            exportTo(sql, argument.strip());
        }
    }

    private void exportTo(String sql, String file) {
        if (app.desk().running().isPresent()) {
            app.say("A statement is running. Export when it is done, or stop it with Esc.");
            return;
        }
        String home = app.desk().howdah().settings().environment().home().toString();
        Path path = Path.of(file.startsWith("~/") ? home + file.substring(1) : file);
        try {
            String name = String.valueOf(path.getFileName());
            int dot = name.lastIndexOf('.');
            Format format = Format.parse(dot < 0 ? "csv" : name.substring(dot + 1));
            Block block = new Block(Block.Kind.COMMAND, "/export " + file);
            app.conversation().add(block);
            app.show(App.View.CHAT);
            app.desk().export(block, sql, path, format, () -> app.done(block));
        } catch (HowdahException e) {
            app.failed("/export " + file, e);
        }
    }

    // --- as psql has them ---

    private void backslash(String line) {
        String[] parts = line.split("\\s+", 2);
        String argument = parts.length > 1 ? parts[1].strip().replaceFirst(";$", "") : "";
        String word = parts[0].replace("+", "");
        switch (word) {
            case "\\q" -> app.quit();
            case "\\?", "\\h", "\\help" -> app.show(App.View.HELP);
            case "\\d" -> {
                if (argument.isEmpty()) {
                    relations(line, "", relation -> true);
                } else {
                    describe(line, argument);
                }
            }
            case "\\dt" -> relations(line, argument, Commands::isTable);
            case "\\dv", "\\dm" -> relations(line, argument, relation -> !isTable(relation));
            case "\\dn" -> app.enqueue(new Block(Block.Kind.SQL, SCHEMAS));
            case "\\l" -> app.enqueue(new Block(Block.Kind.SQL, DATABASES));
            case "\\du", "\\dg" -> app.enqueue(new Block(Block.Kind.SQL, ROLES));
            case "\\df" -> app.enqueue(new Block(Block.Kind.SQL, FUNCTIONS));
            case "\\x" -> expanded();
            case "\\timing" -> {
                app.timing(!app.timing());
                app.say("Times are always shown with each answer.");
            }
            case "\\e" -> run("editor", "");
            case "\\o" -> run("export", argument);
            case "\\copy" -> copy(line);
            case "\\c", "\\connect" -> switchTo(argument);
            case "\\g" -> run("rerun", "");
            case "\\watch" -> app.say("\\watch is not there yet: /rerun runs the statement again.");
            default -> app.say("There is no " + parts[0] + " here. \\? shows what there is.");
        }
    }

    private static boolean isTable(Relation relation) {
        return relation.kind() == Relation.Kind.TABLE || relation.kind() == Relation.Kind.PARTITIONED_TABLE;
    }

    private void relations(String line, String pattern, java.util.function.Predicate<Relation> which) {
        Optional<Catalog> catalog = app.catalog();
        if (catalog.isEmpty()) {
            app.say("The catalog is still being read.");
            return;
        }
        Pattern wanted = Pattern.compile(
                pattern.isEmpty() ? ".*" : Pattern.quote(pattern).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE);
        List<Relation> found = catalog.get().relations().stream()
                .filter(which)
                .filter(relation -> !relation.partition())
                .filter(relation -> wanted.matcher(relation.name()).matches())
                .sorted(Comparator.comparing(Relation::schema).thenComparing(Relation::name))
                .toList();
        if (found.isEmpty()) {
            app.told(line, List.of("Nothing is called that."));
            return;
        }
        int schemas =
                found.stream().mapToInt(one -> one.schema().length()).max().orElse(1);
        int names = found.stream().mapToInt(one -> one.name().length()).max().orElse(1);
        List<String> lines = new ArrayList<>();
        for (Relation relation : found) {
            String rows = relation.rowEstimate() < 0
                    ? ""
                    : "~" + dev.howdah.render.Counts.rows(Math.round(relation.rowEstimate()));
            lines.add(String.format(
                    Locale.ROOT,
                    "%-" + schemas + "s │ %-" + names + "s │ %-17s │ %s",
                    relation.schema(),
                    relation.name(),
                    relation.kind().words(),
                    rows));
        }
        app.told(line, lines);
    }

    private void describe(String line, String name) {
        Optional<Catalog> catalog = app.catalog();
        if (catalog.isEmpty()) {
            app.say("The catalog is still being read.");
            return;
        }
        String[] parts = name.replace("\"", "").split("\\.", 2);
        Optional<Relation> found = parts.length == 2
                ? catalog.get().relation(parts[0], parts[1])
                : catalog.get()
                        .resolve(parts[0])
                        .or(() -> catalog.get().named(parts[0]).stream().findFirst());
        if (found.isEmpty()) {
            app.told(line, List.of("There is no relation " + name + ". \\d lists all."));
            return;
        }
        String text = SchemaText.describe(catalog.get(), found.get(), RenderOptions.plain());
        app.told(line, text.lines().toList());
    }

    private void copy(String line) {
        Matcher matcher = COPY.matcher(line);
        if (!matcher.matches()) {
            app.say("Like this: \\copy (select …) to file.csv, or \\copy table to file.csv. Only reading is possible.");
            return;
        }
        String what = matcher.group(1).strip();
        String sql =
                what.startsWith("(") && what.endsWith(")") ? what.substring(1, what.length() - 1) : "TABLE " + what;
        exportTo(sql, matcher.group(2).strip().split("\\s+", 2)[0]);
    }

    // --- rows ---

    /** Has the server sort by the column with the cursor: a new statement, reviewed as every other. */
    void sort(Grid grid, String sql) {
        if (sql.isEmpty()) {
            return;
        }
        String body = inner(sql);
        int column = grid.column() + 1;
        String suffix = "\n) AS result ORDER BY " + column;
        boolean ascending = sql.endsWith(suffix + " NULLS LAST");
        if (sql.startsWith("SELECT * FROM (\n") && (ascending || sql.endsWith(suffix + " DESC NULLS LAST"))) {
            body = sql.substring("SELECT * FROM (\n".length(), sql.lastIndexOf("\n) AS result"));
        }
        String direction = ascending ? " DESC NULLS LAST" : " NULLS LAST";
        run(grid, "SELECT * FROM (\n" + body + suffix + direction);
    }

    /** Has the server filter by the column with the cursor. */
    void filter(Grid grid, String sql, String text) {
        if (sql.isEmpty() || text.isEmpty()) {
            return;
        }
        List<ResultColumn> columns = grid.result().columns();
        String name = columns.get(grid.column()).name();
        if (columns.stream().filter(one -> one.name().equals(name)).count() > 1) {
            grid.say("Two columns are called " + name + "; the server could not tell them apart.");
            return;
        }
        String pattern = text.replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_")
                .replace("'", "''");
        String literal = (pattern.contains("\\") ? "E'%" + pattern.replace("\\", "\\\\") : "'%" + pattern) + "%'";
        run(
                grid,
                "SELECT * FROM (\n" + inner(sql) + "\n) AS result WHERE CAST(" + Identifiers.quote(name)
                        + " AS text) ILIKE " + literal);
    }

    private static String inner(String sql) {
        return sql.strip().replaceFirst(";\\s*$", "");
    }

    private void run(Grid grid, String sql) {
        grid.say("The server is asked.");
        app.enqueueAndShow(new Block(Block.Kind.SQL, sql));
    }

    // --- schema ---

    void schemaKey(Key key, SchemaView view) {
        Optional<Relation> relation = view.selected();
        if (key.isChar('m')) {
            mermaid(view);
            return;
        }
        if (relation.isEmpty()) {
            return;
        }
        String name = name(relation.get());
        if (key.is(Key.Code.ENTER) || key.isChar('s')) {
            app.enqueue(new Block(Block.Kind.SQL, "SELECT * FROM " + name + " LIMIT 100"));
        } else if (key.isChar('i')) {
            app.show(App.View.CHAT);
            app.editor().insert(name + " ");
        } else if (key.isChar('a')) {
            app.show(App.View.CHAT);
            app.editor().set("how many " + relation.get().name().replace('_', ' ') + " are there");
        }
    }

    private String name(Relation relation) {
        boolean visible =
                app.catalog().map(catalog -> catalog.isVisible(relation)).orElse(false);
        return visible
                ? Identifiers.quote(relation.name())
                : Identifiers.quote(List.of(relation.schema(), relation.name()));
    }

    private void mermaid(SchemaView view) {
        String name = view.selected().map(Relation::name).orElse("schema") + ".mmd";
        app.prompt("the diagram into the file: ", name.replaceAll("[^A-Za-z0-9_.-]", "_"), file -> {
            try {
                Files.writeString(
                        Path.of(file), view.mermaid(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                app.say("The diagram is in " + file + ".");
            } catch (IOException e) {
                app.say("The file " + file + " could not be written: " + e + ".");
            }
        });
    }
}
