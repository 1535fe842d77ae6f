package dev.howdah.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KEYS = List.of("output.format", "limits.rows", "log.level", "profiles");

    @ParameterizedTest
    @CsvSource({"output.fromat, output.format", "LOG.LEVL, log.level", "profile, profiles", "limit.row, limits.rows"})
    void findsWhatWasMeant(String typed, String meant) {
        assertThat(Nearest.to(typed, KEYS)).contains(meant);
    }

    @Test
    void doesNotGuessWildly() {
        assertThat(Nearest.to("xyz", KEYS)).isEmpty();
        assertThat(Nearest.to("", KEYS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "ab, ba, 1", "same, SAME, 0", "'', abc, 3"})
    void countsEdits(String from, String to, int edits) {
        assertThat(Nearest.edits(from, to)).isEqualTo(edits);
    }
}
