package dev.howdah.agent.writing;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.agent.context.Background;
import dev.howdah.agent.context.Example;
import dev.howdah.agent.context.Knowledge;
import dev.howdah.agent.context.SchemaContext;
import dev.howdah.agent.context.Turn;
import dev.howdah.agent.model.Message;
import dev.howdah.agent.model.Model;
import dev.howdah.agent.spending.Prices;
import dev.howdah.agent.spending.Spending;
import dev.howdah.agent.tools.Toolbox;
import dev.howdah.agent.writing.Draft.ToolSupport;
import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import dev.howdah.guard.redaction.PromptWriter;
import dev.howdah.question.Link;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Has a model write SQL for questions about one database. A plain question costs one call: what the model needs to know is
 * in the prompt, what stays the same from question to question first. Thread-safe.
 */
public final class SqlWriter {
    private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("EEEE yyyy-MM-dd HH:mm", Locale.ENGLISH);
    private static final int MOST_EXAMPLES = 3;
    private static final int MOST_TURNS = 6;
    private static final int MOST_WAYS = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Model model;
    private final Optional<Prices> prices;
    private final Knowledge knowledge;
    private final Optional<Toolbox> toolbox;
    private final LoopLimits limits;
    private final Clock clock;
    private final ZoneId zone;
    private final ToolSupport support = new ToolSupport();

    /**
     * @param model who writes
     * @param prices what that costs, if it is known
     * @param knowledge what is known of the database
     * @param toolbox what the model may do; empty for an answer from the prompt alone
     * @param limits how long it may go on
     * @param clock what "today" means
     * @param zone the zone of dates
     */
    public SqlWriter(
            Model model,
            Optional<Prices> prices,
            Knowledge knowledge,
            Optional<Toolbox> toolbox,
            LoopLimits limits,
            Clock clock,
            ZoneId zone) {
        this.model = model;
        this.prices = prices;
        this.knowledge = knowledge;
        this.toolbox = toolbox;
        this.limits = limits;
        this.clock = clock;
        this.zone = zone;
    }

    /** Who writes, to show. */
    public String name() {
        return model.name();
    }

    /** What is known of the database. */
    public Knowledge knowledge() {
        return knowledge;
    }

    /**
     * Begins the conversation about a question; reads the catalog if it has to, asks nobody yet.
     *
     * @param guard the gate that tools go through
     * @param account what it is charged to
     */
    public Draft begin(
            String question,
            Background background,
            Guard guard,
            Spending.Account account,
            Hearing hearing,
            Cancellation cancellation) {
        return draft(
                messages(question, background, Template.ANSWER, cancellation),
                tokens -> shorter(question, tokens, cancellation),
                toolbox.map(box -> new Tools(box, guard, knowledge.redaction(), hearing)),
                account,
                hearing);
    }

    /** One way to answer a question, in its author's words and as SQL. */
    public record Way(String approach, String sql) {}

    /**
     * Up to three statements for one question that go about it differently; the model has no tools for it.
     *
     * @throws dev.howdah.base.HowdahException as {@link Draft#next}
     */
    public List<Way> alternatives(
            String question,
            Background background,
            Spending.Account account,
            Hearing hearing,
            Cancellation cancellation) {
        return draft(
                        messages(question, background, Template.ALTERNATIVES, cancellation),
                        tokens -> shorter(question, tokens, cancellation),
                        Optional.empty(),
                        account,
                        hearing)
                .several(MOST_WAYS, cancellation);
    }

    private Draft draft(
            List<Message> messages,
            Draft.Shortening shortening,
            Optional<Tools> tools,
            Spending.Account account,
            Hearing hearing) {
        return new Draft(
                model,
                knowledge.redaction(),
                limits,
                tools,
                tools.isPresent() ? toolbox.orElseThrow().descriptions() : List.of(),
                support,
                messages,
                shortening,
                account,
                prices,
                hearing);
    }

    private List<Message> messages(String question, Background background, Template rules, Cancellation cancellation) {
        SchemaContext schema = knowledge.schema(cancellation);
        List<Link> links = knowledge.links(question, cancellation);
        SchemaContext.Told told = schema.tell(question, links, background);
        List<Message> messages = new ArrayList<>();
        messages.add(instructions(rules, told.stable()));
        messages.addAll(conversation(background));
        messages.add(new Message.FromPerson(
                beside(question, background, told, knowledge.hints(schema.catalog(), links)) + asked(question)));
        return messages;
    }

    /** Without the conversation, the examples and most of the description: for a model that could not read all of it. */
    private List<Message> shorter(String question, int tokens, Cancellation cancellation) {
        SchemaContext.Told told = knowledge
                .within(tokens, cancellation)
                .tell(question, knowledge.links(question, cancellation), Background.NONE);
        return List.of(
                instructions(Template.ANSWER, told.stable()),
                new Message.FromPerson(beside(question, Background.NONE, told, List.of()) + asked(question)));
    }

    private Message instructions(Template rules, String schema) {
        PromptWriter prompt = new PromptWriter(knowledge.redaction()).say(rules.text());
        if (!schema.isEmpty()) {
            prompt.data("description of the database", schema);
        }
        return new Message.Instructions(prompt.finish().text());
    }

    private static List<Message> conversation(Background background) {
        List<Message> messages = new ArrayList<>();
        List<Turn> turns = background.turns();
        for (Turn turn : turns.subList(Math.max(0, turns.size() - MOST_TURNS), turns.size())) {
            messages.add(new Message.FromPerson("Question: " + turn.question()));
            var said = JSON.createObjectNode().put("reading", turn.said());
            turn.sql().ifPresent(sql -> said.put("sql", sql));
            messages.add(new Message.FromModel(said.toString(), List.of()));
        }
        return messages;
    }

    /** What comes with the question; nothing if there is nothing. */
    private String beside(String question, Background background, SchemaContext.Told told, List<String> hints) {
        PromptWriter prompt = new PromptWriter(knowledge.redaction());
        boolean any = false;
        if (!told.specific().isEmpty()) {
            prompt.data(
                    told.stable().isEmpty() ? "the tables that seem to matter" : "more about some tables",
                    told.specific());
            any = true;
        }
        if (told.left() > 0) {
            prompt.say(told.left() + " more tables are left out; search_schema finds them.");
            any = true;
        }
        any |= add(prompt, "where words of the question are stored", hints);
        any |= add(prompt, "notes of the person", background.notes());
        any |= add(
                prompt, "the conversation before", background.summary().stream().toList());
        List<String> examples = knowledge.examples(question, MOST_EXAMPLES).stream()
                .map(SqlWriter::words)
                .toList();
        any |= add(prompt, "questions and SQL that were found to be right here", examples);
        return any ? prompt.finish().text() + "\n" : "";
    }

    private static String words(Example example) {
        return "Question: " + example.question() + "\nSQL: " + example.sql()
                + (example.comment().isBlank() ? "" : "\nNote: " + example.comment());
    }

    private static boolean add(PromptWriter prompt, String label, List<String> lines) {
        if (!lines.isEmpty()) {
            prompt.data(label, String.join("\n", lines));
        }
        return !lines.isEmpty();
    }

    private String asked(String question) {
        return "It is " + NOW.format(ZonedDateTime.now(clock.withZone(zone))) + " (" + zone + ").\n\nQuestion: "
                + question;
    }
}
