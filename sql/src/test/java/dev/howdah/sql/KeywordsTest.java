package dev.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Keywords are those of the server, and a quoted name comes back as it was. */
final class KeywordsTest {
    @Test
    void categoriesAreTheServers() throws SQLException {
        try (TestDatabase database = TestPostgres.open().empty();
                Connection connection = database.connect();
                java.sql.Statement statement = connection.createStatement();
                ResultSet words = statement.executeQuery(
                        "SELECT word, catcode, barelabel, quote_ident(word) FROM pg_get_keywords()")) {
            int count = 0;
            while (words.next()) {
                String word = words.getString(1);
                String category = words.getString(2);
                assertThat(Keywords.isKeyword(word.toUpperCase(Locale.ROOT)))
                        .as(word)
                        .isTrue();
                assertThat(Keywords.isReserved(word)).as(word).isEqualTo(category.equals("R"));
                assertThat(Keywords.isColumnName(word))
                        .as(word)
                        .isEqualTo(category.equals("U") || category.equals("C"));
                assertThat(Keywords.isTypeOrFunctionName(word))
                        .as(word)
                        .isEqualTo(category.equals("U") || category.equals("T"));
                assertThat(Keywords.isBareLabel(word)).as(word).isEqualTo(words.getBoolean(3));
                assertThat(Identifiers.quote(word)).isEqualTo(words.getString(4));
                count++;
            }
            assertThat(count).isGreaterThan(470);
        }
    }

    @Test
    void newOnesOfEighteen() {
        assertThat(List.of("enforced", "objects", "period", "virtual"))
                .allMatch(
                        word -> Keywords.isKeyword(word) && Keywords.isColumnName(word) && Keywords.isBareLabel(word));
        assertThat(Keywords.isKeyword("virtuale")).isFalse();
        assertThat(Keywords.isReserved("selectı")).isFalse();
    }

    @Test
    void quotedNamesComeBack() {
        for (String name :
                List.of("a", "a1_", "select", "Select", "1a", "a b", "a\"b", "é", "a.b", "a$", "\\", "int", "left")) {
            Statement statement = Sql.parseOne("SELECT 1 AS x FROM " + Identifiers.quote(List.of(name, name)));
            assertThat(Mentions.of(statement).relations().getFirst().name().texts())
                    .containsExactly(name, name);
        }
        assertThat(Identifiers.quote("abc_1")).isEqualTo("abc_1");
        assertThatThrownBy(() -> Identifiers.quote("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Identifiers.quote("a\0")).isInstanceOf(IllegalArgumentException.class);
    }
}
