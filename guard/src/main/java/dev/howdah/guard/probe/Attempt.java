package dev.howdah.guard.probe;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.catalog.RolePower;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One attempt to make a read do what a read does not.
 *
 * @param threat what it is about
 * @param sql what is tried
 * @param power what a role has to be able to do for it to succeed; empty if every role can
 * @param harmless whether it changes nothing even where nothing stops it, so that the session may be tried alone
 */
public record Attempt(String threat, String sql, Optional<RolePower.Kind> power, boolean harmless) {
    private static final String LIST = "attempts.txt";
    private static final Pattern THREAT = Pattern.compile("= (.+?)(?: \\[(\\w+)])?");
    private static final String TABLE = "{table}";

    /**
     * The published list ({@code attempts.txt} beside this class), about the person's own table.
     *
     * @param table a table that the role can read, as SQL names it; without one the attempts on tables are left out
     */
    public static List<Attempt> published(Optional<String> table) {
        List<Attempt> attempts = new ArrayList<>();
        String threat = "";
        Optional<RolePower.Kind> power = Optional.empty();
        for (String line : text().lines().toList()) {
            Matcher heading = THREAT.matcher(line);
            if (heading.matches()) {
                threat = heading.group(1);
                power = Optional.ofNullable(heading.group(2)).map(RolePower.Kind::valueOf);
            } else if (line.startsWith("- ") || line.startsWith("! ")) {
                String sql = line.substring(2).replace("\\n", "\n");
                if (table.isPresent() || !sql.contains(TABLE)) {
                    attempts.add(
                            new Attempt(threat, sql.replace(TABLE, table.orElse("")), power, line.charAt(0) == '-'));
                }
            }
        }
        return List.copyOf(attempts);
    }

    private static String text() {
        try (InputStream in = Attempt.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new HowdahException(ErrorCode.INTERNAL, "The list of attempts is missing from the program.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new HowdahException(ErrorCode.INTERNAL, "The list of attempts cannot be read.", null, e);
        }
    }
}
