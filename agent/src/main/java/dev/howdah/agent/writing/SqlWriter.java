package dev.howdah.agent.writing;

import dev.howdah.agent.model.Message;
import dev.howdah.agent.model.Model;
import dev.howdah.base.Cancellation;
import dev.howdah.guard.redaction.PromptWriter;
import dev.howdah.guard.redaction.RedactionPolicy;
import dev.howdah.postgres.catalog.Catalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has a model write SQL for questions about one database. A plain question costs one call. The model is told names, types,
 * keys and comments, never a row. Thread-safe.
 */
public final class SqlWriter {
    private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("EEEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

    private final Model model;
    private final Function<Cancellation, Catalog> catalog;
    private final Clock clock;
    private final ZoneId zone;
    private final int schemaTokens;
    private final RedactionPolicy redaction;
    private @Nullable Described described;

    private record Described(Catalog catalog, SchemaContext context) {}

    /**
     * @param model who writes
     * @param catalog what the database consists of, as it is now
     * @param clock what "today" means
     * @param zone the zone of dates
     * @param schemaTokens how much of the prompt may describe the database, in tokens
     * @param redaction what becomes of personal data in comments and errors
     */
    public SqlWriter(
            Model model,
            Function<Cancellation, Catalog> catalog,
            Clock clock,
            ZoneId zone,
            int schemaTokens,
            RedactionPolicy redaction) {
        this.model = model;
        this.catalog = catalog;
        this.clock = clock;
        this.zone = zone;
        this.schemaTokens = schemaTokens;
        this.redaction = redaction;
    }

    /** Who writes, to show. */
    public String name() {
        return model.name();
    }

    /** Begins the conversation about a question; reads the catalog if it has to, asks nobody yet. */
    public Draft begin(String question, Cancellation cancellation) {
        SchemaContext context = context(catalog.apply(cancellation));
        String now = NOW.format(ZonedDateTime.now(clock.withZone(zone)));
        return new Draft(
                model,
                redaction,
                List.of(
                        new Message.Instructions(new PromptWriter(redaction)
                                .say(Instructions.TEXT)
                                .data("description of the database", context.describe(question))
                                .finish()
                                .text()),
                        new Message.FromPerson("It is " + now + " (" + zone + ").\n\nQuestion: " + question)));
    }

    private synchronized SchemaContext context(Catalog now) {
        if (described == null || described.catalog() != now) {
            described = new Described(now, new SchemaContext(now, schemaTokens));
        }
        return described.context();
    }

    /** Read when the first question needs it. */
    private static final class Instructions {
        static final String TEXT = read();

        private static String read() {
            try (InputStream in = SqlWriter.class.getResourceAsStream("write-sql.txt")) {
                if (in == null) {
                    throw new IllegalStateException("write-sql.txt is missing");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
