package dev.howdah.guard.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes new statements of known ones, token by token. */
final class Mutations {
    private static final Pattern TOKEN = Pattern.compile(
            "[eEbBxXnNU&]{0,2}'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\\$[a-z_]*\\$.*?\\$[a-z_]*\\$|[A-Za-z_0-9]+|::|[~!@#^&|`?+*/%<>=-]+|\\S",
            Pattern.DOTALL);

    private static final List<String> DANGEROUS = List.of(
            ";",
            "; COMMIT;",
            "FOR UPDATE",
            "INTO public.made",
            "INTO TEMP",
            "RETURNING *",
            "--",
            "/*",
            "*/",
            "$$",
            "$a$",
            "'",
            "\"",
            "E'\\''",
            "U&'\\0027'",
            "(DELETE FROM public.notes RETURNING *)",
            "public.act('mutation')",
            ".row_act",
            ".immutable_act",
            "::public.trap_domain",
            "OPERATOR(public.@#@)",
            "public.",
            "pg_catalog.",
            "nextval('public.numbers')",
            "ANALYZE",
            "EXPLAIN",
            "TO PROGRAM 'echo copy >> canary/egg'",
            "public.hides_act",
            "public.program",
            "public.parent",
            "ORDER BY coin",
            "*",
            ",",
            "(",
            ")",
            "NULL",
            "\u00a0",
            "\u2028",
            "\ufeff");

    private final List<List<String>> reads;
    private final List<List<String>> seeds = new ArrayList<>();
    private final RandomGenerator random;

    Mutations(List<String> reads, List<String> others, RandomGenerator random) {
        this.random = random;
        this.reads = reads.stream().map(Mutations::tokens).toList();
        this.seeds.addAll(this.reads);
        others.stream().map(Mutations::tokens).forEach(seeds::add);
    }

    private static List<String> tokens(String statement) {
        return TOKEN.matcher(statement).results().map(MatchResult::group).toList();
    }

    /** The next statement: of a read mostly, because what is not one before is hardly one afterwards. */
    String next() {
        List<String> tokens =
                new ArrayList<>(random.nextInt(4) == 0 ? seed() : reads.get(random.nextInt(reads.size())));
        for (int i = random.nextInt(4) == 0 ? 3 : 1; i > 0 && !tokens.isEmpty(); i--) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(7)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, tokens.get(at));
                case 2 -> tokens.set(at, anyToken());
                case 3 -> tokens.add(at, anyToken());
                case 4 -> tokens.set(at, tokens.set(random.nextInt(tokens.size()), tokens.get(at)));
                case 5 -> {
                    List<String> other = seed();
                    int from = random.nextInt(other.size());
                    tokens.addAll(at, other.subList(from, Math.min(other.size(), from + random.nextInt(1, 6))));
                }
                default -> tokens.add(at, DANGEROUS.get(random.nextInt(DANGEROUS.size())));
            }
        }
        return String.join(" ", tokens).replace(" :: ", "::").replace(" . ", ".");
    }

    private List<String> seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private String anyToken() {
        List<String> tokens = seed();
        return tokens.get(random.nextInt(tokens.size()));
    }
}
