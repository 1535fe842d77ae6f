package dev.howdah.agent.tools;

import dev.howdah.agent.context.Values;
import dev.howdah.agent.model.ToolCall;
import dev.howdah.agent.model.ToolDescription;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.base.PlainText;
import dev.howdah.guard.Guard;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools that there are. Thread-safe. */
public final class Toolbox {
    private final Map<String, Tool<?>> tools = new LinkedHashMap<>();
    private final List<ToolDescription> descriptions;

    private Toolbox(List<Tool<?>> all) {
        all.forEach(tool -> tools.put(tool.name(), tool));
        descriptions = all.stream()
                .map(tool -> new ToolDescription(tool.name(), description(tool), Arguments.schema(tool.arguments())))
                .toList();
    }

    /** The tools that what may be told and written allows: no sample rows without rows, no export without a directory. */
    public static Toolbox of(Workbench bench) {
        List<Tool<?>> all = new ArrayList<>(List.of(
                new SearchSchema(bench),
                new ListTables(bench),
                new DescribeTable(bench),
                new GetSchema(bench),
                new ColumnStatistics(bench),
                new ExecuteQuery(bench),
                new ExplainQuery(bench),
                new ValidateQuery(bench),
                new AskUser()));
        if (bench.knowledge().values() == Values.ROWS) {
            all.add(new SampleRows(bench));
        }
        bench.exports().ifPresent(directory -> all.add(new ExportData(bench, directory)));
        return new Toolbox(all);
    }

    private static String description(Tool<?> tool) {
        try (InputStream in = tool.getClass().getResourceAsStream(tool.name() + ".txt")) {
            if (in == null) {
                throw new IllegalStateException(tool.name() + ".txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a model or a program is told of them. */
    public List<ToolDescription> descriptions() {
        return descriptions;
    }

    /** The tool of this name. */
    public Optional<Tool<?>> tool(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /**
     * Has a tool do what a call asks for. What goes wrong with it is a result too, for the caller to make better.
     *
     * @throws HowdahException if it was cancelled, or nothing more can be done: no connection, no audit, a defect
     */
    public ToolResult run(ToolCall call, Guard guard, Cancellation cancellation) {
        Tool<?> tool = tools.get(call.tool());
        if (tool == null) {
            return ToolResult.failure(
                    "no such tool",
                    "There is no tool of that name."
                            + Nearest.to(call.tool(), tools.keySet())
                                    .map(near -> " Did you mean " + near + "?")
                                    .orElse("")
                            + " There are: " + String.join(", ", tools.keySet()) + ".",
                    "");
        }
        try {
            return run(tool, call.arguments(), guard, cancellation);
        } catch (HowdahException e) {
            if (isTheEnd(e.code())) {
                throw e;
            }
            return failure(e);
        }
    }

    private static <A extends Record> ToolResult run(
            Tool<A> tool, String arguments, Guard guard, Cancellation cancellation) {
        return tool.run(Arguments.read(tool.arguments(), arguments), guard, cancellation);
    }

    /** Whether no other call would fare better. */
    private static boolean isTheEnd(ErrorCode code) {
        return switch (code) {
            case CANCELLED, NO_CONNECTION, AUDIT, INTERNAL, CONFIGURATION -> true;
            case USAGE,
                    SYNTAX,
                    UNRESOLVED,
                    DECLINED,
                    CLARIFICATION,
                    REFUSED,
                    CONSENT_NEEDED,
                    SERVER,
                    TIMEOUT,
                    LIMIT,
                    MODEL,
                    FILE -> false;
        };
    }

    private static ToolResult failure(HowdahException e) {
        String foreign = Failures.said(e) + e.hint().map(hint -> " " + hint).orElse("");
        return switch (e.code()) {
            case REFUSED, CONSENT_NEEDED ->
                ToolResult.failure(
                        "refused: " + PlainText.oneLine(String.valueOf(e.getMessage())),
                        "The gate refuses that. Do not try another way to change anything.",
                        foreign);
            case USAGE -> ToolResult.failure("wrong arguments", "That call is wrong.", foreign);
            default -> ToolResult.failure("failed", "That failed.", foreign);
        };
    }
}
