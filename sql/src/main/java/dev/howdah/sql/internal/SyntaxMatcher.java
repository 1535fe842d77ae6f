package dev.howdah.sql.internal;

import dev.howdah.sql.internal.Captures.Capture;
import dev.howdah.sql.tree.CommandPart;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Matches a command with its syntax: choices in order, going back when one does not fit. Names and keywords can be gone
 * back over; once an expression, a type or a query has begun, what does not fit is an error, so nothing long is read
 * twice.
 */
final class SyntaxMatcher {
    private final Cursor in;
    private final TerminalReader terminals;
    private final GrammarChecks checks;
    private final TreeBuilder builder = new TreeBuilder();
    private List<Capture> captures = new ArrayList<>();
    private @Nullable String optionName;
    private @Nullable String optionValue;

    SyntaxMatcher(Cursor in, Grammar grammar) {
        this.in = in;
        this.terminals = new TerminalReader(in, grammar);
        this.checks = new GrammarChecks(in);
    }

    /** The rules, read when the first command comes: most programs that parse meet queries only. */
    private static final class Rules {
        static final Map<String, Syntax.Rule> BY_NAME = SyntaxReader.read();
    }

    /** What the rule finds here; null where it does not fit, and then nothing was passed. */
    @Nullable
    Captures match(String rule) {
        Syntax.Rule syntax = Rules.BY_NAME.get(rule);
        if (syntax == null) {
            throw new IllegalStateException("there is no rule " + rule);
        }
        List<Capture> outer = captures;
        captures = new ArrayList<>();
        int start = in.start();
        int token = in.position();
        try {
            if (matches(syntax)) {
                Captures found = new Captures(in.since(start), captures);
                checks.check(found);
                return found;
            }
            in.back(token);
            return null;
        } finally {
            captures = outer;
        }
    }

    private boolean matches(Syntax syntax) {
        return switch (syntax) {
            case Syntax.Token token -> in.accept(token.kind()) || fails();
            case Syntax.Word word -> word(word.text());
            case Syntax.Read read -> read(read.terminal());
            case Syntax.Sequence sequence -> sequence(sequence.parts());
            case Syntax.Choice choice -> choice(choice.alternatives());
            case Syntax.Maybe maybe -> {
                tries(maybe.part());
                yield true;
            }
            case Syntax.Repeated repeated -> repeated(repeated.part());
            case Syntax.CommaSeparated list -> commaSeparated(list.part());
            case Syntax.Lookahead lookahead -> lookahead(lookahead);
            case Syntax.Labelled labelled -> labelled(labelled);
            case Syntax.Named named -> named(named);
            case Syntax.Option option -> option(option);
            case Syntax.Group group -> group(group);
            case Syntax.Rule rule -> matches(rule.body());
        };
    }

    private boolean fails() {
        in.noteFailure();
        return false;
    }

    /** Whether it fits; where it does not, nothing was passed. */
    private boolean tries(Syntax syntax) {
        int token = in.position();
        int count = captures.size();
        if (matches(syntax)) {
            return true;
        }
        in.back(token);
        drop(count);
        return false;
    }

    private void drop(int count) {
        captures.subList(count, captures.size()).clear();
    }

    private boolean word(String text) {
        if (in.is(Kind.IDENTIFIER) && in.value().equals(text)) {
            in.step();
            return true;
        }
        return fails();
    }

    private boolean read(Terminal terminal) {
        Object value = terminals.read(terminal);
        if (value == null) {
            return fails();
        }
        if (value instanceof List<?> values) {
            values.forEach(one -> captures.add(new Capture(null, one)));
        } else {
            captures.add(new Capture(null, value));
        }
        return true;
    }

    private boolean sequence(List<Syntax> parts) {
        for (Syntax part : parts) {
            if (!matches(part)) {
                return false;
            }
        }
        return true;
    }

    private boolean choice(List<Syntax> alternatives) {
        for (Syntax alternative : alternatives) {
            if (tries(alternative)) {
                return true;
            }
        }
        return false;
    }

    private boolean repeated(Syntax part) {
        int before = -1;
        while (in.position() > before && !in.is(Kind.END_OF_INPUT)) {
            before = in.position();
            if (!tries(part)) {
                break;
            }
        }
        return true;
    }

    private boolean commaSeparated(Syntax part) {
        if (!matches(part)) {
            return false;
        }
        while (in.is(Kind.COMMA)) {
            int comma = in.position();
            in.step();
            if (!tries(part)) {
                in.back(comma);
                break;
            }
        }
        return true;
    }

    private boolean lookahead(Syntax.Lookahead lookahead) {
        int token = in.position();
        int count = captures.size();
        boolean fits = matches(lookahead.part());
        in.back(token);
        drop(count);
        return fits != lookahead.negated();
    }

    private boolean labelled(Syntax.Labelled labelled) {
        int token = in.position();
        int count = captures.size();
        if (!matches(labelled.part())) {
            return false;
        }
        switch (labelled.label()) {
            case "name" -> optionName = in.text(token, in.position());
            case "value" -> optionValue = in.position() > token ? in.text(token, in.position()) : null;
            default -> {}
        }
        if (captures.size() == count) {
            if (in.position() > token) {
                captures.add(new Capture(labelled.label(), in.text(token, in.position())));
            }
            return true;
        }
        for (int i = count; i < captures.size(); i++) {
            captures.set(i, new Capture(labelled.label(), captures.get(i).value()));
        }
        return true;
    }

    private boolean named(Syntax.Named named) {
        int token = in.position();
        int start = in.start();
        int count = captures.size();
        if (!matches(named.part())) {
            return false;
        }
        List<Name> names = new ArrayList<>();
        List<Part.TypeName> types = new ArrayList<>();
        QualifiedName name = null;
        for (Capture capture : captures.subList(count, captures.size())) {
            switch (capture.value()) {
                case QualifiedName qualified -> name = qualified;
                case Name one when !"name".equals(capture.label()) -> names.add(one);
                case Part.TypeName type -> types.add(type);
                case CommandPart.RoutineParameter parameter
                when parameter.type() != null -> types.add(parameter.type());
                default -> {}
            }
        }
        Span span = in.since(start);
        checks.aggregate(new Captures(span, captures.subList(count, captures.size())));
        drop(count);
        if (name == null && names.isEmpty() && types.size() == 1) {
            // DROP TYPE int[]: the type is the object
            name = types.getFirst().name();
        } else if (name == null) {
            List<Name> parts = names.isEmpty() ? List.of(new Name(in.text(token, in.position()), false, span)) : names;
            name = new QualifiedName(parts, span);
        }
        captures.add(new Capture(
                null, new CommandPart.ObjectReference(span, named.objectClass(), name, types, named.affected())));
        return true;
    }

    /** An option; what its value names is text, not a node. */
    private boolean option(Syntax.Option option) {
        int start = in.start();
        int count = captures.size();
        optionName = option.name();
        optionValue = null;
        if (!matches(option.part())) {
            return false;
        }
        drop(count);
        String name = option.name() == null ? optionName : option.name();
        captures.add(new Capture(null, new CommandPart.Option(in.since(start), name == null ? "" : name, optionValue)));
        return true;
    }

    private boolean group(Syntax.Group group) {
        int start = in.start();
        List<Capture> outer = captures;
        captures = new ArrayList<>();
        boolean fits;
        List<Capture> inner;
        try {
            fits = matches(group.part());
            inner = captures;
        } finally {
            captures = outer;
        }
        if (fits) {
            Captures found = new Captures(in.since(start), inner);
            checks.check(found);
            captures.add(new Capture(null, builder.part(group.name(), found)));
        }
        return fits;
    }
}
