package dev.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sql.Lexeme.Sort;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class LexemeTest {
    private static List<String> pieces(String text) {
        return Lexeme.of(text).stream()
                .map(one -> one.sort() + " " + text.substring(one.start(), one.end()))
                .toList();
    }

    @Test
    void tellsWhatEachPieceIs() {
        assertThat(pieces("SELECT \"A b\", 'x''y', 1.5 /* /* in */ out */ >= $1; -- end"))
                .containsExactly(
                        "KEYWORD SELECT",
                        "NAME \"A b\"",
                        "PUNCTUATION ,",
                        "STRING 'x''y'",
                        "PUNCTUATION ,",
                        "NUMBER 1.5",
                        "COMMENT /* /* in */ out */",
                        "OPERATOR >=",
                        "PARAMETER $1",
                        "PUNCTUATION ;",
                        "COMMENT -- end");
    }

    @Test
    void tellsWhereATextBreaks() {
        assertThat(pieces("select 'abc")).containsExactly("KEYWORD select", "BROKEN 'abc");
        assertThat(pieces("select /* abc")).containsExactly("KEYWORD select", "BROKEN /* abc");
        assertThat(pieces("")).isEmpty();
    }

    @Test
    void neverFailsAndNeverOverlaps() {
        long seed = 7;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        String alphabet = "select'\"$-/*\n .()1e@é漢\ud83d\ude00\\;,:=<>E";
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            int at = 0;
            for (Lexeme lexeme : Lexeme.of(text.toString())) {
                assertThat(lexeme.start()).as("seed %d: %s", seed, text).isGreaterThanOrEqualTo(at);
                assertThat(lexeme.end()).isGreaterThan(lexeme.start()).isLessThanOrEqualTo(text.length());
                at = lexeme.end();
            }
            assertThat(Lexeme.of(text.toString()).stream()
                            .noneMatch(one -> one.sort() == Sort.NAME && one.end() == one.start()))
                    .isTrue();
        }
    }
}
