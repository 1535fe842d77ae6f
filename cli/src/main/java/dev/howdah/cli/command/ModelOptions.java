package dev.howdah.cli.command;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options about the models that read questions. */
final class ModelOptions {
    @Option(
            names = "--strategy",
            paramLabel = "WHO",
            description =
                    "Who reads the question: engine, engine-then-model, model or cross-check (question.strategy).")
    private @Nullable String strategy;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Write what is said to the model and what it answers into a new file.")
    private @Nullable Path record;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Take a model's answers from such a file; no model is asked.")
    private @Nullable Path replay;

    /** The options that are settings too. */
    Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        if (strategy != null) {
            flags.put("strategy", strategy);
        }
        if (record != null) {
            flags.put("record", record.toString());
        }
        if (replay != null) {
            flags.put("replay", replay.toString());
        }
        return flags;
    }
}
