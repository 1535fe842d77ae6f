package dev.howdah.library.settings;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The YAML of the settings: sections of scalars, with the line of each. It is built from the parser's events and not by its
 * composer, because a scalar's meaning is our table's business, positions are wanted everywhere, nesting needs a ceiling,
 * and a third of the classes need not be loaded. Anchors, aliases, tags and second documents are refused: settings need
 * none of them, and a password that begins with one of their characters would silently become something else.
 */
final class ConfigurationFile {
    /** Sections within sections; the table has three levels. */
    private static final int DEEPEST = 8;

    /** A piece of the file. Lines count from 1. */
    sealed interface Node {
        int line();
    }

    /** A value; null text where nothing or an unquoted null is written. */
    record Scalar(@Nullable String text, int line) implements Node {}

    /** Names with their values, in order. */
    record Section(List<Entry> entries, int line) implements Node {}

    /** A list; no setting is one. */
    record Sequence(int line) implements Node {}

    /** One name with its value. */
    record Entry(String name, int line, Node value) {}

    private final String name;
    private final Iterator<Event> events;

    private ConfigurationFile(String name, String yaml) {
        this.name = name;
        LoadSettings settings = LoadSettings.builder().setLabel(name).build();
        this.events = new Parse(settings).parseString(yaml).iterator();
    }

    /**
     * The file's top section; empty for an empty file.
     *
     * @param name how messages call the file
     * @throws HowdahException of code CONFIGURATION, with line and column, if it is no YAML or more than settings need
     */
    static Section parse(String name, String yaml) {
        try {
            return new ConfigurationFile(name, yaml).document();
        } catch (MarkedYamlEngineException e) {
            throw invalid(name, e);
        } catch (YamlEngineException e) {
            throw new HowdahException(
                    ErrorCode.CONFIGURATION,
                    name + " is not valid YAML: it holds a control character.",
                    "Is it the right file? Save it as plain text.",
                    e);
        }
    }

    private Section document() {
        Node root = null;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
                case Scalar, MappingStart, SequenceStart, Alias, MappingEnd, SequenceEnd -> {
                    if (root != null) {
                        throw wrong(event, "begins a second document", "Keep one document; take out the line '---'.");
                    }
                    root = node(event, 0);
                }
            }
        }
        if (root instanceof Section section) {
            return section;
        }
        if (root == null || (root instanceof Scalar scalar && scalar.text() == null)) {
            return new Section(List.of(), 1);
        }
        throw new HowdahException(
                ErrorCode.CONFIGURATION,
                name + ":" + root.line() + " is not a list of settings.",
                "Write settings as 'name: value', one on each line.");
    }

    private Node node(Event event, int depth) {
        if (event instanceof AliasEvent) {
            throw wrong(event, "uses an alias (*), which settings do not have", "Put quotes around the value.");
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw wrong(event, "uses an anchor (&), which settings do not have", "Put quotes around the value.");
        }
        if (depth > DEEPEST) {
            throw wrong(event, "is nested too deeply for a setting", "Check the indentation.");
        }
        return switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event);
            case MappingStart -> section(event, depth);
            case SequenceStart -> sequence(event, depth);
            case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment, Alias, MappingEnd, SequenceEnd ->
                throw wrong(event, "is not what a setting looks like", null);
        };
    }

    private Scalar scalar(ScalarEvent event) {
        if (event.getTag().isPresent()) {
            throw wrong(event, "uses a tag (!), which settings do not have", "Put quotes around the value.");
        }
        String text = event.getValue();
        boolean nothing = event.isPlain() && (text.isEmpty() || text.equals("~") || text.equals("null"));
        return new Scalar(nothing ? null : text, line(event));
    }

    private Section section(Event start, int depth) {
        List<Entry> entries = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(event instanceof ScalarEvent)) {
                throw wrong(event, "has a name that is not text", "Write settings as 'name: value'.");
            }
            String key = ((ScalarEvent) event).getValue();
            for (Entry entry : entries) {
                if (entry.name().equals(key)) {
                    throw wrong(
                            event,
                            "sets '" + PlainText.oneLine(key) + "' a second time; the first is on line " + entry.line(),
                            "Take one of them out.");
                }
            }
            entries.add(new Entry(key, line(event), node(events.next(), depth + 1)));
        }
        return new Section(List.copyOf(entries), line(start));
    }

    private Sequence sequence(Event start, int depth) {
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            node(event, depth + 1);
        }
        return new Sequence(line(start));
    }

    private static int line(Event event) {
        Optional<Mark> mark = event.getStartMark();
        return mark.isPresent() ? mark.get().getLine() + 1 : 1;
    }

    private HowdahException wrong(Event event, String what, @Nullable String hint) {
        return new HowdahException(ErrorCode.CONFIGURATION, name + ":" + line(event) + " " + what + ".", hint);
    }

    private static HowdahException invalid(String name, MarkedYamlEngineException e) {
        Optional<Mark> problem = e.getProblemMark();
        Optional<Mark> context = e.getContextMark();
        StringBuilder message = new StringBuilder(name);
        problem.ifPresent(mark ->
                message.append(':').append(mark.getLine() + 1).append(':').append(mark.getColumn() + 1));
        message.append(" is not valid YAML");
        String what = e.getProblem();
        // The parser quotes the handle, which may be the beginning of a password that was not put in quotes.
        if (what != null) {
            message.append(": ")
                    .append(what.contains("tag handle") ? "found an undefined tag" : PlainText.oneLine(what));
        }
        if (e.getContext() != null && context.isPresent()) {
            message.append(", ")
                    .append(PlainText.oneLine(e.getContext()))
                    .append(" from line ")
                    .append(context.get().getLine() + 1);
        }
        return new HowdahException(
                ErrorCode.CONFIGURATION,
                message.append('.').toString(),
                "Indent with spaces, and put quotes around values with special characters.",
                e);
    }
}
