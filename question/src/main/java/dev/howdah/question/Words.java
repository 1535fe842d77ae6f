package dev.howdah.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Cuts a question, a name or a stored value into tokens. No regular expressions: this runs cold in a one-shot command. */
final class Words {
    /** What is said in two words, or in one that hides a "not". */
    private static final Map<String, List<String>> SPLIT = Map.ofEntries(
            Map.entry("can't", List.of("can", "not")),
            Map.entry("cannot", List.of("can", "not")),
            Map.entry("won't", List.of("will", "not")),
            Map.entry("havent", List.of("have", "not")),
            Map.entry("hasnt", List.of("has", "not")),
            Map.entry("hadnt", List.of("had", "not")),
            Map.entry("didnt", List.of("did", "not")),
            Map.entry("dont", List.of("do", "not")),
            Map.entry("doesnt", List.of("does", "not")),
            Map.entry("arent", List.of("are", "not")),
            Map.entry("isnt", List.of("is", "not")),
            Map.entry("wasnt", List.of("was", "not")),
            Map.entry("werent", List.of("were", "not")),
            Map.entry("whats", List.of("what", "is")),
            Map.entry("whos", List.of("who", "is")),
            Map.entry("im", List.of("i", "am")));

    private Words() {}

    /** The question's tokens. Every character is part of one, or is space or punctuation that ends nothing. */
    static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        int n = text.length();
        int i = 0;
        while (i < n) {
            char c = text.charAt(i);
            int end;
            if (Character.isDigit(c)) {
                end = number(text, i);
                add(tokens, text.substring(i, end), Token.Kind.NUMBER, i);
            } else if (letter(text, i)) {
                end = word(text, i);
                contraction(tokens, text.substring(i, end), i);
            } else if (quote(c) != 0 && closing(text, i) > i + 1) {
                end = closing(text, i) + 1;
                String inside = text.substring(i + 1, end - 1);
                tokens.add(new Token(inside, inside.toLowerCase(Locale.ROOT), inside, Token.Kind.QUOTED, i));
            } else if ((c == '>' || c == '<' || c == '!') && i + 1 < n && "=>".indexOf(text.charAt(i + 1)) >= 0) {
                end = i + 2;
                add(tokens, text.substring(i, end), Token.Kind.SYMBOL, i);
            } else {
                end = i + Character.charCount(text.codePointAt(i));
                if ("><=$€£%,&+*/(".indexOf(c) >= 0
                        || end > i + 1
                        || (c > 0x2000 && !Character.isWhitespace(c) && quote(c) == 0)) {
                    add(tokens, text.substring(i, end), Token.Kind.SYMBOL, i);
                }
            }
            i = end;
        }
        return tokens;
    }

    /** The parts of a name in snake_case, camelCase or with digits, in lower case. */
    static List<String> parts(String name) {
        List<String> parts = new ArrayList<>(4);
        int start = -1;
        for (int i = 0; i <= name.length(); i++) {
            boolean inside = i < name.length() && Character.isLetterOrDigit(name.charAt(i));
            if (start >= 0 && (!inside || boundary(name, start, i))) {
                parts.add(name.substring(start, i).toLowerCase(Locale.ROOT));
                start = -1;
            }
            if (inside && start < 0) {
                start = i;
            }
        }
        return parts;
    }

    /** The form in which a phrase is looked up: lemmas joined by spaces. */
    static String key(List<String> words) {
        StringBuilder key = new StringBuilder();
        for (String word : words) {
            if (!key.isEmpty()) {
                key.append(' ');
            }
            key.append(Lemmas.noun(word));
        }
        return key.toString();
    }

    /** The key of any text. */
    static String keyOf(String text) {
        StringBuilder key = new StringBuilder(text.length());
        for (Token token : of(text)) {
            if (token.kind() != Token.Kind.SYMBOL) {
                if (!key.isEmpty()) {
                    key.append(' ');
                }
                key.append(token.lemma());
            }
        }
        return key.toString();
    }

    /** The pieces between any of the separators; empty ones are left out. */
    static List<String> split(String text, String separators) {
        List<String> pieces = new ArrayList<>(4);
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || separators.indexOf(text.charAt(i)) >= 0) {
                String piece = text.substring(start, i).strip();
                if (!piece.isEmpty()) {
                    pieces.add(piece);
                }
                start = i + 1;
            }
        }
        return pieces;
    }

    private static boolean boundary(String name, int start, int i) {
        char c = name.charAt(i);
        char before = name.charAt(i - 1);
        if (Character.isUpperCase(c)) {
            return !Character.isUpperCase(before)
                    || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1)) && i > start);
        }
        return Character.isDigit(c) != Character.isDigit(before) && i - start > 1;
    }

    private static void contraction(List<Token> tokens, String text, int start) {
        String word = text.toLowerCase(Locale.ROOT).replace('’', '\'');
        List<String> parts = SPLIT.get(word);
        if (parts != null) {
            parts.forEach(part -> add(tokens, part, Token.Kind.WORD, start));
        } else if (word.endsWith("n't") && word.length() > 4) {
            add(tokens, text.substring(0, text.length() - 3), Token.Kind.WORD, start);
            add(tokens, "not", Token.Kind.WORD, start);
        } else if (word.endsWith("'s") && word.length() > 2) {
            add(tokens, text.substring(0, text.length() - 2), Token.Kind.WORD, start);
            if (word.equals("what's") || word.equals("who's") || word.equals("where's") || word.equals("there's")) {
                add(tokens, "is", Token.Kind.WORD, start);
            }
        } else if (word.endsWith("'d")
                || word.endsWith("'m")
                || word.endsWith("'ll")
                || word.endsWith("'ve")
                || word.endsWith("'re")) {
            add(tokens, text.substring(0, word.lastIndexOf('\'')), Token.Kind.WORD, start);
            add(tokens, word.endsWith("'ve") ? "have" : word.endsWith("'re") ? "are" : "would", Token.Kind.WORD, start);
        } else {
            add(tokens, text, Token.Kind.WORD, start);
        }
    }

    private static void add(List<Token> tokens, String text, Token.Kind kind, int start) {
        String word = text.toLowerCase(Locale.ROOT);
        if (kind == Token.Kind.WORD
                && word.equals("mail")
                && !tokens.isEmpty()
                && tokens.getLast().is("e")) {
            Token e = tokens.removeLast();
            tokens.add(new Token(e.text() + text, "email", "email", kind, e.start()));
            return;
        }
        tokens.add(new Token(text, word, kind == Token.Kind.WORD ? Lemmas.noun(word) : word, kind, start));
    }

    private static boolean letter(String text, int i) {
        return Character.isLetter(text.codePointAt(i));
    }

    private static int word(String text, int start) {
        int i = start;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            boolean apostrophe = (c == '\'' || c == '’') && i + 1 < text.length() && letter(text, i + 1);
            if (!Character.isLetterOrDigit(c)
                    && Character.getType(c) != Character.NON_SPACING_MARK
                    && c != '_'
                    && !apostrophe) {
                break;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    /** Digits with separators: 1,000  3.5  2026-03-01  10:30; a letter may follow, as in 60k and 2nd. */
    private static int number(String text, int start) {
        int i = start;
        int n = text.length();
        while (i < n) {
            char c = text.charAt(i);
            boolean digitFollows = i + 1 < n && Character.isDigit(text.charAt(i + 1));
            if (!(Character.isDigit(c) || (".,-/:".indexOf(c) >= 0 && digitFollows))) {
                break;
            }
            i++;
        }
        while (i < n && Character.isLetter(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static char quote(char c) {
        return switch (c) {
            case '"', '\'' -> c;
            case '“', '”' -> '”';
            case '‘', '’' -> '’';
            case '«' -> '»';
            default -> 0;
        };
    }

    private static int closing(String text, int open) {
        int close = text.indexOf(quote(text.charAt(open)), open + 1);
        return close < 0 || close - open > 200 ? -1 : close;
    }
}
