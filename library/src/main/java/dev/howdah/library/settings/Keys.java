package dev.howdah.library.settings;

import static dev.howdah.library.settings.Safety.FALSE_IS_SAFER;
import static dev.howdah.library.settings.Safety.FIRST_IS_SAFER;
import static dev.howdah.library.settings.Safety.LOWER_IS_SAFER;
import static dev.howdah.library.settings.Safety.NOT_IN_DOTENV;
import static dev.howdah.library.settings.Safety.TRUE_IS_SAFER;
import static dev.howdah.library.settings.ValueType.duration;
import static dev.howdah.library.settings.ValueType.limit;
import static dev.howdah.library.settings.ValueType.number;
import static dev.howdah.library.settings.ValueType.objects;
import static dev.howdah.library.settings.ValueType.oneOf;
import static dev.howdah.library.settings.ValueType.optional;
import static dev.howdah.library.settings.ValueType.path;
import static dev.howdah.library.settings.ValueType.ranked;
import static dev.howdah.library.settings.ValueType.secret;
import static dev.howdah.library.settings.ValueType.size;
import static dev.howdah.library.settings.ValueType.text;
import static dev.howdah.library.settings.ValueType.trusted;
import static dev.howdah.library.settings.ValueType.truth;
import static dev.howdah.library.settings.ValueType.zone;

import dev.howdah.guard.review.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The table of all settings: name, type, default, meaning, other names, safe direction. Reading, checking, suggestions,
 * {@code config show} and the documentation are all made from it, so a setting exists when it is here and nowhere else.
 */
public final class Keys {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final String LATER = " Accepted and checked; used once that feature is there.";

    // Where to connect.

    public static final Key<Optional<String>> DEFAULT_PROFILE = Key.of(
            "default_profile",
            optional(text()),
            null,
            "The profile that is used when the command line names neither a profile nor a database.");
    public static final Key<Optional<SecretSetting>> DATABASE_URL = Key.of(
                    "database_url",
                    optional(secret()),
                    null,
                    "The database that is used when there is no profile:"
                            + " postgresql://user:password@host:port/database.")
            .alias("DATABASE_URL");
    public static final Key<Long> POOL_SIZE = Key.of(
                    "pool.size",
                    number(1, 1_000),
                    "10",
                    "The most connections that are open to one database at a time.")
            .alias("DB_POOL_SIZE");
    public static final Key<Long> POOL_MAX_OVERFLOW = Key.of(
                    "pool.max_overflow",
                    number(0, 1_000),
                    "20",
                    "How many connections above pool.size a burst may open." + LATER)
            .alias("DB_MAX_OVERFLOW");

    // Safety and limits.

    public static final Key<Boolean> READ_ONLY = Key.of(
                    "read_only",
                    truth(),
                    "true",
                    "Refuse everything that is not a read. Written as true it holds whatever policy.level says;"
                            + " written as false it means the level balanced where none is set.")
            .safety(TRUE_IS_SAFER)
            .alias("READ_ONLY")
            .flag("read-only");
    public static final Key<String> POLICY_LEVEL = Key.of(
                    "policy.level",
                    ranked(List.of("readOnly", "balanced", "permissive")),
                    "readOnly",
                    "What is asked before a statement runs, by what it does; docs/safety.md has the table.")
            .safety(FIRST_IS_SAFER)
            .flag("level");
    public static final Key<Boolean> REQUIRE_SAFE_ROLE = Key.of(
                    "require_safe_role",
                    truth(),
                    "false",
                    "Refuse to work with a role that could do harm if everything else failed; `howdah doctor` says"
                            + " why.")
            .safety(TRUE_IS_SAFER);
    public static final Key<Optional<Long>> LIMIT_ROWS = Key.of(
                    "limits.rows",
                    limit(number(1, Long.MAX_VALUE)),
                    "1000",
                    "How many rows a terminal shows; a result that is cut says so. Exports have limits.export_rows.")
            .safety(LOWER_IS_SAFER)
            .alias("MAX_RESULT_ROWS")
            .flag("limit");
    public static final Key<Optional<Long>> LIMIT_EXPORT_ROWS = Key.of(
                    "limits.export_rows",
                    limit(number(1, Long.MAX_VALUE)),
                    "none",
                    "How many rows an export writes (files, CSV, JSON, redirected output).")
            .safety(LOWER_IS_SAFER);
    public static final Key<Optional<Duration>> LIMIT_FIRST_ROW_TIMEOUT = Key.of(
                    "limits.first_row_timeout",
                    limit(duration(MILLI, DAY)),
                    "30s",
                    "How long a read may take until its first row; then it is cancelled on the server.")
            .safety(LOWER_IS_SAFER)
            .alias("QUERY_TIMEOUT")
            .flag("timeout");
    public static final Key<Optional<Duration>> LIMIT_EXPORT_TIMEOUT = Key.of(
                    "limits.export_timeout",
                    limit(duration(MILLI, YEAR)),
                    "none",
                    "How long an export may take as a whole.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Long> UNDO_MAX_ROWS = Key.of(
            "undo.max_rows",
            number(1, Long.MAX_VALUE),
            "1000000",
            "The most rows of one write that are kept for an undo; a larger write says beforehand that it has none.");
    public static final Key<Long> UNDO_MAX_SIZE = Key.of(
            "undo.max_size",
            size(1024, 1L << 40),
            "512MB",
            "The most that the rows of one write, as they were, may take; a larger write is rolled back.");
    public static final Key<Duration> UNDO_RETENTION = Key.of(
            "undo.retention",
            duration(Duration.ofMinutes(1), YEAR.multipliedBy(100)),
            "30d",
            "How long a write can be undone; older entries are purged when a new one is kept.");
    public static final Key<Long> LIMIT_QUESTION_LENGTH = Key.of(
                    "limits.question_length",
                    number(1, 100_000),
                    "4000",
                    "The longest question that is read, in characters."
                            + " The built-in engine declines what is longer than 600.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Long> LIMIT_SQL_LENGTH = Key.of(
                    "limits.sql_length", size(1, 1L << 30), "1MB", "The longest SQL statement that is read.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Optional<Long>> LIMIT_RESULT_BYTES = Key.of(
                    "limits.result_bytes",
                    limit(size(1024, 1L << 40)),
                    "64MB",
                    "How much data a result on a terminal may hold; it is cut there, and says so.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Optional<Duration>> LIMIT_LOCK_TIMEOUT = Key.of(
                    "limits.lock_timeout",
                    limit(duration(MILLI, DAY)),
                    "10s",
                    "How long a read may wait for a lock that another session holds.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Optional<Duration>> LIMIT_IDLE_TIMEOUT = Key.of(
                    "limits.idle_timeout",
                    limit(duration(Duration.ofSeconds(1), DAY)),
                    "10m",
                    "How long the server keeps a read open whose rows nobody takes.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Optional<Long>> LIMIT_TEMPORARY_FILES = Key.of(
                    "limits.temporary_files",
                    limit(size(1024, 1L << 40)),
                    "10GB",
                    "How much the server may write to temporary files for a read, where the role may set"
                            + " temp_file_limit.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Optional<Long>> LIMIT_COST = Key.of(
                    "limits.cost",
                    limit(number(1, Long.MAX_VALUE)),
                    "none",
                    "The highest cost that PostgreSQL's planner may estimate for a read, in its own unit.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Boolean> WRITES_REHEARSE = Key.of(
                    "writes.rehearse",
                    truth(),
                    "true",
                    "Find out what a write would do by running it and rolling it back, where the policy permits it to"
                            + " run; otherwise it is estimated.")
            .safety(FALSE_IS_SAFER);
    public static final Key<Boolean> WRITES_REHEARSE_IN_PRODUCTION = Key.of(
                    "writes.rehearse_in_production", truth(), "false", "The same in profiles of production, too.")
            .safety(FALSE_IS_SAFER);
    public static final Key<Duration> WRITES_REHEARSAL_TIMEOUT = Key.of(
                    "writes.rehearsal_timeout",
                    duration(MILLI, DAY),
                    "30s",
                    "How long such a rehearsal may take; what takes longer is estimated.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Optional<Duration>> WRITES_TIMEOUT = Key.of(
                    "writes.timeout",
                    limit(duration(MILLI, YEAR)),
                    "60s",
                    "How long a write that was consented to may take until it is rolled back.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Long> WRITES_MARGIN = Key.of(
                    "writes.margin",
                    number(0, 1_000),
                    "0",
                    "How many per cent more rows than reviewed a write may change in each table before it is rolled back.")
            .safety(LOWER_IS_SAFER);
    public static final Key<String> WRITES_ISOLATION = Key.of(
            "writes.isolation",
            oneOf("read_committed", "repeatable_read", "serializable"),
            "read_committed",
            "The isolation of the transaction that writes.");

    // What becomes of values that identify a person or open a door.

    public static final Key<String> REDACTION_MODEL = mode("model", "mask", "what a language model is given");
    public static final Key<String> REDACTION_AUDIT = mode("audit", "mask", "the audit log");
    public static final Key<String> REDACTION_LOG =
            mode("log", "mask", "the application log; secrets are always masked there");
    public static final Key<String> REDACTION_ERRORS =
            mode("errors", "mask", "what the server says about failures, which quotes rows");
    public static final Key<String> REDACTION_SCREEN = mode("screen", "off", "results on a terminal");
    public static final Key<String> REDACTION_EXPORT = mode("export", "off", "files and redirected output");
    public static final Key<String> REDACTION_COLUMNS = Key.of(
                    "redaction.columns",
                    text(),
                    "",
                    "What columns hold, where their names and comments do not say it: customers.notes=name,"
                            + " orders.token=none. Schemas and tables may be *.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Optional<SecretSetting>> REDACTION_KEY = Key.of(
                    "redaction.key",
                    optional(secret()),
                    null,
                    "The key of mode hash, as long as you like: with another key the same value gets another hash.")
            .safety(NOT_IN_DOTENV);

    private static Key<String> mode(String destination, String standard, String where) {
        return Key.of(
                        "redaction." + destination,
                        ranked(List.of("drop", "mask", "hash", "off")),
                        standard,
                        "What becomes of sensitive values in " + where + ".")
                .safety(FIRST_IS_SAFER);
    }

    // Who approves what.

    public static final Key<String> APPROVAL_LEVELS = Key.of(
                    "approval.levels",
                    text(),
                    "MEDIUM/1000/1, HIGH/10000/1, CRITICAL/all/1",
                    "Who has to approve a write, from the lowest level to the highest: up to which risk, fewer than how many"
                            + " rows, how many persons. A ticket needs the lowest level whose risk and rows both suffice.")
            .safety(NOT_IN_DOTENV);
    public static final Key<String> APPROVAL_APPROVERS = Key.of(
                    "approval.approvers",
                    text(),
                    "",
                    "Who may approve, up to which level, and the public key that their decisions are signed with:"
                            + " ann=2:KEY, bob=3:KEY.")
            .safety(NOT_IN_DOTENV);
    public static final Key<String> APPROVAL_DELEGATIONS = Key.of(
                    "approval.delegations",
                    text(),
                    "",
                    "Who decides in whose place, and when: ann>bob:2026-12-01..2026-12-14.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Optional<Path>> APPROVAL_DIRECTORY = Key.of(
                    "approval.directory",
                    optional(path()),
                    null,
                    "Where tickets are; a directory that requesters and approvers share if they have accounts of their own."
                            + " Without it, below the data directory.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Duration> APPROVAL_VALID_FOR = Key.of(
                    "approval.valid_for",
                    duration(MILLI, Duration.ofDays(30)),
                    "24h",
                    "How long a ticket is good for, from its request to its execution.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Duration> APPROVAL_ESCALATE_AFTER = Key.of(
            "approval.escalate_after",
            duration(MILLI, Duration.ofDays(30)),
            "1h",
            "How long a ticket waits for a decision before the next level is asked.");

    // How results look.

    public static final Key<String> OUTPUT_FORMAT = Key.of(
                    "output.format",
                    oneOf("table", "expanded", "csv", "json", "ndjson", "markdown", "xlsx"),
                    "table",
                    "How results are written.")
            .flag("output");
    public static final Key<String> OUTPUT_COLOR = Key.of(
                    "output.color",
                    oneOf("auto", "always", "never"),
                    "auto",
                    "Colours: auto means on a terminal and unless NO_COLOR is set.")
            .flag("color");
    public static final Key<String> OUTPUT_NULL_TEXT =
            Key.of("output.null_text", text(), "", "What a table shows for NULL.");
    public static final Key<Boolean> OUTPUT_PAGER = Key.of(
            "output.pager", truth(), "false", "Show long results on a terminal through the program in PAGER." + LATER);

    // The record of what was done.

    public static final Key<String> AUDIT_MODE = Key.of(
                    "audit.mode",
                    ranked(List.of("strict", "on", "off")),
                    "on",
                    "Whether everything is recorded that is asked, judged and run; without a record nothing runs."
                            + " strict has reads wait for the disk, too. `audit: strict` is a short form.")
            .safety(FIRST_IS_SAFER);
    public static final Key<Optional<Path>> AUDIT_FILE = Key.of(
                    "audit.file",
                    optional(path()),
                    null,
                    "The audit log. Without it: audit.jsonl in the platform's directory for state.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Optional<SecretSetting>> AUDIT_KEY = Key.of(
                    "audit.key",
                    optional(secret()),
                    null,
                    "The key that seals the records, at least 16 characters. Without it: audit.key beside the log,"
                            + " which is made by the first run.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Boolean> AUDIT_LITERALS = Key.of(
                    "audit.literals",
                    truth(),
                    "false",
                    "Record statements with their constants, which may be data; otherwise ? stands for each.")
            .safety(FALSE_IS_SAFER);
    public static final Key<Boolean> AUDIT_QUESTIONS =
            Key.of("audit.questions", truth(), "true", "Record questions in the words that were asked.");
    public static final Key<Long> AUDIT_MAX_SIZE = Key.of(
            "audit.max_size",
            size(64 << 10, 1L << 30),
            "64MB",
            "How large the file grows before it is put aside and the chain goes on in a new one.");
    public static final Key<Optional<Duration>> AUDIT_RETENTION = Key.of(
                    "audit.retention",
                    limit(duration(DAY, Duration.ofDays(36_500))),
                    "none",
                    "How long files are kept that were put aside. What is deleted is recorded.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Optional<String>> AUDIT_SYSLOG = Key.of(
                    "audit.syslog",
                    optional(text()),
                    null,
                    "Send copies of records there: syslog+tcp://host:514, syslog+tls://, syslog+udp:// or"
                            + " syslog+unix:///path.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Optional<String>> AUDIT_HTTP = Key.of(
                    "audit.http",
                    optional(text()),
                    null,
                    "POST copies of records there, as JSON lines: https://host/path.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Optional<SecretSetting>> AUDIT_HTTP_TOKEN = Key.of(
                    "audit.http_token", optional(secret()), null, "The bearer token for audit.http.")
            .safety(NOT_IN_DOTENV);

    // Answering questions.

    public static final Key<Boolean> QUESTION_ENGINE =
            Key.of("question.engine", truth(), "true", "Answer questions with the built-in engine, without a model.");
    public static final Key<String> QUESTION_STRATEGY = Key.of(
                    "question.strategy",
                    ranked(List.of("engine", "engine-then-model", "model", "cross-check")),
                    "engine-then-model",
                    "Who reads questions, where a model is configured: only the built-in engine; the engine, and the model"
                            + " for what it declines; only the model; or two readers whose results must agree.")
            .flag("strategy")
            .safety(FIRST_IS_SAFER);
    public static final Key<Boolean> QUESTION_STORED_VALUES = Key.of(
                    "question.stored_values",
                    truth(),
                    "true",
                    "Look up values of the database to understand words of a question. They stay in memory.")
            .safety(FALSE_IS_SAFER);
    public static final Key<Boolean> STREAMING = Key.of(
                    "agent.streaming", truth(), "false", "Show on a terminal what a model writes while it writes.")
            .alias("ENABLE_STREAMING");
    public static final Key<Boolean> LAZY_CATALOG = Key.of(
                    "agent.lazy_catalog",
                    truth(),
                    "true",
                    "Tell a model only about the tables that seem to matter where the description of all does not fit"
                            + " into models.schema_tokens. Off: as many as fit, in their order." + LATER)
            .alias("LAZY_SCHEMA_LOADING");
    public static final Key<Long> MAX_TABLES = Key.of(
                    "agent.max_tables",
                    number(1, 1_000),
                    "20",
                    "How many tables a model is told about where not all of them fit into models.schema_tokens.")
            .alias("MAX_TABLES_IN_CONTEXT");

    // Models.

    public static final Key<Optional<SecretSetting>> MODEL_API_KEY = Key.of(
                    "models.api_key",
                    optional(secret()),
                    null,
                    "The key of the model's service. Better a reference than the key itself.")
            .alias("OPENAI_API_KEY");
    public static final Key<Optional<String>> MODEL_NAME = Key.of(
                    "models.name",
                    optional(text()),
                    null,
                    "The model that reads questions where the built-in engine declines. It is told names, types, keys"
                            + " and comments of the database; models.values says what of its rows. Without it no model"
                            + " is asked.")
            .safety(NOT_IN_DOTENV);
    public static final Key<String> MODEL_PROVIDER = Key.of(
                    "models.provider",
                    oneOf("openai", "anthropic"),
                    "openai",
                    "How the model's service is spoken to: OpenAI's chat completions, which nearly all services and"
                            + " local servers speak, or Anthropic's messages.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Optional<String>> MODEL_URL = Key.of(
                    "models.url",
                    optional(text()),
                    null,
                    "Where the model's service is, with its version: http://localhost:11434/v1 for Ollama. Without it:"
                            + " the provider's own service.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Optional<SecretSetting>> MODEL_HEADERS = Key.of(
                    "models.headers",
                    optional(secret()),
                    null,
                    "Headers sent with every request to the model's service: `Name: value`, several with `;` between.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Optional<String>> MODEL_PROXY = Key.of(
                    "models.proxy",
                    optional(text()),
                    null,
                    "The HTTP proxy on the way to the model's service: http://host:port.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Boolean> MODEL_TEMPERATURE = Key.of(
            "models.temperature",
            truth(),
            "true",
            "Ask the model to leave nothing to chance (temperature 0). Off for models that refuse to be asked.");
    public static final Key<Long> MODEL_MAX_TOKENS =
            Key.of("models.max_tokens", number(100, 200_000), "2000", "The longest answer of the model, in tokens.");
    public static final Key<Long> MODEL_SCHEMA_TOKENS = Key.of(
            "models.schema_tokens",
            number(500, 1_000_000),
            "2400",
            "How much the model is told of the database, in tokens. What has more is told in part: the tables that seem"
                    + " to matter.");
    public static final Key<String> MODEL_VALUES = Key.of(
                    "models.values",
                    ranked(List.of("none", "hints", "rows")),
                    "hints",
                    "What the model is told of rows: none; hints, where words of the question are stored and how they are"
                            + " spelled there; rows, what its tools read and common values, redacted as redaction.model"
                            + " says.")
            .safety(FIRST_IS_SAFER);
    public static final Key<Boolean> MODEL_TOOLS = Key.of(
            "models.tools",
            truth(),
            "true",
            "Let the model look at the database with read-only tools before it answers.");
    public static final Key<Long> MODEL_ROUNDS = Key.of(
            "models.rounds", number(1, 10), "10", "How often the model may go on about one question, tools included.");
    public static final Key<Long> MODEL_RESULT_TOKENS = Key.of(
            "models.result_tokens",
            number(100, 100_000),
            "1500",
            "How much one tool may tell the model, in tokens; what is cut is said to be cut.");
    public static final Key<Optional<Path>> MODEL_EXPORTS = Key.of(
                    "models.export_directory",
                    optional(path()),
                    null,
                    "Where the model's tool may write files when a question asks for one. Without it the tool is not"
                            + " there.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Optional<String>> MODEL_PRICES = Key.of(
            "models.prices",
            optional(text()),
            null,
            "What models cost for a million tokens, in your currency: `NAME=INPUT/OUTPUT`, or"
                    + " `NAME=INPUT/CACHED/OUTPUT`; several with `,` between.");
    public static final Key<Optional<Path>> MODEL_RECORD = Key.of(
                    "models.record",
                    optional(path()),
                    null,
                    "A new file that takes what is said to the model and what it answers.")
            .flag("record")
            .safety(NOT_IN_DOTENV);
    public static final Key<Optional<Path>> MODEL_REPLAY = Key.of(
                    "models.replay",
                    optional(path()),
                    null,
                    "A file that models.record wrote, whose answers are given in place of a model's.")
            .flag("replay")
            .safety(NOT_IN_DOTENV);
    public static final Key<Optional<String>> MODEL_CHECKER = Key.of(
                    "models.checker",
                    optional(text()),
                    null,
                    "The second model for question.strategy cross-check, where the engine declines.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Optional<Long>> BUDGET_QUESTION_TOKENS = Key.of(
                    "budget.question_tokens",
                    limit(number(100, 1_000_000_000)),
                    "100000",
                    "How many tokens one question may use of models.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Optional<Long>> BUDGET_SESSION_TOKENS = Key.of(
                    "budget.session_tokens",
                    limit(number(100, 1_000_000_000)),
                    "none",
                    "How many tokens one session may use of models.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Optional<Long>> BUDGET_DAY_TOKENS = Key.of(
                    "budget.day_tokens",
                    limit(number(100, 1_000_000_000)),
                    "none",
                    "How many tokens a day may use of models, all sessions together.")
            .safety(LOWER_IS_SAFER);
    public static final Key<Optional<String>> BUDGET_QUESTION_COST = Key.of(
            "budget.question_cost",
            optional(text()),
            null,
            "What one question may cost, in the currency of models.prices, such as 0.05.");
    public static final Key<Optional<String>> BUDGET_SESSION_COST =
            Key.of("budget.session_cost", optional(text()), null, "What one session may cost.");
    public static final Key<Optional<String>> BUDGET_DAY_COST =
            Key.of("budget.day_cost", optional(text()), null, "What a day may cost, all sessions together.");
    public static final Key<Duration> MODEL_TIMEOUT = Key.of(
            "models.timeout",
            duration(Duration.ofSeconds(1), DAY),
            "60s",
            "How long the model may say nothing, before its first word and between two.");
    public static final Key<Long> MODEL_CALLS_A_MINUTE =
            Key.of("models.calls_per_minute", number(1, 100_000), "60", "How often the model may be asked; more wait.");
    public static final Key<String> MODEL_STRATEGY = Key.of(
                    "models.strategy",
                    oneOf("adaptive", "fast", "balanced", "complex"),
                    "adaptive",
                    "Which model takes a question: adaptive chooses by difficulty among those that are named, and asks the"
                            + " next better one where one finds no answer.")
            .alias("MODEL_STRATEGY");
    public static final Key<Optional<String>> MODEL_FAST = Key.of(
                    "models.fast", optional(text()), null, "The model for easy questions. Without it: models.name.")
            .alias("FAST_MODEL");
    public static final Key<Optional<String>> MODEL_BALANCED = Key.of(
                    "models.balanced",
                    optional(text()),
                    null,
                    "The model for ordinary questions. Without it: models.name.")
            .alias("BALANCED_MODEL");
    public static final Key<Optional<String>> MODEL_COMPLEX = Key.of(
                    "models.complex", optional(text()), null, "The model for hard questions. Without it: models.name.")
            .alias("COMPLEX_MODEL");

    // What is remembered.

    public static final Key<String> HISTORY_MODE = Key.of(
            "history.mode",
            oneOf("sqlite", "memory", "off"),
            "sqlite",
            "Where questions and what came of them are remembered, without rows: in a file, until the program ends, or"
                    + " not at all.");
    public static final Key<Optional<Path>> HISTORY_FILE = Key.of(
                    "history.file",
                    optional(path()),
                    null,
                    "The SQLite file. Without it: howdah.db in the directory for state.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Boolean> HISTORY_LITERALS = Key.of(
                    "history.literals",
                    truth(),
                    "false",
                    "Remember questions and SQL with everything in them, which may be data; otherwise ? stands for each"
                            + " constant, and what looks like a secret or personal is masked.")
            .safety(FALSE_IS_SAFER);
    public static final Key<Long> HISTORY_TOKENS = Key.of(
            "history.tokens",
            number(0, 100_000),
            "1500",
            "How much of a conversation a model is told, in tokens; what is older is summed up.");
    public static final Key<Optional<Path>> QUERIES_FILE = Key.of(
                    "queries.file",
                    optional(path()),
                    null,
                    "The file of verified queries. Without it: queries.yaml beside the configuration.")
            .safety(NOT_IN_DOTENV);

    // Caches.

    public static final Key<Boolean> CACHE_ENABLED = Key.of(
                    "cache.enabled", truth(), "true", "Keep answers for a while." + LATER)
            .alias("CACHE_ENABLED");
    public static final Key<String> CACHE_BACKEND = Key.of(
                    "cache.backend", oneOf("memory", "sqlite", "redis"), "memory", "Where caches are kept." + LATER)
            .alias("CACHE_BACKEND");
    public static final Key<Duration> CACHE_SCHEMA_TTL = Key.of(
                    "cache.schema_ttl", duration(Duration.ZERO, YEAR), "1h", "How long the catalog is kept." + LATER)
            .alias("CACHE_SCHEMA_TTL");
    public static final Key<Duration> CACHE_QUERY_TTL = Key.of(
                    "cache.query_ttl", duration(Duration.ZERO, YEAR), "5m", "How long results are kept." + LATER)
            .alias("CACHE_QUERY_TTL");
    public static final Key<Duration> CACHE_LLM_TTL = Key.of(
                    "cache.llm_ttl", duration(Duration.ZERO, YEAR), "1h", "How long models' answers are kept." + LATER)
            .alias("CACHE_LLM_TTL");

    // The program itself.

    public static final Key<String> LOG_LEVEL = Key.of(
            "log.level",
            oneOf("off", "error", "warn", "info", "debug", "trace"),
            "warn",
            "What is written to the application log.");
    public static final Key<Boolean> LOG_VERBOSE = Key.of(
                    "log.verbose", truth(), "false", "Log at level debug, and show it on standard error too.")
            .flag("verbose");
    public static final Key<Optional<Path>> LOG_FILE = Key.of(
                    "log.file",
                    optional(path()),
                    null,
                    "The application log. Without it: howdah.log in the platform's directory for state.")
            .safety(NOT_IN_DOTENV);
    public static final Key<Long> LOG_MAX_SIZE = Key.of(
            "log.max_size", size(64 << 10, 1L << 30), "5MB", "How large a log file grows before a new one is begun.");
    public static final Key<Long> LOG_FILES =
            Key.of("log.files", number(1, 100), "3", "How many log files are kept, the current one included.");
    public static final Key<Optional<Path>> SAMPLE_DIRECTORY = Key.of(
                    "sample.directory",
                    optional(path()),
                    null,
                    "Where the sample database is kept. Without it: the platform's directory for data.")
            .safety(NOT_IN_DOTENV);

    // Within a profile.

    public static final Key<Optional<SecretSetting>> PROFILE_URL = Key.inProfile(
            "url",
            optional(secret()),
            "The database as a URL: postgresql://user:password@host:port/database. Instead of host, port, user,"
                    + " database.");
    public static final Key<Optional<String>> PROFILE_HOST =
            Key.inProfile("host", optional(text()), "The server's name or address.");
    public static final Key<Optional<Long>> PROFILE_PORT =
            Key.inProfile("port", optional(number(1, 65_535)), "The server's port; 5432 if left out.");
    public static final Key<Optional<String>> PROFILE_DATABASE =
            Key.inProfile("database", optional(text()), "The database's name; the user's name if left out.");
    public static final Key<Optional<String>> PROFILE_USER = Key.inProfile("user", optional(text()), "The role.");
    public static final Key<Optional<SecretSetting>> PROFILE_PASSWORD =
            Key.inProfile("password", optional(secret()), "The password. Better a reference: env://NAME or file:PATH.");
    public static final Key<Optional<String>> PROFILE_SSLMODE = Key.inProfile(
            "sslmode",
            optional(oneOf("disable", "allow", "prefer", "require", "verify-ca", "verify-full")),
            "How much TLS is asked for, as in libpq.");
    public static final Key<Optional<Duration>> PROFILE_CONNECT_TIMEOUT = Key.inProfile(
            "connect_timeout",
            optional(duration(Duration.ofSeconds(1), Duration.ofHours(1))),
            "How long connecting may take.");
    public static final Key<Optional<String>> PROFILE_DISPLAY_NAME =
            Key.inProfile("display_name", optional(text()), "What the database is called on screens.");
    public static final Key<Optional<String>> PROFILE_ENVIRONMENT = Key.inProfile(
            "environment",
            optional(oneOf("dev", "development", "test", "staging", "prod", "production")),
            "What kind of database it is. A production profile is locked; its policy cannot be loosened from the"
                    + " command line even with locked: false.");
    public static final Key<Optional<ZoneId>> PROFILE_TIMEZONE =
            Key.inProfile("timezone", optional(zone()), "The session's time zone; the machine's if left out.");
    public static final Key<Boolean> PROFILE_READ_ONLY =
            Key.inProfile("read_only", READ_ONLY, "In place of read_only for this profile.");
    public static final Key<String> PROFILE_POLICY_LEVEL =
            Key.inProfile("policy.level", POLICY_LEVEL, "In place of policy.level for this profile.");
    public static final Key<Optional<String>> PROFILE_POLICY_READ = demand("read", "a read");
    public static final Key<Optional<String>> PROFILE_POLICY_BOUNDED_WRITE = demand(
            "bounded_write", "a write of at most " + Policy.BOUNDED_ROWS + " rows, measured, that can be undone");
    public static final Key<Optional<String>> PROFILE_POLICY_WRITE =
            demand("write", "any other write, and small ones unless bounded_write is set");
    public static final Key<Optional<String>> PROFILE_POLICY_DEFINE = demand("define", "creating or changing objects");
    public static final Key<Optional<String>> PROFILE_POLICY_DROP = demand("drop", "DROP or TRUNCATE");
    public static final Key<Optional<String>> PROFILE_POLICY_ADMINISTER =
            demand("administer", "changing the server, the session, or who may do what");
    public static final Key<Optional<String>> PROFILE_MCP_BOUNDED_WRITE = mcpDemand("bounded_write");
    public static final Key<Optional<String>> PROFILE_MCP_WRITE = mcpDemand("write");
    public static final Key<Optional<String>> PROFILE_MCP_DEFINE = mcpDemand("define");
    public static final Key<Optional<String>> PROFILE_MCP_DROP = mcpDemand("drop");
    public static final Key<Optional<String>> PROFILE_MCP_ADMINISTER = mcpDemand("administer");
    public static final Key<Boolean> PROFILE_REQUIRE_SAFE_ROLE =
            Key.inProfile("require_safe_role", REQUIRE_SAFE_ROLE, "In place of require_safe_role for this profile.");
    public static final Key<Optional<List<String>>> PROFILE_READABLE = Key.inProfile(
            "readable",
            optional(objects()),
            "The only tables and columns that may be read; all if left out. What stands behind a view counts, too.");
    public static final Key<Optional<List<String>>> PROFILE_BLOCKED = Key.inProfile(
            "blocked",
            optional(objects()),
            "Tables and columns that may not be read, also not behind views, in whole rows or partitions.");
    public static final Key<Optional<List<String>>> PROFILE_TRUSTED = Key.inProfile(
            "trusted",
            optional(trusted()),
            "What may be used although it would be refused because it is not known to only read, is elsewhere, or"
                    + " may show secrets.");
    public static final Key<Boolean> PROFILE_LOCKED = Key.inProfile(
                    "locked",
                    truth(),
                    "Whether this profile's safety settings hold against flags and variables, which may then only"
                            + " tighten them. Left out: true for environment production, false otherwise.")
            .safety(TRUE_IS_SAFER);
    public static final Key<Optional<Duration>> PROFILE_STATEMENT_TIMEOUT = Key.inProfile(
            "statement_timeout", LIMIT_FIRST_ROW_TIMEOUT, "In place of limits.first_row_timeout for this profile.");
    public static final Key<Optional<Long>> PROFILE_MAX_ROWS =
            Key.inProfile("max_rows", LIMIT_ROWS, "In place of limits.rows for this profile.");
    public static final Key<String> PROFILE_REDACT_MODEL =
            Key.inProfile("redaction.model", REDACTION_MODEL, "In place of redaction.model for this profile.");
    public static final Key<String> PROFILE_REDACT_AUDIT =
            Key.inProfile("redaction.audit", REDACTION_AUDIT, "In place of redaction.audit for this profile.");
    public static final Key<String> PROFILE_REDACT_ERRORS =
            Key.inProfile("redaction.errors", REDACTION_ERRORS, "In place of redaction.errors for this profile.");
    public static final Key<String> PROFILE_REDACT_SCREEN =
            Key.inProfile("redaction.screen", REDACTION_SCREEN, "In place of redaction.screen for this profile.");
    public static final Key<String> PROFILE_REDACT_EXPORT =
            Key.inProfile("redaction.export", REDACTION_EXPORT, "In place of redaction.export for this profile.");
    public static final Key<String> PROFILE_REDACT_COLUMNS =
            Key.inProfile("redaction.columns", REDACTION_COLUMNS, "In place of redaction.columns for this profile.");
    public static final Key<Long> PROFILE_POOL_SIZE =
            Key.inProfile("pool_size", POOL_SIZE, "In place of pool.size for this profile.");

    /** The program's settings, in the order in which they are shown. */
    public static final List<Key<?>> PROGRAM = List.of(
            DEFAULT_PROFILE,
            DATABASE_URL,
            READ_ONLY,
            POLICY_LEVEL,
            REQUIRE_SAFE_ROLE,
            POOL_SIZE,
            POOL_MAX_OVERFLOW,
            LIMIT_ROWS,
            LIMIT_EXPORT_ROWS,
            LIMIT_FIRST_ROW_TIMEOUT,
            LIMIT_EXPORT_TIMEOUT,
            LIMIT_QUESTION_LENGTH,
            LIMIT_SQL_LENGTH,
            LIMIT_RESULT_BYTES,
            LIMIT_LOCK_TIMEOUT,
            LIMIT_IDLE_TIMEOUT,
            LIMIT_TEMPORARY_FILES,
            LIMIT_COST,
            WRITES_REHEARSE,
            WRITES_REHEARSE_IN_PRODUCTION,
            WRITES_REHEARSAL_TIMEOUT,
            WRITES_TIMEOUT,
            WRITES_MARGIN,
            WRITES_ISOLATION,
            REDACTION_MODEL,
            REDACTION_AUDIT,
            REDACTION_LOG,
            REDACTION_ERRORS,
            REDACTION_SCREEN,
            REDACTION_EXPORT,
            REDACTION_COLUMNS,
            REDACTION_KEY,
            APPROVAL_LEVELS,
            APPROVAL_APPROVERS,
            APPROVAL_DELEGATIONS,
            APPROVAL_DIRECTORY,
            APPROVAL_VALID_FOR,
            APPROVAL_ESCALATE_AFTER,
            OUTPUT_FORMAT,
            OUTPUT_COLOR,
            OUTPUT_NULL_TEXT,
            OUTPUT_PAGER,
            AUDIT_MODE,
            AUDIT_FILE,
            AUDIT_KEY,
            AUDIT_LITERALS,
            AUDIT_QUESTIONS,
            AUDIT_MAX_SIZE,
            AUDIT_RETENTION,
            AUDIT_SYSLOG,
            AUDIT_HTTP,
            AUDIT_HTTP_TOKEN,
            QUESTION_ENGINE,
            QUESTION_STRATEGY,
            QUESTION_STORED_VALUES,
            STREAMING,
            LAZY_CATALOG,
            MAX_TABLES,
            MODEL_API_KEY,
            MODEL_NAME,
            MODEL_PROVIDER,
            MODEL_URL,
            MODEL_HEADERS,
            MODEL_PROXY,
            MODEL_TEMPERATURE,
            MODEL_MAX_TOKENS,
            MODEL_SCHEMA_TOKENS,
            MODEL_VALUES,
            MODEL_TOOLS,
            MODEL_ROUNDS,
            MODEL_RESULT_TOKENS,
            MODEL_EXPORTS,
            MODEL_PRICES,
            MODEL_TIMEOUT,
            MODEL_CALLS_A_MINUTE,
            MODEL_STRATEGY,
            MODEL_FAST,
            MODEL_BALANCED,
            MODEL_COMPLEX,
            MODEL_CHECKER,
            MODEL_RECORD,
            MODEL_REPLAY,
            BUDGET_QUESTION_TOKENS,
            BUDGET_SESSION_TOKENS,
            BUDGET_DAY_TOKENS,
            BUDGET_QUESTION_COST,
            BUDGET_SESSION_COST,
            BUDGET_DAY_COST,
            HISTORY_MODE,
            HISTORY_FILE,
            HISTORY_LITERALS,
            HISTORY_TOKENS,
            QUERIES_FILE,
            CACHE_ENABLED,
            CACHE_BACKEND,
            CACHE_SCHEMA_TTL,
            CACHE_QUERY_TTL,
            CACHE_LLM_TTL,
            LOG_LEVEL,
            LOG_VERBOSE,
            LOG_FILE,
            LOG_MAX_SIZE,
            LOG_FILES,
            SAMPLE_DIRECTORY);

    /** The settings of one profile, in the order in which they are shown. */
    public static final List<Key<?>> PROFILE = List.of(
            PROFILE_URL,
            PROFILE_HOST,
            PROFILE_PORT,
            PROFILE_DATABASE,
            PROFILE_USER,
            PROFILE_PASSWORD,
            PROFILE_SSLMODE,
            PROFILE_CONNECT_TIMEOUT,
            PROFILE_DISPLAY_NAME,
            PROFILE_ENVIRONMENT,
            PROFILE_READ_ONLY,
            PROFILE_POLICY_LEVEL,
            PROFILE_POLICY_READ,
            PROFILE_POLICY_BOUNDED_WRITE,
            PROFILE_POLICY_WRITE,
            PROFILE_POLICY_DEFINE,
            PROFILE_POLICY_DROP,
            PROFILE_POLICY_ADMINISTER,
            PROFILE_MCP_BOUNDED_WRITE,
            PROFILE_MCP_WRITE,
            PROFILE_MCP_DEFINE,
            PROFILE_MCP_DROP,
            PROFILE_MCP_ADMINISTER,
            PROFILE_REQUIRE_SAFE_ROLE,
            PROFILE_READABLE,
            PROFILE_BLOCKED,
            PROFILE_TRUSTED,
            PROFILE_LOCKED,
            PROFILE_STATEMENT_TIMEOUT,
            PROFILE_MAX_ROWS,
            PROFILE_REDACT_MODEL,
            PROFILE_REDACT_AUDIT,
            PROFILE_REDACT_ERRORS,
            PROFILE_REDACT_SCREEN,
            PROFILE_REDACT_EXPORT,
            PROFILE_REDACT_COLUMNS,
            PROFILE_POOL_SIZE,
            PROFILE_TIMEZONE);

    /** {@code HOWDAH_*} variables that are no settings: where the file is, and what the launcher reads. */
    static final List<String> OTHER_VARIABLES = List.of("HOWDAH_CONFIG", "HOWDAH_JAVA_HOME", "HOWDAH_JAVA_OPTS");

    private Keys() {}

    private static Key<Optional<String>> demand(String matter, String what) {
        return Key.inProfile(
                        "policy." + matter,
                        optional(demands()),
                        "What is asked before " + what + ", in place of what the level asks.")
                .safety(FIRST_IS_SAFER);
    }

    private static Key<Optional<String>> mcpDemand(String matter) {
        return Key.inProfile(
                        "policy.mcp." + matter,
                        optional(demands()),
                        "The same for MCP clients, in place of one step"
                                + " more than for people; never less than for people.")
                .safety(FIRST_IS_SAFER);
    }

    private static ValueType<String> demands() {
        return ranked(List.of("refuse", "approval", "type", "confirm", "allow"));
    }
}
