package dev.howdah.library;

import dev.howdah.agent.model.Model;
import dev.howdah.agent.model.ModelSettings;
import dev.howdah.agent.model.PatientModel;
import dev.howdah.agent.model.RemoteModel;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.library.settings.Key;
import dev.howdah.library.settings.Keys;
import dev.howdah.library.settings.SecretSetting;
import dev.howdah.library.settings.Settings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The model that the settings name. */
public final class ModelSource {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private ModelSource() {}

    /**
     * The model, with patience; empty if the settings name none. Connects to nothing yet.
     *
     * @throws HowdahException of code CONFIGURATION if a setting of it makes no sense
     */
    static Optional<Model> of(Settings settings, Clock clock) {
        return remote(settings, clock)
                .map(model -> new PatientModel(
                        model,
                        Math.toIntExact(settings.value(Keys.MODEL_CALLS_A_MINUTE)),
                        ModelSource::pause,
                        RandomGenerator.getDefault()));
    }

    /** The same without patience, to look at its server. */
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
