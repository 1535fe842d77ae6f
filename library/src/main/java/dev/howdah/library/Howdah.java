package dev.howdah.library;

import dev.howdah.agent.Agent;
import dev.howdah.agent.Answer;
import dev.howdah.agent.context.Knowledge;
import dev.howdah.agent.tools.Workbench;
import dev.howdah.base.Cancellation;
import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.audit.Audit;
import dev.howdah.guard.change.ChangeLimits;
import dev.howdah.guard.change.ChangeOptions;
import dev.howdah.guard.consent.ticket.Tickets;
import dev.howdah.guard.journal.DatabaseJournal;
import dev.howdah.guard.journal.JournalLimits;
import dev.howdah.guard.journal.Undos;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.redaction.Destination;
import dev.howdah.guard.redaction.RedactionPolicy;
import dev.howdah.guard.redaction.ResultRedaction;
import dev.howdah.guard.review.AccessLists;
import dev.howdah.guard.review.Client;
import dev.howdah.guard.review.Policy;
import dev.howdah.library.memory.Memory;
import dev.howdah.library.memory.VerifiedQueries;
import dev.howdah.library.settings.Keys;
import dev.howdah.library.settings.Policies;
import dev.howdah.library.settings.RedactionSettings;
import dev.howdah.library.settings.Settings;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.SessionLimits;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.catalog.RolePower;
import dev.howdah.sql.Sql;
import dev.howdah.store.state.Conversation;
import dev.howdah.store.state.Counters;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where everyone starts: one database, the gate to it, and the agent that answers questions about it. This is the one
 * place where the rooms are wired together. Thread-safe.
 */
public final class Howdah implements AutoCloseable {
    private final Settings settings;
    private final Database database;
    private final CatalogReader reader;
    private final CatalogSnapshot catalog;
    private final Guard guard;
    private final Agent agent;
    private final Knowledge knowledge;
    private final Workbench tools;
    private final Audit audit;
    private final ResultRedaction redaction;
    private final Tickets tickets;
    private final Memory memory;
    private final VerifiedQueries verified;
    private final Clock clock;

    private Howdah(Database database, Audit audit, Settings settings, Clock clock, Client client) {
        this.settings = settings;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.memory = Memory.of(settings, clock);
        this.verified = VerifiedQueries.of(settings, database.profile().database());
        this.reader = new CatalogReader(database, clock);
        this.catalog = new CatalogSnapshot(reader);
        Policy policy = Policies.of(settings, client);
        AccessLists access = AccessLists.of(
                settings.value(Keys.PROFILE_READABLE).orElse(List.of()),
                settings.value(Keys.PROFILE_BLOCKED).orElse(List.of()),
                settings.value(Keys.PROFILE_TRUSTED).orElse(List.of()));
        RedactionPolicy redactions =
                RedactionSettings.policy(settings, database.profile().name());
        this.redaction = new ResultRedaction(redactions, catalog);
        this.tickets = TicketDesk.tickets(settings, clock, audit);
        this.guard = new Guard(
                        database,
                        catalog,
                        policy,
                        access,
                        Math.toIntExact(settings.value(Keys.LIMIT_SQL_LENGTH)),
                        audit)
                .withErrors(redactions.redactor(Destination.ERRORS))
                .takingChanges(ChangeOptions.of(clock)
                        .with(tickets)
                        .with(new DatabaseJournal(
                                database,
                                new JournalLimits(
                                        settings.value(Keys.UNDO_MAX_ROWS),
                                        settings.value(Keys.UNDO_MAX_SIZE),
                                        settings.value(Keys.UNDO_RETENTION)))));
        ZoneId zone = database.profile().timeZone().orElseGet(ZoneId::systemDefault);
        boolean values = settings.value(Keys.QUESTION_STORED_VALUES);
        EngineSource engine = new EngineSource(catalog, values, clock, zone, verified);
        this.knowledge = ModelSource.knowledge(settings, engine, redactions);
        this.tools = new Workbench(
                knowledge,
                redaction,
                toolLimits(),
                Math.toIntExact(settings.value(Keys.MODEL_RESULT_TOKENS)),
                settings.value(Keys.MODEL_EXPORTS));
        this.agent = new Agent(
                        settings.value(Keys.QUESTION_ENGINE) ? Optional.of(engine::engine) : Optional.empty(),
                        ModelSource.models(settings, knowledge, tools, clock, zone),
                        ModelSource.strategy(settings),
                        ModelSource.spending(settings, clock, zone),
                        guard,
                        settings.value(Keys.LIMIT_QUESTION_LENGTH))
                .knowing(verified);
    }

    /**
     * Begins to load, on a thread of its own, what a first statement needs, while the caller still finds out which and
     * where. A program that is started for each question is done sooner with it; others need not call it.
     */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("howdah-prepare").start(() -> {
            Database.load();
            Sql.parse("SELECT 1");
        });
    }

    /**
     * For a command that ends soon: one connection, made in the background from now on. Failures to connect are thrown by
     * the first use.
     */
    public static Howdah open(Profile profile, Settings settings) {
        // The connection first: it is made in the background while the audit is opened.
        return recorded(Database.single(profile), settings, Clock.systemUTC());
    }

    /**
     * For a program that stays: a pool of connections.
     *
     * @param clock what "today" means to questions
     */
    public static Howdah pooled(Profile profile, Settings settings, Clock clock) {
        return pooled(profile, settings, clock, Client.PERSON);
    }

    /**
     * For a program that stays: a pool of connections.
     *
     * @param clock what "today" means to questions
     * @param client who hands in statements, which decides how strict the policy is
     */
    public static Howdah pooled(Profile profile, Settings settings, Clock clock, Client client) {
        return recorded(Database.pooled(profile), settings, clock, settings.value(Keys.REQUIRE_SAFE_ROLE), client);
    }

    /** As {@link #open}, whatever the role can do: to look at it, and to say what is wrong with it. */
    public static Howdah openToDiagnose(Profile profile, Settings settings) {
        return recorded(Database.single(profile), settings, Clock.systemUTC(), false, Client.PERSON);
    }

    private static Howdah recorded(Database database, Settings settings, Clock clock) {
        return recorded(database, settings, clock, settings.value(Keys.REQUIRE_SAFE_ROLE), Client.PERSON);
    }

    private static Howdah recorded(Database database, Settings settings, Clock clock, boolean safeRole, Client client) {
        Audit audit = Audit.off();
        try {
            audit = Audits.open(settings, clock);
            Howdah howdah = new Howdah(database, audit, settings, clock, client);
            Audits.recordOpening(howdah.guard.recorder(), settings);
            if (safeRole) {
                howdah.requireSafeRole();
            }
            return howdah;
        } catch (HowdahException e) {
            database.close();
            try {
                audit.close();
            } catch (HowdahException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private void requireSafeRole() {
        List<String> harmful = rolePowers(new Cancellation()).stream()
                .filter(power -> power.kind().isHarmful())
                .map(RolePower::words)
                .toList();
        if (!harmful.isEmpty()) {
            throw new HowdahException(
                    ErrorCode.REFUSED,
                    "The role " + database.profile().user() + " can do more than require_safe_role permits: it "
                            + String.join("; it ", harmful) + ".",
                    "`howdah doctor` prints the SQL for a role that can only read.");
        }
    }

    /** What the connected role could do besides reading, the gravest first. */
    public List<RolePower> rolePowers(Cancellation cancellation) {
        return reader.rolePowers(cancellation);
    }

    /** The database. */
    public Database database() {
        return database;
    }

    /** The settings that hold here. */
    public Settings settings() {
        return settings;
    }

    /** What the server holds every read to. */
    public SessionLimits sessionLimits() {
        return new SessionLimits(
                settings.value(Keys.LIMIT_LOCK_TIMEOUT),
                settings.value(Keys.LIMIT_IDLE_TIMEOUT),
                settings.value(Keys.LIMIT_TEMPORARY_FILES),
                settings.value(Keys.LIMIT_COST).map(Long::doubleValue));
    }

    /** How far a tool's read may go: as far as a person's on a screen. */
    private Limits toolLimits() {
        return new Limits(
                settings.value(Keys.LIMIT_ROWS),
                settings.value(Keys.LIMIT_RESULT_BYTES),
                settings.value(Keys.LIMIT_FIRST_ROW_TIMEOUT),
                settings.value(Keys.LIMIT_FIRST_ROW_TIMEOUT),
                sessionLimits());
    }

    /** What is remembered of the person's work. */
    public Memory memory() {
        return memory;
    }

    /** The queries that the person has verified. */
    public VerifiedQueries verified() {
        return verified;
    }

    /** A program's own Howdah, as the environment and the configuration file of this process say. */
    public static Howdah fromEnvironment() {
        return builder().build();
    }

    /** Puts one together, beginning with what the environment of this process says. */
    public static HowdahBuilder builder() {
        return new HowdahBuilder(Environment.ofProcess());
    }

    /** Asks one question that stands alone and is not remembered, and keeps the rows in memory. */
    public QueryResult query(String question) {
        return query(question, new Cancellation());
    }

    /** The same, to be cancelled from another thread. */
    public QueryResult query(String question, Cancellation cancellation) {
        Collecting collecting = new Collecting(redaction, cancellation);
        return collecting.with(agent.ask(question, request(), collecting, cancellation));
    }

    /** Asks one question and hears of it as it happens: steps, a model's words, rows. */
    public Answer queryStream(String question, Agent.Listener listener, Cancellation cancellation) {
        return agent.ask(question, request(), listener, cancellation);
    }

    /** As far as the settings let a question go that is asked by a person or a program. */
    Agent.Request request() {
        return new Agent.Request(toolLimits(), true, false);
    }

    /** Begins a conversation; it is stored with its first question. */
    public Chat createSession() {
        return createSession("");
    }

    /** Begins a conversation that has a name, by which it can be found again. */
    public Chat createSession(String name) {
        return new Chat(this, clock, name, Optional.empty());
    }

    /**
     * Goes on with a conversation that is stored.
     *
     * @param idOrName as {@link dev.howdah.store.state.Conversations#find} takes it
     * @throws HowdahException of code USAGE if there is none
     */
    public Chat session(String idOrName) {
        return session(memory.store()
                .conversations()
                .find(idOrName)
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.USAGE,
                        "There is no session " + idOrName + ".",
                        "`howdah sessions` lists what there is.")));
    }

    /** Goes on with this conversation. */
    public Chat session(Conversation conversation) {
        return new Chat(this, clock, conversation.name(), Optional.of(conversation));
    }

    /** Goes on with the last conversation about this database, or begins one. */
    public Chat lastSession() {
        return new Chat(
                this,
                clock,
                "",
                memory.store().conversations().latest(database.profile().target()));
    }

    /** What the database consists of; read on first use. */
    public Catalog getSchema() {
        return catalog(new Cancellation());
    }

    /** What was asked and what it took. */
    public Stats getStats() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Counters counters = memory.store().counters();
        return new Stats(counters.sum(today, today), counters.sum(LocalDate.EPOCH, today));
    }

    /** What is known of the database and may be told to models. */
    public Knowledge knowledge() {
        return knowledge;
    }

    /** What models' tools work with; other programs' tools may use the same. */
    public Workbench tools() {
        return tools;
    }

    /** How a write is measured and run. */
    public ChangeLimits changeLimits() {
        return new ChangeLimits(
                settings.value(Keys.WRITES_REHEARSE),
                settings.value(Keys.WRITES_REHEARSE_IN_PRODUCTION),
                settings.value(Keys.WRITES_REHEARSAL_TIMEOUT),
                settings.value(Keys.WRITES_TIMEOUT),
                ChangeLimits.Isolation.valueOf(
                        settings.value(Keys.WRITES_ISOLATION).toUpperCase(Locale.ROOT)),
                Math.toIntExact(settings.value(Keys.WRITES_MARGIN)),
                sessionLimits(),
                settings.value(Keys.LIMIT_ROWS).orElse(Long.MAX_VALUE));
    }

    /** What the database consists of; read on first use. */
    public Catalog catalog(Cancellation cancellation) {
        return catalog.current(cancellation);
    }

    /** The gate to the database. */
    public Guard guard() {
        return guard;
    }

    /** What can be undone in the database. */
    public Undos undos() {
        return new Undos(database);
    }

    /** What becomes of sensitive values on the way to each destination. */
    public ResultRedaction redaction() {
        return redaction;
    }

    /** Writes that somebody else has to approve. */
    public Tickets tickets() {
        return tickets;
    }

    /** Answers questions. */
    public Agent agent() {
        return agent;
    }

    @Override
    public void close() {
        // Whatever happens to the connection, the records are brought to the disk.
        try (audit;
                memory) {
            guard.close();
            reader.close();
            database.close();
        }
    }
}
