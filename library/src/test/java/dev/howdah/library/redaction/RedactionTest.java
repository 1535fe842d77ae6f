package dev.howdah.library.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "password=hunter2 ssl=true                  | password=******** ssl=true",
                "user=ada&password=hunter2&ssl=true         | user=ada&password=********&ssl=true",
                "PGPASSWORD=hunter2                         | PGPASSWORD=********",
                "sslpassword = 'hunter2 x' y                | sslpassword = '********' y",
                "{\"password\": \"hunter2 \\\" x\", \"a\": 1} | {\"password\": \"********\", \"a\": 1}",
                "dataSource.password => \"hunter2\"         | dataSource.password => \"********\"",
                "postgresql://ada:hunter2@h:5432/db         | postgresql://ada:********@h:5432/db",
                "jdbc:postgresql://ada:hunt@er2@h/db x@y    | jdbc:postgresql://ada:********@h/db x@y",
                "redis://:hunter2@cache:6379                | redis://:********@cache:6379",
                "postgresql://ada@h:5432/db                 | postgresql://ada@h:5432/db",
                "https://example.org:8080/path              | https://example.org:8080/path",
                "ALTER ROLE ada PASSWORD 'hunt''er2' LOGIN  | ALTER ROLE ada PASSWORD '********' LOGIN",
                "Authorization: Bearer hunter2hunter2       | Authorization: Bearer ********",
                "bearer hunter2.hunter2                     | bearer ********",
                "api_key=hunter2                            | api_key=********",
                "the key sk-proj-hunter2_hunter2 failed     | the key ******** failed",
                "token: hunter2, next                       | token: ********, next",
                "eyJhbGciOiJI.eyJzdWIiOi.abc-def            | ********",
                "ghp_hunter2hunter2                         | ********",
                "nothing to see here                        | nothing to see here",
                "the password is wrong                      | the password is wrong",
                "12:30:45 took 5 ms @ noon                  | 12:30:45 took 5 ms @ noon",
            })
    void takesOutWhatLooksLikeASecret(String text, String clean) {
        assertThat(Redaction.PATTERNS.apply(text)).isEqualTo(clean);
    }

    @Test
    void takesOutWhatItWasToldWhateverItLooksLike() {
        Redaction redaction = new Redaction(Set.of("correct horse"));
        redaction.hide("staple");
        redaction.hide("abc");

        assertThat(redaction.apply("a correct horse, a staple, abc")).isEqualTo("a ********, a ********, abc");
    }

    @Test
    void theSharedOneLearnsNothing() {
        Redaction.PATTERNS.hide("staple");

        assertThat(Redaction.PATTERNS.apply("a staple")).isEqualTo("a staple");
    }

    @Test
    void takesOutWhatIdentifiesAPersonUnlessToldOtherwise() {
        String text = "no row for ada@example.com";

        assertThat(new Redaction(Set.of()).apply(text)).isEqualTo("no row for [email]");
        assertThat(Redaction.PATTERNS.apply(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "password=", "://", "password '", "sk-", "a://b:", "'\"", "eyJ"})
    @org.junit.jupiter.api.Timeout(60)
    void isQuickOnHostileText(String piece) {
        assertThat(Redaction.PATTERNS.apply(piece.repeat(1_000_000 / piece.length())))
                .isNotNull();
    }
}
