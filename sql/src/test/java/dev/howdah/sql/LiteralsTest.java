package dev.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 1, -2.5e3, 0x1F | select ?, -?, ?",
                "select 'ada', E'a\\'b', U&'d\\0061t', N'x', B'01', X'ff' | select ?, ?, ?, N?, ?, ?",
                "select $$body 'x'$$, $tag$it's$tag$ | select ?, ?",
                "select * from t where name='ada'and id=$1 | select * from t where name=?and id=$1",
                "select \"Ada\", x -- ada@example.org | select \"Ada\", x",
                "select /* ada */ 1 /* again */ | select ?",
                "/* first */ select 'a'  'b' | select ? ?",
                "select U&'!0061' UESCAPE '!' from t limit 5 | select ? from t limit ?",
                "select true, null, interval '1 day', :name | select true, null, interval ?, :name",
                "alter role r password 'secret' | alter role r password ?",
            })
    void everyConstantBecomesAPlaceholder(String sql, String redacted) {
        assertThat(Literals.redacted(sql)).isEqualTo(redacted);
    }

    @Test
    void stringsOverSeveralLinesAreOneConstant() {
        assertThat(Literals.redacted("select 'a'\n 'b' ,\n\n x")).isEqualTo("select ? , x");
    }

    @Test
    void whereLiteralsMayStaySecretsMayNot() {
        assertThat(Literals.withoutSecrets(" select 'ada', 1 -- note\n")).isEqualTo(" select 'ada', 1 -- note\n");
        assertThat(Literals.withoutSecrets("ALTER ROLE r PASSWORD 'secret' VALID UNTIL '2030-01-01'"))
                .isEqualTo("ALTER ROLE r PASSWORD ? VALID UNTIL '2030-01-01'");
        assertThat(Literals.withoutSecrets("create user mapping for u server s options (user 'u', password 'p')"))
                .isEqualTo("create user mapping for u server s options (user 'u', password ?)");
        assertThat(Literals.withoutSecrets("create subscription s connection 'host=h password=p' publication x"))
                .isEqualTo("create subscription s connection ? publication x");
    }

    @Test
    void whatCannotBeReadIsNotGuessedAt() {
        assertThatThrownBy(() -> Literals.redacted("select 'ada")).isInstanceOf(SqlSyntaxException.class);
    }
}
