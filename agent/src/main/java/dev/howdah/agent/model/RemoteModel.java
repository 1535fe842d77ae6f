package dev.howdah.agent.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.agent.model.Completion.Finish;
import dev.howdah.agent.model.Completion.Usage;
import dev.howdah.agent.model.ModelException.Fault;
import dev.howdah.base.Cancellation;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model behind HTTP. One attempt a call: {@link PatientModel} tries again. Thread-safe. */
public final class RemoteModel implements Model, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** For servers that want no key; the codecs do not send an empty one. */
    private static final String NO_KEY = "none";

    private final ModelSettings settings;
    private final Clock clock;
    private final Faults faults;
    private java.net.http.@Nullable HttpClient client;

    /** @param clock tells how long {@code Retry-After} is when it is a date */
    public RemoteModel(ModelSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.faults = new Faults(settings);
    }

    @Override
    public String name() {
        return settings.provider().name().toLowerCase(Locale.ROOT) + "/" + settings.model();
    }

    @Override
    public Completion complete(Prompt prompt, TextListener text, Cancellation cancellation) {
        cancellation.check();
        Call call = call(cancellation);
        Answer answer = new Answer(text);
        StreamingChatModel codec = codec(call);
        codec.chat(request(prompt), answer);
        Optional<ModelException> failure = call.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        ChatResponse response = answer.response;
        if (response == null) {
            throw answer.error == null ? cut() : misunderstood(answer.error);
        }
        return completion(response, call.saidWhyItEnded());
    }

    /**
     * The names of the models that the server offers, as it lists them.
     *
     * @throws ModelException if it does not say
     */
    public List<String> offered(Cancellation cancellation) {
        List<String> names = new ArrayList<>();
        call(cancellation)
                .json("/models", headers())
                .path("data")
                .forEach(model -> names.add(model.path("id").asText("")));
        return names.stream().filter(name -> !name.isEmpty()).sorted().toList();
    }

    /** Ends what runs and closes the connections. */
    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }

    private Call call(Cancellation cancellation) {
        return new Call(client(), settings, faults, cancellation, clock);
    }

    /** Made when first needed: most commands ask no model. */
    private synchronized java.net.http.HttpClient client() {
        if (client == null) {
            var builder = java.net.http.HttpClient.newBuilder()
                    // Small local servers do not know the upgrade that HTTP/2 over clear text asks for.
                    .version(java.net.http.HttpClient.Version.HTTP_1_1)
                    .connectTimeout(settings.connectTimeout());
            settings.proxy()
                    .ifPresent(proxy ->
                            builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort()))));
            client = builder.build();
        }
        return client;
    }

    /** What LangChain4j's codecs send with an answer's request, for requests of our own. */
    private Map<String, String> headers() {
        String key = settings.key().orElse(NO_KEY);
        return switch (settings.provider()) {
            case OPENAI -> Map.of("Authorization", "Bearer " + key);
            case ANTHROPIC -> Map.of("x-api-key", key, "anthropic-version", "2023-06-01");
        };
    }

    private StreamingChatModel codec(Call call) {
        HttpClientBuilder transport = new Transport(call);
        String key = settings.key().orElse(NO_KEY);
        @Nullable
        Double temperature =
                settings.temperature().isPresent() ? settings.temperature().getAsDouble() : null;
        return switch (settings.provider()) {
            case OPENAI ->
                OpenAiStreamingChatModel.builder()
                        .httpClientBuilder(transport)
                        .baseUrl(settings.baseUrl().toString())
                        .apiKey(key)
                        .modelName(settings.model())
                        .temperature(temperature)
                        .maxTokens(settings.maxTokens())
                        .build();
            case ANTHROPIC ->
                AnthropicStreamingChatModel.builder()
                        .httpClientBuilder(transport)
                        .baseUrl(settings.baseUrl().toString())
                        .apiKey(key)
                        .modelName(settings.model())
                        .temperature(temperature)
                        .maxTokens(settings.maxTokens())
                        .cacheSystemMessages(true)
                        .build();
        };
    }

    private static ChatRequest request(Prompt prompt) {
        List<ChatMessage> messages =
                prompt.messages().stream().map(RemoteModel::message).toList();
        var builder = ChatRequest.builder().messages(messages);
        if (!prompt.tools().isEmpty()) {
            builder.toolSpecifications(
                    prompt.tools().stream().map(RemoteModel::specification).toList());
        }
        return builder.build();
    }

    private static ChatMessage message(Message message) {
        return switch (message) {
            case Message.Instructions instructions -> SystemMessage.from(instructions.text());
            case Message.FromPerson person -> UserMessage.from(person.text());
            case Message.FromModel model ->
                AiMessage.builder()
                        .text(model.text().isEmpty() ? null : model.text())
                        .toolExecutionRequests(
                                model.calls().stream().map(RemoteModel::call).toList())
                        .build();
            case Message.FromTool tool ->
                ToolExecutionResultMessage.from(tool.call().id(), tool.call().tool(), tool.result());
        };
    }

    private static ToolExecutionRequest call(ToolCall call) {
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.tool())
                // Servers parse it; a model's malformed text would fail the whole request.
                .arguments(isObject(call.arguments()) ? call.arguments() : "{}")
                .build();
    }

    private static boolean isObject(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            return root != null && root.isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static ToolSpecification specification(ToolDescription tool) {
        try {
            String json = JSON.createObjectNode()
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("parameters", JSON.readTree(tool.parameters()))
                    .toString();
            return ToolSpecification.fromJson(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the schema of " + tool.name() + " is no JSON", e);
        }
    }

    private Completion completion(ChatResponse response, boolean saidWhy) {
        Finish finish = finish(response.finishReason(), saidWhy);
        AiMessage message = response.aiMessage();
        List<ToolCall> calls = finish == Finish.TOKEN_LIMIT || !message.hasToolExecutionRequests()
                ? List.of()
                : message.toolExecutionRequests().stream()
                        .map(request -> new ToolCall(
                                request.id() == null ? "" : request.id(),
                                request.name() == null ? "" : request.name(),
                                request.arguments() == null ? "" : request.arguments()))
                        .toList();
        String text = message.text() == null ? "" : message.text();
        return new Completion(text, calls, finish, usage(response.tokenUsage()));
    }

    private Finish finish(@Nullable FinishReason reason, boolean saidWhy) {
        return switch (reason) {
            case STOP, OTHER -> Finish.DONE;
            case TOOL_EXECUTION -> Finish.TOOLS;
            case LENGTH -> Finish.TOKEN_LIMIT;
            case CONTENT_FILTER -> Finish.FILTERED;
            case null -> {
                if (!saidWhy) {
                    throw cut();
                }
                yield Finish.DONE;
            }
        };
    }

    private static Usage usage(@Nullable TokenUsage usage) {
        if (usage == null) {
            return Usage.NONE;
        }
        int input = orZero(usage.inputTokenCount());
        int output = orZero(usage.outputTokenCount());
        return switch (usage) {
            case OpenAiTokenUsage openAi ->
                new Usage(
                        input,
                        openAi.inputTokensDetails() == null
                                ? 0
                                : orZero(openAi.inputTokensDetails().cachedTokens()),
                        output);
            // Anthropic counts what it read from and wrote to its cache beside the input, not in it.
            case AnthropicTokenUsage anthropic -> {
                int cached = orZero(anthropic.cacheReadInputTokens());
                yield new Usage(input + cached + orZero(anthropic.cacheCreationInputTokens()), cached, output);
            }
            default -> new Usage(input, 0, output);
        };
    }

    private static int orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    private ModelException cut() {
        return new ModelException(Fault.CUT, "The model's answer ended before it was whole.", "Try again in a moment.");
    }

    private ModelException misunderstood(Throwable error) {
        return new ModelException(
                Fault.NO_MODEL_SERVER,
                "What " + settings.baseUrl() + " sends is not what " + name() + " should.",
                "Check models.provider and models.url.",
                null,
                error);
    }

    /** What the codec makes of the stream; the first terminal call wins. */
    private static final class Answer implements StreamingChatResponseHandler {
        private final TextListener text;
        private @Nullable ChatResponse response;
        private @Nullable Throwable error;

        Answer(TextListener text) {
            this.text = text;
        }

        @Override
        public void onPartialResponse(String piece) {
            text.text(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse complete) {
            if (response == null && error == null) {
                response = complete;
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (response == null && error == null) {
                error = cause;
            }
        }
    }

    /** Hands one call's connection to LangChain4j; its timeouts are ours already. */
    private record Transport(Call call) implements HttpClientBuilder {
        @Override
        public @Nullable Duration connectTimeout() {
            return null;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public @Nullable Duration readTimeout() {
            return null;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return call;
        }
    }
}
