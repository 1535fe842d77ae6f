package dev.howdah.terminal.chat;

import dev.howdah.base.HowdahException;
import dev.howdah.terminal.result.Result;
import dev.howdah.terminal.screen.Text.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing a person typed, and everything that came of it. For the drawing thread only. */
public final class Block {
    /** What was typed. */
    public enum Kind {
        QUESTION,
        SQL,
        COMMAND
    }

    /** How it stands. */
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED,
        STOPPED
    }

    /**
     * A failure, to be shown.
     *
     * @param message what failed and why
     * @param hint what to do next
     * @param place the line of the SQL and below it the mark, if the place is known
     */
    public record Failure(String message, Optional<String> hint, List<String> place) {
        /** A failure whose place is not known. */
        public static Failure of(HowdahException failure) {
            return new Failure(String.valueOf(failure.getMessage()), failure.hint(), List.of());
        }
    }

    /**
     * A way to go on.
     *
     * @param words what it says
     * @param sql what it runs; empty if it is asked as a question
     */
    public record Choice(String words, Optional<String> sql) {}

    private final Kind kind;
    private final String text;
    private State state = State.QUEUED;
    private String doing = "";
    private long since;
    private @Nullable Duration took;
    private String reading = "";
    private List<String> assumptions = List.of();
    private String by = "";
    private String sql = "";
    private boolean folded;
    private boolean expanded;
    private final StringBuilder streamed = new StringBuilder();
    private final List<String> steps = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private @Nullable Result result;
    private @Nullable Failure failure;
    private String ask = "";
    private List<Choice> choices = List.of();
    private int version;

    /** Something that was typed. */
    public Block(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /** What kind of text was typed. */
    public Kind kind() {
        return kind;
    }

    /** What was typed. */
    public String text() {
        return text;
    }

    /** How it stands. */
    public State state() {
        return state;
    }

    /** It runs from now on; {@code now} in nanoseconds of any origin. */
    public void begin(long now) {
        state = State.RUNNING;
        since = now;
        version++;
    }

    /** What happens right now. */
    public void doing(String words) {
        doing = words;
        version++;
    }

    /** What happens right now, in a few words. */
    public String doing() {
        return doing;
    }

    /** When it began to run. */
    public long since() {
        return since;
    }

    /** It was understood like this. */
    public void understood(String inWords, List<String> assumed, String statement, String whose) {
        reading = inWords;
        assumptions = List.copyOf(assumed);
        sql = statement;
        by = whose;
        streamed.setLength(0);
        version++;
    }

    /** It is over. */
    public void end(State how, Duration duration) {
        state = how;
        took = duration;
        doing = "";
        version++;
    }

    /** It failed. */
    public void fail(Failure why, Duration duration) {
        failure = why;
        end(State.FAILED, duration);
    }

    /** A model goes on writing. */
    public void stream(String more) {
        streamed.append(more);
        version++;
    }

    /** What the model wrote is void. */
    public void streamAgain() {
        streamed.setLength(0);
        version++;
    }

    /** What a model has written so far. */
    public String streamed() {
        return streamed.toString();
    }

    /** A step was done, or a tool used. */
    public void step(String words) {
        steps.add(words);
        version++;
    }

    /** The steps. */
    public List<String> steps() {
        return steps;
    }

    /** Adds lines of an answer that is not rows. */
    public void say(List<Line> more) {
        lines.addAll(more);
        version++;
    }

    /** The lines of an answer that is not rows. */
    public List<Line> lines() {
        return lines;
    }

    /** Its rows go here. */
    public void rows(Result rows) {
        result = rows;
        version++;
    }

    /** Its rows. */
    public Optional<Result> result() {
        return Optional.ofNullable(result);
    }

    /** Asks back, with ways to go on. */
    public void choose(String question, List<Choice> ways) {
        ask = question;
        choices = List.copyOf(ways);
        version++;
    }

    /** The question that is asked back; empty if none is. */
    public String ask() {
        return ask;
    }

    /** The ways to go on. */
    public List<Choice> choices() {
        return choices;
    }

    /** How it was read, in words. */
    public String reading() {
        return reading;
    }

    /** What was taken for granted. */
    public List<String> assumptions() {
        return assumptions;
    }

    /** Who answered. */
    public String by() {
        return by;
    }

    /** The statement; empty if there is none. */
    public String sql() {
        return sql;
    }

    /** Whether the statement is folded away. */
    public boolean folded() {
        return folded;
    }

    /** Folds the statement and steps away, or back. */
    public void fold() {
        folded = !folded;
        version++;
    }

    /** Whether rows are shown one value a line. */
    public boolean expanded() {
        return expanded;
    }

    /** Shows rows one value a line, or not. */
    public void expand(boolean on) {
        expanded = on;
        version++;
    }

    /** The failure. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** How long it took. */
    public Optional<Duration> took() {
        return Optional.ofNullable(took);
    }

    /** Something about it has changed that it does not know of. */
    public void touch() {
        version++;
    }

    /** Changes with everything that is to be drawn of it. */
    public int version() {
        return version;
    }
}
