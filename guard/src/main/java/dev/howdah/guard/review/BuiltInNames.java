package dev.howdah.guard.review;

import dev.howdah.guard.review.BuiltIns.Entry;
import dev.howdah.guard.review.BuiltIns.Judgement;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.sql.Effect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a function by its name alone, for judging without a server: PostgreSQL's own ones with what the reviewed
 * list says of them. Immutable.
 */
final class BuiltInNames {
    private static final String RESOURCE = "built-in-names.txt";

    /** Read when it is first needed: most statements call nothing that acts. */
    private static final class Lists {
        static final BuiltInNames READ = new BuiltInNames();
    }

    private final BuiltIns lists = BuiltIns.functions();
    private final Set<String> steady = new HashSet<>();
    private final Set<String> volatiles = new HashSet<>();

    /**
     * What a call does besides reading.
     *
     * @param effect what that is
     * @param reason in words
     */
    record Act(Effect effect, Reason reason) {}

    BuiltInNames() {
        try (InputStream in = BuiltInNames.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        String[] words = line.split(" ", -1);
        Set<String> names = words[0].equals("volatile") ? volatiles : steady;
        for (int i = 1; i < words.length; i++) {
            names.add(words[i]);
        }
    }

    /** What PostgreSQL's own function of that name does. */
    static Effect effectOf(String name) {
        return Lists.READ.act(name).map(Act::effect).orElse(Effect.READ);
    }

    /** Whether some version of PostgreSQL brings a function of that name. */
    boolean knows(String name) {
        return steady.contains(name) || volatiles.contains(name);
    }

    /** What PostgreSQL's own function of that name does besides reading; empty if nothing, or if there is none. */
    Optional<Act> act(String name) {
        if (!knows(name)) {
            return Optional.empty();
        }
        Optional<Judgement> judgement = lists.of(name);
        if (judgement.isPresent() && judgement.get().entry() == Entry.ALLOWED) {
            return Optional.empty();
        }
        if (judgement.isPresent()) {
            return Optional.of(new Act(
                    effect(name), Reason.of(name + "() " + judgement.get().reason())));
        }
        return volatiles.contains(name)
                ? Optional.of(new Act(effect(name), Reason.of(name + "() does more than read")))
                : Optional.empty();
    }

    private static Effect effect(String name) {
        if (name.contains("_to_xml") || name.equals("ts_stat") || name.equals("ts_rewrite")) {
            // What they do stands in a string.
            return Effect.UNKNOWN;
        }
        boolean file = name.equals("lo_import") || name.equals("lo_export");
        boolean rows = name.equals("nextval") || name.equals("setval") || name.equals("lowrite");
        return rows || (name.startsWith("lo_") && !file) ? Effect.WRITE : Effect.ADMINISTER;
    }
}
