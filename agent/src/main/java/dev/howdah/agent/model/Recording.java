package dev.howdah.agent.model;

import dev.howdah.agent.model.Completion.Finish;
import dev.howdah.agent.model.Completion.Usage;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conversations with a model as a file that people can read, compare and write themselves. An exchange is what was said to
 * the model and what it answered:
 *
 * <pre>
 * === prompt
 * --- instructions
 * You answer …
 * --- person
 * Question: which regions are there?
 * === answer done 100 0 10
 * {"sql": "SELECT name FROM regions"}
 * --- call c1 search_schema
 * {"query": "regions"}
 * </pre>
 *
 * The numbers are tokens in, of them cached, and out. A line that itself begins with three of {@code =}, {@code -} or
 * {@code \\} has a backslash before it. Prompts are for the reader: a file of answers alone can be played too. Stateless.
 */
public final class Recording {
    private static final Pattern ANSWER = Pattern.compile("=== answer (\\w+)(?: (\\d+) (\\d+) (\\d+))?");
    private static final Pattern CALL = Pattern.compile("--- call (\\S+) (\\S+)");
    private static final Pattern MARK = Pattern.compile("(?m)^(?====|---|\\\\\\\\\\\\)");

    private Recording() {}

    /**
     * Begins a file.
     *
     * @throws HowdahException of code FILE if there is one already, or it cannot be written
     */
    static void begin(Path file) {
        try {
            Files.writeString(
                    file, "# A conversation with a model, recorded by Howdah.\n", StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new HowdahException(
                    ErrorCode.FILE, "There is a file " + file + " already.", "Record into a new one.", e);
        } catch (IOException e) {
            throw failed("written", file, e);
        }
    }

    /** Adds one exchange. */
    static void append(Path file, Prompt prompt, Completion completion) {
        StringBuilder text = new StringBuilder("=== prompt\n");
        for (Message message : prompt.messages()) {
            switch (message) {
                case Message.Instructions(String said) -> part(text, "--- instructions", said);
                case Message.FromPerson(String said) -> part(text, "--- person", said);
                case Message.FromModel(String said, List<ToolCall> calls) -> {
                    part(text, "--- model", said);
                    calls.forEach(call -> call(text, call));
                }
                case Message.FromTool(ToolCall call, String result) ->
                    part(text, "--- result " + oneWord(call.id()), result);
            }
        }
        Usage usage = completion.usage();
        part(
                text,
                "=== answer " + completion.finish().name().toLowerCase(Locale.ROOT) + " " + usage.input() + " "
                        + usage.cached() + " " + usage.output(),
                completion.text());
        completion.calls().forEach(call -> call(text, call));
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failed("written", file, e);
        }
    }

    private static void call(StringBuilder text, ToolCall call) {
        part(text, "--- call " + oneWord(call.id()) + " " + oneWord(call.tool()), call.arguments());
    }

    private static void part(StringBuilder text, String head, String said) {
        text.append(head).append('\n');
        if (!said.isEmpty()) {
            text.append(MARK.matcher(said).replaceAll("\\\\")).append('\n');
        }
    }

    /** Models make up names; a head is one line of words. */
    private static String oneWord(String name) {
        return name.isBlank() ? "-" : name.replaceAll("\\s+", "_");
    }

    /**
     * The answers of a file, in order.
     *
     * @throws HowdahException of code FILE if it cannot be read or is no recording
     */
    static List<Completion> answers(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw failed("read", file, e);
        }
        List<Answer> answers = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            Matcher begin = ANSWER.matcher(line);
            if (begin.matches()) {
                answers.add(new Answer(begin));
                inside = true;
            } else if (line.startsWith("=== ")) {
                inside = false;
            } else if (inside) {
                answers.getLast().line(line);
            }
        }
        if (answers.isEmpty()) {
            throw new HowdahException(
                    ErrorCode.FILE,
                    file + " holds no answer of a model.",
                    "`howdah ask --record FILE` writes such files.");
        }
        return answers.stream().map(Answer::whole).toList();
    }

    /** An answer as it is read. */
    private static final class Answer {
        private final Finish finish;
        private final Usage usage;
        private final List<String> heads = new ArrayList<>(List.of(""));
        private final List<StringBuilder> parts = new ArrayList<>(List.of(new StringBuilder()));

        Answer(Matcher head) {
            String word = head.group(1).toUpperCase(Locale.ROOT);
            this.finish = List.of(Finish.values()).stream()
                    .filter(one -> one.name().equals(word))
                    .findFirst()
                    .orElse(Finish.DONE);
            this.usage = head.group(2) == null
                    ? Usage.NONE
                    : new Usage(
                            Integer.parseInt(head.group(2)),
                            Integer.parseInt(head.group(3)),
                            Integer.parseInt(head.group(4)));
        }

        void line(String line) {
            if (CALL.matcher(line).matches()) {
                heads.add(line);
                parts.add(new StringBuilder());
            } else {
                boolean escaped =
                        line.startsWith("\\") && MARK.matcher(line.substring(1)).lookingAt();
                StringBuilder part = parts.getLast();
                part.append(part.isEmpty() ? "" : "\n").append(escaped ? line.substring(1) : line);
            }
        }

        Completion whole() {
            List<ToolCall> calls = new ArrayList<>();
            for (int i = 1; i < heads.size(); i++) {
                Matcher head = CALL.matcher(heads.get(i));
                if (head.matches()) {
                    calls.add(new ToolCall(
                            head.group(1), head.group(2), parts.get(i).toString()));
                }
            }
            return new Completion(parts.getFirst().toString(), calls, finish, usage);
        }
    }

    private static HowdahException failed(String what, Path file, IOException cause) {
        return new HowdahException(
                ErrorCode.FILE,
                "The recording " + file + " cannot be " + what + ".",
                "Does its directory exist?",
                cause);
    }
}
