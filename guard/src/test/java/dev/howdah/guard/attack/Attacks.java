package dev.howdah.guard.attack;

import dev.howdah.guard.OpenGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A line of a list of attacks. */
record Attacks(String threat, boolean honest, String sql) {
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    static Stream<Attacks> of(String resource) {
        List<Attacks> attacks = new ArrayList<>();
        String threat = "";
        for (String line : OpenGuard.resource("attack/" + resource).lines().toList()) {
            if (line.startsWith("= ")) {
                threat = line.substring(2);
            } else if (line.startsWith("- ") || line.startsWith("+ ")) {
                attacks.add(new Attacks(threat, line.charAt(0) == '+', text(line.substring(2))));
            }
        }
        return attacks.stream();
    }

    private static String text(String written) {
        return ESCAPE.matcher(written)
                .replaceAll(match -> {
                    String character = String.valueOf((char) Integer.parseInt(match.group(1), 16));
                    return java.util.regex.Matcher.quoteReplacement(character);
                })
                .replace("\\n", "\n")
                .replace("//", "\\");
    }

    @Override
    public String toString() {
        return threat + ": " + sql.replace("\0", "NUL");
    }
}
