package dev.howdah.sql.internal;

import dev.howdah.sql.tree.ObjectClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code .syntax} files. They are part of the program: a mistake in one is a defect. */
final class SyntaxReader {
    private static final List<String> FILES = List.of("shared", "tables", "routines", "objects", "roles", "session");
    private static final Pattern RULE = Pattern.compile("^([a-z_]+):", Pattern.MULTILINE);
    private static final Pattern TOKEN =
            Pattern.compile("#[^\n]*|'[^']+'|\"[^\"]+\"|[A-Za-z_]+|,\\.\\.\\.|@@|\\S", Pattern.MULTILINE);

    private final Map<String, Syntax.Rule> rules = new HashMap<>();
    private final Map<String, Terminal> terminals = new HashMap<>();
    private final Map<String, Kind> kinds = new HashMap<>();
    private List<String> tokens = List.of();
    private int at;

    private SyntaxReader() {
        for (Terminal terminal : Terminal.values()) {
            terminals.put(terminal.text(), terminal);
        }
        for (Kind kind : Kind.values()) {
            kinds.put(kind.category() == Kind.Category.NONE ? kind.text() : kind.name(), kind);
        }
        // two keywords that the next word changes into tokens of their own
        kinds.put(Kind.WITH_TIME_OR_ORDINALITY.name(), Kind.WITH_TIME_OR_ORDINALITY);
        kinds.put(Kind.FORMAT_JSON.name(), Kind.FORMAT_JSON);
    }

    /** All rules by their names. */
    static Map<String, Syntax.Rule> read() {
        SyntaxReader reader = new SyntaxReader();
        FILES.forEach(file -> reader.rules(text(file + ".syntax")));
        reader.rules.values().forEach(Syntax.Rule::body);
        return Map.copyOf(reader.rules);
    }

    private static String text(String file) {
        try (InputStream in = Objects.requireNonNull(SyntaxReader.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rules(String text) {
        Matcher heads = RULE.matcher(text);
        boolean more = heads.find();
        while (more) {
            Syntax.Rule rule = rule(heads.group(1));
            int start = heads.end();
            more = heads.find();
            tokens = new ArrayList<>();
            Matcher matcher = TOKEN.matcher(text).region(start, more ? heads.start() : text.length());
            while (matcher.find()) {
                if (!matcher.group().startsWith("#")) {
                    tokens.add(matcher.group());
                }
            }
            at = 0;
            rule.define(choice());
            if (at < tokens.size()) {
                throw new IllegalStateException("what is '" + tokens.get(at) + "' in " + tokens + "?");
            }
        }
    }

    private Syntax.Rule rule(String name) {
        return rules.computeIfAbsent(name, Syntax.Rule::new);
    }

    private Syntax choice() {
        List<Syntax> alternatives = new ArrayList<>();
        do {
            alternatives.add(sequence());
        } while (accept("|"));
        return alternatives.size() == 1 ? alternatives.getFirst() : new Syntax.Choice(List.copyOf(alternatives));
    }

    private Syntax sequence() {
        List<Syntax> parts = new ArrayList<>();
        while (at < tokens.size() && !"|])}>".contains(tokens.get(at))) {
            parts.add(part());
        }
        return parts.size() == 1 ? parts.getFirst() : new Syntax.Sequence(List.copyOf(parts));
    }

    private Syntax part() {
        if (accept("&")) {
            return new Syntax.Lookahead(part(), false);
        }
        if (accept("!")) {
            return new Syntax.Lookahead(part(), true);
        }
        if (at + 1 < tokens.size() && tokens.get(at + 1).equals("=")) {
            String label = tokens.get(at);
            at += 2;
            return repeatedly(new Syntax.Labelled(label, named(atom())));
        }
        return repeatedly(named(atom()));
    }

    private Syntax repeatedly(Syntax part) {
        if (accept(",...")) {
            return new Syntax.CommaSeparated(part);
        }
        if (accept("*")) {
            return new Syntax.Repeated(part);
        }
        return accept("+") ? new Syntax.Sequence(List.of(part, new Syntax.Repeated(part))) : part;
    }

    private Syntax named(Syntax part) {
        boolean affected = accept("@@");
        return affected || accept("@") ? new Syntax.Named(ObjectClass.valueOf(tokens.get(at++)), affected, part) : part;
    }

    private Syntax atom() {
        String token = tokens.get(at++);
        return switch (token.charAt(0)) {
            case '[' -> new Syntax.Maybe(closed("]"));
            case '(' -> closed(")");
            case '<' -> new Syntax.Option(optionName(), closed(">"));
            case '\'' -> token(token.substring(1, token.length() - 1));
            case '"' -> new Syntax.Word(token.substring(1, token.length() - 1));
            default -> {
                if (Character.isLowerCase(token.charAt(0))) {
                    Terminal terminal = terminals.get(token);
                    yield terminal == null ? rule(token) : new Syntax.Read(terminal);
                }
                yield accept("{") ? new Syntax.Group(token, closed("}")) : token(token);
            }
        };
    }

    private Syntax.Token token(String text) {
        return new Syntax.Token(Objects.requireNonNull(kinds.get(text), text));
    }

    private @Nullable String optionName() {
        if (!tokens.get(at + 1).equals(":")) {
            return null;
        }
        at += 2;
        return tokens.get(at - 2);
    }

    private Syntax closed(String bracket) {
        Syntax inner = choice();
        if (!accept(bracket)) {
            throw new IllegalStateException(bracket + " is missing in " + tokens);
        }
        return inner;
    }

    private boolean accept(String token) {
        if (at < tokens.size() && tokens.get(at).equals(token)) {
            at++;
            return true;
        }
        return false;
    }
}
