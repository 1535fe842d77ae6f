package dev.howdah.library.memory;

import dev.howdah.agent.context.Example;
import dev.howdah.agent.context.Verified;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.library.settings.Keys;
import dev.howdah.library.settings.Settings;
import dev.howdah.question.Reading;
import dev.howdah.store.state.SearchWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The verified queries of a plain file, which people may edit and keep with their code. It is read when it is first needed
 * and again when it has changed. Thread-safe.
 */
public final class VerifiedQueries implements Verified, Example.Source {
    private static final String HEAD = """
            # Verified queries: questions and the SQL that answers them. Howdah runs it through the same gate as everything
            # and tells models of it as examples. Edit it freely; comments stay.
            #
            # - question: orders of customer {name}       # {name} takes whatever stands there,
            #   sql: SELECT ... WHERE c.name = :name      # and :name is that, as a string
            #   comment: optional
            #   database: optional, the database it is about
            """;
    private static final Set<String> FIELDS = Set.of("question", "sql", "comment", "database");

    private final Path file;
    private final String database;
    private List<VerifiedQuery> queries = List.of();
    private String read = "";

    /**
     * The queries of a file, which need not be there.
     *
     * @param database whose queries are wanted
     */
    public VerifiedQueries(Path file, String database) {
        this.file = file;
        this.database = database;
    }

    /** Those that the settings name. */
    public static VerifiedQueries of(Settings settings, String database) {
        return new VerifiedQueries(
                settings.value(Keys.QUERIES_FILE)
                        .orElseGet(() ->
                                settings.environment().configurationDirectory().resolve("queries.yaml")),
                database);
    }

    /** Where they are. */
    public Path file() {
        return file;
    }

    /**
     * All that are about this database, in the file's order.
     *
     * @throws HowdahException of code CONFIGURATION if the file makes no sense
     */
    public synchronized List<VerifiedQuery> all() {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            String version = Files.getLastModifiedTime(file) + " " + Files.size(file);
            if (!version.equals(read)) {
                queries = parse(Files.readString(file));
                read = version;
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return queries.stream()
                .filter(query -> query.database().isEmpty() || query.database().equals(database))
                .toList();
    }

    /** Writes one at the end of the file; one of the same question must be taken out by hand, where its comments are. */
    public synchronized void add(VerifiedQuery query) {
        if (all().stream().anyMatch(known -> known.normal().equals(query.normal()))) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "There is a verified query for this question already.",
                    "Edit it in " + file + ".");
        }
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            String head = Files.exists(file) ? (Files.readString(file).endsWith("\n") ? "" : "\n") : HEAD;
            String text = head + "\n" + yaml(query);
            parse((Files.exists(file) ? Files.readString(file) : "") + text);
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static String yaml(VerifiedQuery query) {
        StringBuilder text = new StringBuilder("- question: ").append(quoted(query.question()));
        text.append("\n  sql: |-2\n");
        query.sql()
                .strip()
                .lines()
                .forEach(line -> text.append("    ").append(line).append('\n'));
        if (!query.comment().isEmpty()) {
            text.append("  comment: ").append(quoted(query.comment())).append('\n');
        }
        if (!query.database().isEmpty()) {
            text.append("  database: ").append(quoted(query.database())).append('\n');
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replaceAll("\\s+", " ").strip().replace("'", "''") + "'";
    }

    private List<VerifiedQuery> parse(String text) {
        Object document;
        try {
            document = new Load(LoadSettings.builder()
                            .setLabel(file.toString())
                            .setAllowDuplicateKeys(false)
                            .build())
                    .loadFromString(text);
        } catch (YamlEngineException e) {
            throw wrong("it is no YAML: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        if (document == null) {
            return List.of();
        }
        if (!(document instanceof List<?> entries)) {
            throw wrong("it is no list");
        }
        List<VerifiedQuery> parsed = new ArrayList<>();
        for (Object entry : entries) {
            if (!(entry instanceof Map<?, ?> fields)) {
                throw wrong("entry " + (parsed.size() + 1) + " has no question");
            }
            for (Object name : fields.keySet()) {
                if (!FIELDS.contains(String.valueOf(name))) {
                    throw wrong("entry " + (parsed.size() + 1) + " has an unknown field " + name);
                }
            }
            String question = field(fields.get("question"));
            String sql = field(fields.get("sql"));
            if (question.isEmpty() || sql.isEmpty()) {
                throw wrong("entry " + (parsed.size() + 1) + " needs a question and sql");
            }
            parsed.add(new VerifiedQuery(question, sql, field(fields.get("comment")), field(fields.get("database"))));
        }
        return List.copyOf(parsed);
    }

    private static String field(@Nullable Object value) {
        return value == null ? "" : value.toString().strip();
    }

    private HowdahException wrong(String why) {
        return new HowdahException(
                ErrorCode.CONFIGURATION, file + " cannot be read: " + why + ".", "Put it right, or move it away.");
    }

    private HowdahException unreadable(IOException e) {
        return new HowdahException(
                ErrorCode.FILE, file + " cannot be used: " + e.getMessage() + ".", "Name another (queries.file).", e);
    }

    @Override
    public Optional<Reading> reading(String question) {
        // A question that is there word for word means itself, whatever templates would fit, too.
        List<VerifiedQuery> plainFirst = all().stream()
                .sorted(Comparator.comparingInt(
                        (VerifiedQuery query) -> query.parameters().size()))
                .toList();
        for (VerifiedQuery query : plainFirst) {
            Optional<Map<String, String>> values = query.match(question);
            if (values.isPresent()) {
                return Optional.of(reading(query, values.get()));
            }
        }
        return Optional.empty();
    }

    private static Reading reading(VerifiedQuery query, Map<String, String> values) {
        StringBuilder words =
                new StringBuilder("verified query “").append(query.question()).append('”');
        values.forEach(
                (name, value) -> words.append(", ").append(name).append(" = ").append(value));
        List<String> assumptions = query.comment().isEmpty() ? List.of() : List.of(query.comment());
        return new Reading(query.with(values), words.toString(), 1, assumptions, List.of(), List.of(), List.of());
    }

    @Override
    public List<Example> like(String question, int most) {
        Set<String> words = new HashSet<>(SearchWords.of(question));
        record Near(VerifiedQuery query, long common) {}
        return all().stream()
                .map(query -> new Near(
                        query,
                        SearchWords.of(query.question()).stream()
                                .distinct()
                                .filter(words::contains)
                                .count()))
                .filter(near -> near.common() > 0)
                .sorted(Comparator.comparingLong(Near::common).reversed())
                .limit(most)
                .map(near -> new Example(
                        near.query().question(),
                        near.query().sql(),
                        near.query().comment()))
                .toList();
    }
}
