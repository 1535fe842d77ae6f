package dev.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Held to a real PostgreSQL 18.6 in both directions, over its own regression suite and broken variants of it. */
final class ConformanceTest {
    /** How many of one verb's statements were accepted, and how many refused. */
    private static final class Rate {
        int valid;
        int accepted;
        int invalid;
        int refused;

        @Override
        public String toString() {
            return "accepted %d of %d valid, refused %d of %d invalid".formatted(accepted, valid, refused, invalid);
        }
    }

    @Test
    void acceptsWhatTheServerAcceptsAndRefusesWhatItRefuses() {
        List<Corpus.Case> cases = new ArrayList<>(Corpus.regress());
        cases.addAll(Corpus.mutants());
        Map<String, Rate> rates = new TreeMap<>();
        List<String> refused = new ArrayList<>();
        List<String> accepted = new ArrayList<>();
        int valid = 0;
        for (Corpus.Case one : cases) {
            if (one.isUndecided()) {
                continue;
            }
            boolean accepts = accepts(one.sql());
            Rate rate = rates.computeIfAbsent(one.verb(), verb -> new Rate());
            if (one.valid()) {
                valid++;
                rate.valid++;
                rate.accepted += accepts ? 1 : 0;
            } else {
                rate.invalid++;
                rate.refused += accepts ? 0 : 1;
            }
            if (accepts != one.valid()) {
                (accepts ? accepted : refused).add(one.sql());
            }
        }
        rates.forEach((verb, rate) -> System.out.printf("%-12s %s%n", verb, rate));
        assertThat(valid).isGreaterThan(31_000);
        assertThat(refused).isEmpty();
        assertThat(accepted).isEmpty();
    }

    private static boolean accepts(String sql) {
        try {
            Sql.parse(sql);
            return true;
        } catch (SqlSyntaxException e) {
            return false;
        }
    }
}
