package dev.howdah.guard.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.privacy.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final Optional<Pseudonyms> KEY = Optional.of(Pseudonyms.of("a key of this test", "shop"));

    @Test
    void eachModePutsSomethingElseInTheirPlace() {
        String text = "ask ada@example.com now";

        assertThat(Redactor.off().text(text)).isEqualTo(new Redacted(text, List.of()));
        assertThat(Redactor.masking().text(text)).isEqualTo(new Redacted("ask [email] now", List.of(Kind.EMAIL)));
        assertThat(Redactor.of(Mode.DROP, KEY).text(text).text()).isEqualTo("ask  now");
        assertThat(Redactor.of(Mode.HASH, KEY).text(text).text()).matches("ask \\[email:[0-9a-f]{16}] now");
    }

    @Test
    void hashesAreTheSameForTheSameValueInOneProfileOnly() {
        Redactor shop = Redactor.of(Mode.HASH, KEY);
        Redactor again = Redactor.of(Mode.HASH, Optional.of(Pseudonyms.of("a key of this test", "shop")));
        Redactor other = Redactor.of(Mode.HASH, Optional.of(Pseudonyms.of("a key of this test", "bank")));
        Redactor otherKey = Redactor.of(Mode.HASH, Optional.of(Pseudonyms.of("another key", "shop")));
        String hash = shop.value("email", "ada@example.com").text();

        assertThat(again.value("contact_email", "ada@example.com").text()).isEqualTo(hash);
        assertThat(again.text("ada@example.com").text()).isEqualTo(hash);
        assertThat(List.of(
                        shop.value("email", "bob@example.com").text(),
                        other.value("email", "ada@example.com").text(),
                        otherKey.value("email", "ada@example.com").text()))
                .doesNotContain(hash);
    }

    @Test
    void hashingNeedsAKey() {
        assertThatThrownBy(() -> Redactor.of(Mode.HASH, Optional.empty())).hasMessageContaining("key");
    }

    @Test
    void aColumnsNameCoversTheWholeValue() {
        Redacted redacted = Redactor.masking().value("email", "see my card");

        assertThat(redacted).isEqualTo(new Redacted("[email]", List.of(Kind.EMAIL)));
        assertThat(Redactor.masking().value("email", "  ").text()).isEqualTo("  ");
        assertThat(Redactor.masking()
                        .value("session_token", "ghp_abcdefghij1234567890abcdefghij123456")
                        .kinds())
                .containsExactly(Kind.CLOUD_KEY);
    }

    @Test
    void aPrivateKeyOverManyLinesLeavesNoLineBehind() {
        LineRedactor lines = new LineRedactor(Redactor.masking());

        assertThat(lines.line("key: -----BEGIN EC PRIVATE KEY-----").text()).isEqualTo("key: [private_key]");
        assertThat(lines.line("MHcCAQEEIIr1").text()).isEmpty();
        assertThat(lines.line("ada@example.com").text()).isEmpty();
        assertThat(lines.line("-----END EC PRIVATE KEY----- ada@example.com").text())
                .isEqualTo(" [email]");
        assertThat(lines.line("plain").text()).isEqualTo("plain");
    }

    @Test
    void theStandardPolicyShowsPersonsTheirDataAndNobodyElse() {
        RedactionPolicy policy = RedactionPolicy.standard();

        assertThat(policy.isOff(Destination.SCREEN)).isTrue();
        assertThat(policy.isOff(Destination.EXPORT)).isTrue();
        for (Destination destination :
                List.of(Destination.MODEL, Destination.AUDIT, Destination.LOG, Destination.ERRORS)) {
            assertThat(policy.redactor(destination).mode()).isEqualTo(Mode.MASK);
        }
        RedactionPolicy own =
                RedactionPolicy.of(Map.of(Destination.SCREEN, Mode.DROP), Optional.empty(), ColumnKinds.standard());
        assertThat(own.redactor(Destination.SCREEN).mode()).isEqualTo(Mode.DROP);
        assertThat(own.redactor(Destination.MODEL).mode()).isEqualTo(Mode.MASK);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void modesHaveWords(Mode mode) {
        assertThat(Mode.parse(mode.word())).isEqualTo(mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"customers.notes", "a.b.c.d=email", ".notes=email", "customers.notes=colour", "=email"})
    void aSettingThatSaysNothingIsAnError(String text) {
        assertThatThrownBy(() -> ColumnKinds.parse(text))
                .isInstanceOfSatisfying(
                        HowdahException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION));
    }
}
