package dev.howdah.guard.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.privacy.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found and what is left alone: {@code positives.txt} and {@code negatives.txt}, own inventions. */
class DetectorTest {
    private static final int MOST_WORK_A_CHARACTER = 64;

    /** A line of a table. */
    record Case(List<Kind> kinds, String column, String text, String masked) {
        @Override
        public String toString() {
            return column.isEmpty() ? text : column + ": " + text;
        }
    }

    static Stream<Case> positives() {
        return lines("positives.txt").map(line -> {
            String[] parts = line.split(" \\| ", 3);
            List<Kind> kinds = Arrays.stream(parts[0].split(",", -1))
                    .map(word -> Kind.parse(word).orElseThrow())
                    .toList();
            String marked = parts[2].replace("\\n", "\n");
            String masked = marked;
            for (Kind kind : kinds) {
                int open = masked.indexOf('«');
                masked = masked.substring(0, open) + "[" + kind.word() + "]"
                        + masked.substring(masked.indexOf('»', open) + 1);
            }
            return new Case(kinds, parts[1].strip(), marked.replaceAll("[«»]", ""), masked);
        });
    }

    static Stream<Case> negatives() {
        return lines("negatives.txt").map(line -> {
            String[] parts = (" " + line).split(" \\| ", 2);
            return new Case(List.of(), parts[0].strip(), parts[1], parts[1]);
        });
    }

    private static Stream<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(DetectorTest.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("# ")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theTablesAreLongEnoughToSaySomething() {
        assertThat(positives().count()).isGreaterThanOrEqualTo(150);
        assertThat(negatives().count()).isGreaterThanOrEqualTo(150);
    }

    @ParameterizedTest
    @MethodSource("positives")
    void findsWhatShouldNotTravel(Case line) {
        Redacted redacted = redact(line);

        assertThat(redacted.text()).isEqualTo(line.masked());
        assertThat(redacted.kinds()).isEqualTo(line.kinds().stream().distinct().toList());
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void leavesAloneWhatOnlyLooksLikeIt(Case line) {
        Redacted redacted = redact(line);

        assertThat(redacted.text()).isEqualTo(line.text());
        assertThat(redacted.kinds()).isEmpty();
    }

    private static Redacted redact(Case line) {
        return line.column().isEmpty()
                ? Redactor.masking().text(line.text())
                : Redactor.masking().value(line.column(), line.text());
    }

    /** What was masked once is not found again, so that redacting twice is redacting once. */
    @ParameterizedTest
    @MethodSource("positives")
    void twiceIsOnce(Case line) {
        String once = Redactor.masking().text(line.text()).text();

        assertThat(Redactor.masking().text(once).text()).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "1", "1 ", "a@", ":", "password=", "eyJ."})
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void aMegabyteIsNoTrouble(String piece) {
        String text = piece.repeat((1 << 20) / piece.length());

        assertThat(Redactor.masking().text(text).text()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@",
                "a@",
                "a@b.",
                "1",
                "1 ",
                "1-",
                "1.",
                "+1",
                "(1)",
                "+1 (",
                "a",
                "a1",
                "password=",
                "password=[",
                "password='",
                "\"password\":\"",
                "://",
                "a://b:",
                "a://b:c@",
                "sk-",
                "SG.",
                "eyJ",
                "eyJ.",
                "$2a$",
                "$1$",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "::",
                "1:",
                "f:",
                "AD24 ",
                "AD24",
                "bearer ",
                "born ",
                "born 1-",
                "passport ",
                "dob: 1 ",
                "{SSHA}",
                "{",
                "~",
                "8Q~",
                "aaa8Q~",
                "\n",
                "'",
                "\"",
                "\\",
                "12345678:",
                "4111 ",
                "4111-",
                "555-",
                "0 ",
                "00 ",
                "=",
                "=>",
                ":",
                "hooks.slack.com/services/",
                "é",
                "\ud83d\ude00",
                "\ud83d",
                "-",
                "_",
                "..",
                "hvs.",
                "token: ",
                "phone 1 ",
                "call call 1",
            })
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void hostileTextCostsNoMoreThanItsLength(String piece) {
        String text = piece.repeat((1 << 17) / piece.length());

        Findings findings = Detector.scan(text, Detector.Context.NONE);

        assertThat(findings.work()).isLessThan((long) MOST_WORK_A_CHARACTER * text.length());
    }
}
