package dev.howdah.library;

import dev.howdah.agent.Models;
import dev.howdah.agent.Strategy;
import dev.howdah.agent.context.Knowledge;
import dev.howdah.agent.context.Values;
import dev.howdah.agent.model.Model;
import dev.howdah.agent.model.ModelSettings;
import dev.howdah.agent.model.PatientModel;
import dev.howdah.agent.model.RecordingModel;
import dev.howdah.agent.model.RemoteModel;
import dev.howdah.agent.model.ScriptedModel;
import dev.howdah.agent.spending.Budget;
import dev.howdah.agent.spending.DayBook;
import dev.howdah.agent.spending.FileDayBook;
import dev.howdah.agent.spending.Prices;
import dev.howdah.agent.spending.Spending;
import dev.howdah.agent.spending.Spending.Budgets;
import dev.howdah.agent.tools.Toolbox;
import dev.howdah.agent.tools.Workbench;
import dev.howdah.agent.writing.LoopLimits;
import dev.howdah.agent.writing.SqlWriter;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.redaction.RedactionPolicy;
import dev.howdah.library.settings.Key;
import dev.howdah.library.settings.Keys;
import dev.howdah.library.settings.SecretSetting;
import dev.howdah.library.settings.Settings;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The model that the settings name. */
public final class ModelSource {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final String RECORDED = "recorded";

    private ModelSource() {}

    /**
     * The models, with patience; empty if the settings name none. Connects to nothing yet.
     *
     * @throws HowdahException of code CONFIGURATION if a setting of it makes no sense
     */
    static Optional<Models> models(Settings settings, Knowledge knowledge, Workbench bench, Clock clock, ZoneId zone) {
        Map<String, Prices> prices =
                settings.value(Keys.MODEL_PRICES).map(ModelSource::prices).orElse(Map.of());
        Function<String, SqlWriter> writers = name -> new SqlWriter(
                model(settings, name, clock),
                Optional.ofNullable(prices.get(name)),
                knowledge,
                settings.value(Keys.MODEL_TOOLS) ? Optional.of(Toolbox.of(bench)) : Optional.empty(),
                new LoopLimits(Math.toIntExact(settings.value(Keys.MODEL_ROUNDS)), LoopLimits.STANDARD.repairs()),
                clock,
                zone);
        Optional<Path> replay = settings.value(Keys.MODEL_REPLAY);
        if (replay.isPresent()) {
            return Optional.of(Models.one(writers.apply(RECORDED)));
        }
        return settings.value(Keys.MODEL_NAME)
                .map(name -> new Models(
                        tiers(settings, name).stream().map(writers).toList(),
                        settings.value(Keys.MODEL_CHECKER).map(writers)));
    }

    /** The names of the models, from the one for easy questions to the one for hard ones, each once. */
    private static List<String> tiers(Settings settings, String name) {
        String fast = settings.value(Keys.MODEL_FAST).orElse(name);
        String balanced = settings.value(Keys.MODEL_BALANCED).orElse(name);
        String complex = settings.value(Keys.MODEL_COMPLEX).orElse(name);
        return switch (settings.value(Keys.MODEL_STRATEGY)) {
            case "fast" -> List.of(fast);
            case "balanced" -> List.of(balanced);
            case "complex" -> List.of(complex);
            default -> Stream.of(fast, balanced, complex).distinct().toList();
        };
    }

    private static Model model(Settings settings, String name, Clock clock) {
        Optional<Path> replay = settings.value(Keys.MODEL_REPLAY);
        if (replay.isPresent()) {
            return ScriptedModel.replay(replay.get());
        }
        Model patient = patient(settings, name, clock);
        return settings.value(Keys.MODEL_RECORD)
                .<Model>map(file -> new RecordingModel(patient, file))
                .orElse(patient);
    }

    private static Model patient(Settings settings, String name, Clock clock) {
        return new PatientModel(
                new RemoteModel(modelSettings(settings, name), clock),
                Math.toIntExact(settings.value(Keys.MODEL_CALLS_A_MINUTE)),
                ModelSource::pause,
                RandomGenerator.getDefault());
    }

    /** What is known of the database and may be told. */
    static Knowledge knowledge(Settings settings, Knowledge.Source source, RedactionPolicy redaction) {
        return new Knowledge(
                source,
                Values.valueOf(settings.value(Keys.MODEL_VALUES).toUpperCase(Locale.ROOT)),
                Math.toIntExact(settings.value(Keys.MODEL_SCHEMA_TOKENS)),
                Math.toIntExact(settings.value(Keys.MAX_TABLES)),
                redaction);
    }

    /** Who reads questions. */
    static Strategy strategy(Settings settings) {
        return Strategy.valueOf(
                settings.value(Keys.QUESTION_STRATEGY).toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** What models may cost. */
    static Spending spending(Settings settings, Clock clock, ZoneId zone) {
        Budgets budgets = new Budgets(
                budget(settings, Keys.BUDGET_QUESTION_TOKENS, Keys.BUDGET_QUESTION_COST),
                budget(settings, Keys.BUDGET_SESSION_TOKENS, Keys.BUDGET_SESSION_COST),
                budget(settings, Keys.BUDGET_DAY_TOKENS, Keys.BUDGET_DAY_COST));
        boolean daily = !budgets.day().equals(Budget.UNLIMITED);
        // Without a budget for the day nothing is written anywhere.
        DayBook days = daily
                ? new FileDayBook(settings.environment().stateDirectory().resolve("spending"))
                : DayBook.inMemory();
        return new Spending(budgets, days, clock, zone);
    }

    private static Budget budget(Settings settings, Key<Optional<Long>> tokens, Key<Optional<String>> cost) {
        return new Budget(settings.value(tokens), settings.value(cost).map(text -> amount(cost, text)));
    }

    private static BigDecimal amount(Key<?> key, String text) {
        try {
            BigDecimal amount = new BigDecimal(text.strip());
            if (amount.signum() >= 0) {
                return amount;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, the same for both.
        }
        throw wrong(key, "holds no amount of money such as 0.05");
    }

    private static Map<String, Prices> prices(String text) {
        Map<String, Prices> prices = new HashMap<>();
        for (String entry : text.split(",", -1)) {
            int equals = entry.lastIndexOf('=');
            String[] parts = entry.substring(equals + 1).split("/", -1);
            if (equals < 1 || parts.length < 2 || parts.length > 3) {
                throw wrong(Keys.MODEL_PRICES, "is not written like gpt-4.1=2/8 or gpt-4.1=2/0.5/8");
            }
            BigDecimal input = amount(Keys.MODEL_PRICES, parts[0]);
            prices.put(
                    entry.substring(0, equals).strip(),
                    new Prices(
                            input,
                            parts.length == 3 ? amount(Keys.MODEL_PRICES, parts[1]) : input,
                            amount(Keys.MODEL_PRICES, parts[parts.length - 1])));
        }
        return prices;
    }

    /** The model that is named, without patience, to look at its server. */
    public static Optional<RemoteModel> remote(Settings settings, Clock clock) {
        return settings.value(Keys.MODEL_NAME).map(name -> new RemoteModel(modelSettings(settings, name), clock));
    }

    private static ModelSettings modelSettings(Settings settings, String name) {
        ModelSettings.Provider provider = ModelSettings.Provider.valueOf(
                settings.value(Keys.MODEL_PROVIDER).toUpperCase(Locale.ROOT));
        return new ModelSettings(
                provider,
                settings.value(Keys.MODEL_URL)
                        .map(text -> url(Keys.MODEL_URL, text))
                        .orElse(provider.home()),
                settings.value(Keys.MODEL_API_KEY).map(SecretSetting::reveal).filter(key -> !key.isBlank()),
                name,
                settings.value(Keys.MODEL_TEMPERATURE) ? OptionalDouble.of(0) : OptionalDouble.empty(),
                Math.toIntExact(settings.value(Keys.MODEL_MAX_TOKENS)),
                CONNECT,
                settings.value(Keys.MODEL_TIMEOUT),
                settings.value(Keys.MODEL_HEADERS)
                        .map(SecretSetting::reveal)
                        .map(ModelSource::headers)
                        .orElse(Map.of()),
                settings.value(Keys.MODEL_PROXY).map(text -> proxy(url(Keys.MODEL_PROXY, text))));
    }

    private static URI url(Key<?> key, String text) {
        try {
            URI url = URI.create(text.strip().replaceFirst("/+$", ""));
            if (url.getHost() != null
                    && (url.getScheme().equals("http") || url.getScheme().equals("https"))) {
                return url;
            }
        } catch (IllegalArgumentException notAUrl) {
            // Said below, the same for both.
        }
        throw wrong(key, "is no http:// or https:// address");
    }

    private static URI proxy(URI url) {
        if (url.getPort() < 0) {
            throw wrong(Keys.MODEL_PROXY, "names no port");
        }
        return url;
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header : text.split("[;\\n]", -1)) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.put(
                        header.substring(0, colon).strip(),
                        header.substring(colon + 1).strip());
            } else if (!header.isBlank()) {
                throw wrong(Keys.MODEL_HEADERS, "holds a header without a colon");
            }
        }
        return headers;
    }

    private static HowdahException wrong(Key<?> key, String what) {
        return new HowdahException(
                ErrorCode.CONFIGURATION,
                key.name() + " " + what + ".",
                "`howdah config show --origin` says where it is set.");
    }

    private static void pause(Duration time, Cancellation cancellation) {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (Cancellation.Registration _ = cancellation.onCancel(cancelled::countDown)) {
            if (cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
