package dev.howdah.agent.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.agent.model.ModelException.Fault;
import dev.howdah.base.PlainText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what a server or a connection says into a {@link ModelException} that says what to do. */
final class Faults {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_QUOTE = 300;

    private final ModelSettings settings;

    Faults(ModelSettings settings) {
        this.settings = settings;
    }

    /** A status that is no success. */
    ModelException status(int status, Optional<String> retryAfter, String body, Instant now) {
        Said said = said(body);
        String text = said.message.isEmpty() ? "HTTP status " + status : said.message;
        Fault fault = fault(status, said);
        return switch (fault) {
            case AUTHENTICATION ->
                new ModelException(
                        fault,
                        "The model server refuses the key: " + text,
                        settings.key().isEmpty()
                                ? "It wants one: set models.api_key, for example to env://OPENAI_API_KEY."
                                : "Check models.api_key and that it belongs to " + settings.baseUrl() + ".");
            case QUOTA ->
                new ModelException(
                        fault, "The model account has nothing left: " + text, "Look at the provider's billing page.");
            case NOT_FOUND ->
                new ModelException(
                        fault,
                        "The model server knows no " + settings.model() + ": " + text,
                        "`howdah models` lists what it offers; check models.name and models.url.");
            case TOO_LONG ->
                new ModelException(fault, "The prompt is too long for " + settings.model() + ": " + text, null);
            case BUSY ->
                new ModelException(
                        fault,
                        "The model server is busy: " + text,
                        "Try again in a moment.",
                        retryAfter.flatMap(value -> delay(value, now)).orElse(null),
                        null);
            case SERVER ->
                new ModelException(
                        fault,
                        "The model server failed: " + text,
                        "Try again in a moment.",
                        retryAfter.flatMap(value -> delay(value, now)).orElse(null),
                        null);
            default ->
                new ModelException(
                        Fault.BAD_REQUEST,
                        "The model server refuses the request: " + text,
                        "`howdah models` tests what this model can do.");
        };
    }

    /** An error that came inside a stream which began well. */
    ModelException inStream(String data) {
        Said said = said(data);
        String kind = said.kind.toLowerCase(Locale.ROOT);
        Fault fault = kind.contains("rate_limit") || kind.contains("overloaded") ? Fault.BUSY : Fault.SERVER;
        return new ModelException(
                fault,
                "The model server broke off: " + (said.message.isEmpty() ? "it gave no reason" : said.message),
                "Try again in a moment.");
    }

    /** A connection that could not be made, broke or fell silent. */
    ModelException connection(Throwable failure) {
        String where = settings.baseUrl().getHost()
                + (settings.baseUrl().getPort() < 0
                        ? ""
                        : ":" + settings.baseUrl().getPort());
        if (has(failure, HttpConnectTimeoutException.class)) {
            return made(Fault.UNREACHABLE, "The model server at " + where + " does not answer.", failure);
        }
        if (has(failure, HttpTimeoutException.class)) {
            return new ModelException(
                    Fault.STALLED,
                    "The model said nothing for " + settings.idleTimeout().toSeconds() + " s.",
                    "Try again, or allow more with models.timeout.",
                    null,
                    failure);
        }
        if (has(failure, UnknownHostException.class) || has(failure, UnresolvedAddressException.class)) {
            return made(
                    Fault.UNREACHABLE, "There is no host " + settings.baseUrl().getHost() + ".", failure);
        }
        if (has(failure, ConnectException.class)) {
            return made(Fault.UNREACHABLE, "No model server listens at " + where + ".", failure);
        }
        if (has(failure, SSLException.class)) {
            return made(Fault.UNREACHABLE, "TLS with the model server at " + where + " fails.", failure);
        }
        return new ModelException(
                Fault.BROKEN,
                "The connection to the model server broke before the answer was whole.",
                "Try again in a moment.",
                null,
                failure);
    }

    /** Something that is not what model servers say. */
    ModelException notAModelServer(String what) {
        return new ModelException(
                Fault.NO_MODEL_SERVER,
                "What answers at " + settings.baseUrl() + " is no model server: " + what + ".",
                "Check models.url; it usually ends in /v1.");
    }

    private static ModelException made(Fault fault, String message, Throwable cause) {
        return new ModelException(fault, message, "Is it running? Check models.url and models.proxy.", null, cause);
    }

    private static Fault fault(int status, Said said) {
        String kind = (said.kind + " " + said.message).toLowerCase(Locale.ROOT);
        if (kind.contains("insufficient_quota") || kind.contains("credit balance") || status == 402) {
            return Fault.QUOTA;
        }
        if (kind.contains("context_length")
                || kind.contains("maximum context")
                || kind.contains("prompt is too long")
                || status == 413) {
            return Fault.TOO_LONG;
        }
        return switch (status) {
            case 401, 403 -> Fault.AUTHENTICATION;
            case 404 -> Fault.NOT_FOUND;
            case 408, 409, 425, 429, 503, 529 -> Fault.BUSY;
            default -> status >= 500 ? Fault.SERVER : Fault.BAD_REQUEST;
        };
    }

    private record Said(String kind, String message) {}

    /** {@code {"error": {"type", "code", "message"}}} in its several spellings; anything else says nothing. */
    private Said said(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            JsonNode error = root == null ? null : root.path("error");
            if (error == null || error.isMissingNode()) {
                return new Said(
                        "", root == null ? "" : quoted(root.path("message").asText("")));
            }
            if (error.isTextual()) {
                return new Said("", quoted(error.asText()));
            }
            String kind =
                    error.path("type").asText("") + " " + error.path("code").asText("");
            return new Said(kind, quoted(error.path("message").asText("")));
        } catch (JsonProcessingException e) {
            // A proxy's page or the like: the status has to do.
            return new Said("", "");
        }
    }

    /** A server's words: one line, not long, and never the key, which some servers repeat. */
    private String quoted(String text) {
        String line = PlainText.oneLine(text);
        String safe = settings.key()
                .filter(key -> !key.isEmpty())
                .map(key -> line.replace(key, "…"))
                .orElse(line);
        return safe.length() <= LONGEST_QUOTE ? safe : safe.substring(0, LONGEST_QUOTE) + "…";
    }

    /** RFC 9110, section 10.2.3: seconds or a date. */
    private static Optional<Duration> delay(String value, Instant now) {
        try {
            return Optional.of(Duration.ofSeconds(Math.max(0, Long.parseLong(value.trim()))));
        } catch (NumberFormatException notSeconds) {
            try {
                Duration until = Duration.between(
                        now,
                        ZonedDateTime.parse(value.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
                return Optional.of(until.isNegative() ? Duration.ZERO : until);
            } catch (DateTimeParseException neither) {
                return Optional.empty();
            }
        }
    }

    private static boolean has(@Nullable Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this is the network's doing at all. */
    static boolean isConnection(Throwable failure) {
        return has(failure, IOException.class) || has(failure, UnresolvedAddressException.class);
    }
}
