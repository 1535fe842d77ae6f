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
        List<String> refusedQueries = new ArrayList<>();
        List<String> acceptedQueries = new ArrayList<>();
        List<String> wrongModifications = new ArrayList<>();
        int validQueries = 0;
        for (Corpus.Case one : cases) {
            boolean accepted = accepts(one.sql());
            Rate rate = rates.computeIfAbsent(one.verb(), verb -> new Rate());
            if (one.valid()) {
                rate.valid++;
                rate.accepted += accepted ? 1 : 0;
            } else {
                rate.invalid++;
                rate.refused += accepted ? 0 : 1;
            }
            if (one.isQuery()) {
                validQueries += one.valid() ? 1 : 0;
                if (accepted != one.valid()) {
                    (accepted ? acceptedQueries : refusedQueries).add(one.sql());
                }
            } else if (one.isModification() && accepted != one.valid()) {
                wrongModifications.add(one.sql());
            }
        }
        rates.forEach((verb, rate) -> System.out.printf("%-12s %s%n", verb, rate));
        assertThat(validQueries).isGreaterThan(13_000);
        assertThat(refusedQueries).hasSizeLessThanOrEqualTo(validQueries / 200);
        assertThat(acceptedQueries).isEmpty();
        assertThat(wrongModifications).isEmpty();
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
