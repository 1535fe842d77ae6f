package dev.howdah.guard.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.ErrorCode;
import dev.howdah.guard.Collected;
import dev.howdah.guard.OpenGuard;
import dev.howdah.guard.read.Limits;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.ServerError;
import dev.howdah.sample.TestPostgres;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "23505 | Key (email)=(ada@home) already exists. | Key (email)=([value]) already exists.",
                "23505 | Key (a, b)=(1, x (y)) already exists. | Key (a, b)=([value]) already exists.",
                "23503 | Key (id)=(7) is not present in table \"people\". | Key (id)=([value]) is not present in table"
                        + " \"people\".",
                "23502 | Failing row contains (1, Ada, null). | Failing row contains ([value]).",
                "22P02 | Token \"ada\" is invalid. | Token \"[value]\" is invalid.",
                "22P02 | Token \"typed\" is invalid. | Token \"typed\" is invalid.",
                "42P01 | see \"people\" | see \"people\"",
                "XX000 | mail ada@example.com | mail [email]",
            })
    void detailsLoseTheRowsThatTheyQuote(String state, String detail, String clean) {
        ServerError error = new ServerError(
                state, "ERROR", "it failed", Optional.of(3), Optional.of(detail), Optional.of("ask ada@example.com"));
        PostgresException failure = new PostgresException(ErrorCode.SERVER, "It failed.", null, error, null);

        ServerError redacted = ServerErrors.redacted(failure, "SELECT 'typed'", Redactor.masking())
                .serverError()
                .orElseThrow();

        assertThat(redacted.detail()).contains(clean);
        assertThat(redacted.position()).contains(3);
        assertThat(redacted.hint()).contains("ask [email]");
        assertThat(ServerErrors.redacted(failure, "", Redactor.off())).isSameAs(failure);
    }

    @Test
    void noticesToo() {
        assertThat(ServerErrors.notice("Key (email)=(x) already exists.", Redactor.masking()))
                .isEqualTo("Key (email)=([value]) already exists.");
    }

    @Test
    void theGateTellsNoRowsInItsErrors() {
        try (OpenGuard open = new OpenGuard(TestPostgres.open().empty())) {
            open.server.execute("CREATE TABLE t (a text); INSERT INTO t VALUES ('ada at home')");

            PostgresException failure = catchThrowableOfType(
                    PostgresException.class, () -> open.run("SELECT a::int FROM t", new Collected(), Limits.none()));
            assertThat(failure).hasMessage("Invalid input syntax for type integer: \"[value]\".");

            PostgresException own = catchThrowableOfType(
                    PostgresException.class,
                    () -> open.run("SELECT 'typed here'::int FROM t", new Collected(), Limits.none()));
            assertThat(own).hasMessage("Invalid input syntax for type integer: \"typed here\".");
        }
    }
}
