package dev.howdah.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes new statements from old ones: by tokens, which tries the grammar, and by characters, which tries the lexer. */
final class Mutator {
    private static final Pattern TOKEN = Pattern.compile(
            "--[^\\n]*|/\\*.*?\\*/|[eEbBxXnN]?'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\""
                    + "|\\$[a-z_]*\\$.*?\\$[a-z_]*\\$|\\$?[A-Za-z_0-9]+(?:\\.[0-9]+)?|::|:=|\\.\\.|[~!@#^&|`?+*/%<>=-]+|\\S",
            Pattern.DOTALL);
    private static final String CHARACTERS =
            "'\"$\\ \n\t-+*/<>=~!@#%^&|`?.,:()[]{}_eEbBxXuUnN0123456789afé\u00a0\u000b";
    private static final List<String> WORDS =
            List.of(("select from where group by having order limit offset fetch first"
                            + " next row rows only with ties for update share of nowait union intersect except all distinct on as"
                            + " join left right full inner outer cross natural using lateral values table recursive not"
                            + " materialized and or is null true false unknown in like ilike similar to between symmetric"
                            + " escape collate at time zone local any some exists array case when then else end cast interval"
                            + " timestamp date double precision varying char bit numeric int json xml over partition range"
                            + " groups window filter within unbounded preceding following current exclude ordinality variadic"
                            + " default operator overlaps isnull notnull desc asc nulls last cube rollup grouping sets"
                            + " extract position substring overlay trim both leading for placing normalize nfc normalized"
                            + " coalesce nullif greatest row treat into temp unlogged set value scalar object keys unique"
                            + " without format year day second returning search depth cycle tablesample repeatable user"
                            + " current_date current_schema x t a1 \"q\" 1 2.5 'str' $1 * + - / % ^ < > = <> <= :: , . ( ) [ ] :"
                            + " || -> => := ~~ @> # & E'e\\n' B'01' X'ff' N'n' U&'u' $$d$$ 0x1f 1_000 .5 1e5")
                    .split(" "));

    private final List<String> sources;
    private final RandomGenerator random;

    Mutator(List<String> sources, RandomGenerator random) {
        this.sources = sources;
        this.random = random;
    }

    String next() {
        String source = sources.get(random.nextInt(sources.size()));
        return random.nextInt(4) == 0 ? byCharacters(source) : byTokens(source);
    }

    private String byCharacters(String source) {
        StringBuilder text = new StringBuilder(source);
        for (int i = random.nextInt(1, 3); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                case 1 -> {
                    if (at < text.length()) {
                        text.deleteCharAt(at);
                    }
                }
                default -> {
                    if (at < text.length()) {
                        text.setCharAt(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                    }
                }
            }
        }
        return text.toString();
    }

    private String byTokens(String source) {
        List<String> tokens = tokens(source);
        for (int i = random.nextInt(1, 3); i > 0 && !tokens.isEmpty(); i--) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(6)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, tokens.get(at));
                case 2 -> tokens.add(tokens.remove(random.nextInt(tokens.size())));
                case 3 -> tokens.set(at, WORDS.get(random.nextInt(WORDS.size())));
                case 4 -> tokens.add(at, WORDS.get(random.nextInt(WORDS.size())));
                default -> splice(tokens, at);
            }
        }
        return String.join(" ", tokens);
    }

    /** Puts a stretch of another statement in the place of a token. */
    private void splice(List<String> tokens, int at) {
        List<String> other = tokens(sources.get(random.nextInt(sources.size())));
        if (!other.isEmpty()) {
            int from = random.nextInt(other.size());
            int to = Math.min(other.size(), from + random.nextInt(1, 8));
            tokens.remove(at);
            tokens.addAll(at, other.subList(from, to));
        }
    }

    private static List<String> tokens(String source) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(source);
        while (matcher.find()) {
            String token = matcher.group();
            if (!token.startsWith("--")) {
                tokens.add(token);
            }
        }
        return tokens;
    }
}
