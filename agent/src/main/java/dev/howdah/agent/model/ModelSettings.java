package dev.howdah.agent.model;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which model, where, and how long to wait for it.
 *
 * @param provider which protocol the server speaks
 * @param baseUrl where the server is, up to and including the version ({@code https://api.openai.com/v1})
 * @param key the secret that the server asks for; empty for servers that want none
 * @param model the model's name at that server
 * @param temperature how much chance decides; 0 unless set. Empty: not sent, because some models refuse it
 * @param maxTokens the longest answer
 * @param connectTimeout until the connection stands
 * @param idleTimeout the longest silence, before the first byte as well as between two
 * @param headers sent with every request
 * @param proxy an HTTP proxy, {@code http://host:port}
 */
public record ModelSettings(
        Provider provider,
        URI baseUrl,
        Optional<String> key,
        String model,
        OptionalDouble temperature,
        int maxTokens,
        Duration connectTimeout,
        Duration idleTimeout,
        Map<String, String> headers,
        Optional<URI> proxy) {
    /** Copies the map. */
    public ModelSettings {
        headers = Map.copyOf(headers);
    }

    /** The protocols. */
    public enum Provider {
        /** OpenAI's chat completions, which nearly every server speaks. */
        OPENAI("https://api.openai.com/v1"),
        /** Anthropic's messages. */
        ANTHROPIC("https://api.anthropic.com/v1");

        private final URI home;

        Provider(String home) {
            this.home = URI.create(home);
        }

        /** Where the provider's own service is. */
        public URI home() {
            return home;
        }
    }

    /** Without the key: records print all they hold, and this one may reach a log. */
    @Override
    public String toString() {
        return provider + " " + model + " at " + baseUrl;
    }
}
