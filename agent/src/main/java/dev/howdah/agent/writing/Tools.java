package dev.howdah.agent.writing;

import dev.howdah.agent.context.SchemaContext;
import dev.howdah.agent.model.ToolCall;
import dev.howdah.agent.tools.ToolResult;
import dev.howdah.agent.tools.ToolUse;
import dev.howdah.agent.tools.Toolbox;
import dev.howdah.base.Cancellation;
import dev.howdah.base.PlainText;
import dev.howdah.guard.Guard;
import dev.howdah.guard.redaction.PromptWriter;
import dev.howdah.guard.redaction.RedactionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs the tools that a model asks for in one question: those of a round side by side, each call once. For one thread.
 */
final class Tools {
    /** More calls in one round than a model has any use for. */
    private static final int MOST_CALLS = 16;

    private static final int LONGEST_SHOWN = 2_000;

    private final Toolbox toolbox;
    private final Guard guard;
    private final RedactionPolicy redaction;
    private final Hearing hearing;
    private final Set<String> made = new HashSet<>();
    private final List<String> statements = new ArrayList<>();
    private int idle;
    private int refusals;
    private int numbered;

    Tools(Toolbox toolbox, Guard guard, RedactionPolicy redaction, Hearing hearing) {
        this.toolbox = toolbox;
        this.guard = guard;
        this.redaction = redaction;
        this.hearing = hearing;
    }

    /**
     * What came of a round's calls.
     *
     * @param results for the model, in the order of the calls
     * @param ask a question to the person, if one of them was that
     */
    record Round(List<String> results, Optional<ToolResult.Question> ask) {}

    /** The statements that tools ran, in order. */
    List<String> statements() {
        return List.copyOf(statements);
    }

    /** Whether any tool has told the model something. */
    boolean haveTold() {
        return !made.isEmpty();
    }

    /** Whether the last rounds brought nothing new, so that another one would not either. */
    boolean isStuck() {
        return idle >= 2;
    }

    /** Whether the model tries to change things although it was told that it cannot. */
    boolean isDefiant() {
        return refusals >= 2;
    }

    private record Running(
            ToolCall call, String id, String arguments, long start, Future<ToolResult> result, boolean fresh) {}

    /** Runs the calls. */
    Round run(List<ToolCall> calls, Cancellation cancellation) {
        List<String> results = new ArrayList<>();
        Optional<ToolResult.Question> ask = Optional.empty();
        boolean progress = false;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Running running : begin(calls, threads, cancellation)) {
                ToolResult result = result(running.result());
                hearing.tool(new ToolUse(
                        running.id(),
                        running.call().tool(),
                        running.arguments(),
                        Optional.of(new ToolUse.Outcome(result.words(), result.failed())),
                        Duration.ofNanos(System.nanoTime() - running.start())));
                ask = ask.or(result::ask);
                progress |= running.fresh() && !result.failed();
                refusals += result.words().startsWith("refused") ? 1 : 0;
                results.add(text(result));
            }
        }
        for (int left = results.size(); left < calls.size(); left++) {
            results.add("Not run: at most " + MOST_CALLS + " calls at a time.");
        }
        idle = progress ? 0 : idle + 1;
        return new Round(results, ask);
    }

    private List<Running> begin(List<ToolCall> calls, ExecutorService threads, Cancellation cancellation) {
        List<Running> running = new ArrayList<>();
        for (ToolCall call : calls.subList(0, Math.min(MOST_CALLS, calls.size()))) {
            String id = Integer.toString(++numbered);
            String arguments = shown(call.arguments());
            long start = System.nanoTime();
            hearing.tool(new ToolUse(id, call.tool(), arguments, Optional.empty(), Duration.ZERO));
            boolean fresh = made.add(call.tool() + " " + call.arguments().replaceAll("\\s+", ""));
            Future<ToolResult> result = threads.submit(() -> fresh ? toolbox.run(call, guard, cancellation) : same());
            running.add(new Running(call, id, arguments, start, result, fresh));
            if (fresh) {
                statement(call).ifPresent(statements::add);
            }
        }
        return running;
    }

    private static ToolResult same() {
        return new ToolResult(
                List.of(new ToolResult.Part.Own(Template.SAME.text())), "the same as before", true, Optional.empty());
    }

    private static Optional<String> statement(ToolCall call) {
        return call.tool().equals("execute_query")
                ? Written.Reading.json("{\"sql\":\"\"}" + call.arguments())
                        .map(root -> root.path("sql").asText(""))
                : Optional.empty();
    }

    private static String shown(String arguments) {
        String line = PlainText.oneLine(arguments);
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
    }

    /** What a tool threw is thrown here, as it was. */
    private static ToolResult result(Future<ToolResult> result) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String text(ToolResult result) {
        PromptWriter prompt = new PromptWriter(redaction);
        for (ToolResult.Part part : result.parts()) {
            switch (part) {
                case ToolResult.Part.Own(String own) -> prompt.say(own);
                case ToolResult.Part.Data(String label, String data) -> prompt.data(label, data);
            }
        }
        return prompt.finish().text();
    }

    /** How long the descriptions are, in tokens. */
    static int tokens(Toolbox toolbox) {
        return toolbox.descriptions().stream()
                        .mapToInt(tool -> tool.name().length()
                                + tool.description().length()
                                + tool.parameters().length())
                        .sum()
                / SchemaContext.CHARACTERS_A_TOKEN;
    }
}
