package dev.howdah.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ColumnType;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.sql.Identifiers;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionEngineTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-04-17T14:30:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "???",
                "\u0000\u0001",
                "'",
                "\"",
                "12",
                "😀",
                "a\u0301\u202e\ufeff",
                "order by",
                "select * from; drop table",
                "thing1'; delete from thing1; --",
                "thing1 delete from thing1",
                "how many thing1; how many thing2"
            })
    void declinesWhatIsNoQuestion(String text) {
        assertThat(engine(3).read(text)).isInstanceOf(Interpretation.Declined.class);
    }

    @Test
    void declinesAHugeText() {
        assertThat(engine(3).read("show latest 20 things ".repeat(5000))).isInstanceOf(Interpretation.Declined.class);
    }

    @Test
    void namesTheWordsThatItDidNotUnderstand() {
        Interpretation reading = engine(3).read("count thing1 frobnicated by wizards");
        assertThat(reading).isInstanceOf(Interpretation.Declined.class);
        assertThat(((Interpretation.Declined) reading).notUnderstood()).contains("wizards");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "today | 2026-04-17T00:00 | 2026-04-18T00:00",
                "yesterday | 2026-04-16T00:00 | 2026-04-17T00:00",
                "last week | 2026-04-06T00:00 | 2026-04-13T00:00",
                "this month | 2026-04-01T00:00 | 2026-05-01T00:00",
                "last quarter | 2026-01-01T00:00 | 2026-04-01T00:00",
                "next year | 2027-01-01T00:00 | 2028-01-01T00:00",
                "in 2025 | 2025-01-01T00:00 | 2026-01-01T00:00",
                "in March | 2026-03-01T00:00 | 2026-04-01T00:00",
                "in December | 2025-12-01T00:00 | 2026-01-01T00:00",
                "in may 2024 | 2024-05-01T00:00 | 2024-06-01T00:00",
                "Q3 2025 | 2025-07-01T00:00 | 2025-10-01T00:00",
                "the second quarter of 2025 | 2025-04-01T00:00 | 2025-07-01T00:00",
                "last 30 days | 2026-03-18T14:30 | 2026-04-17T14:30",
                "past two weeks | 2026-04-03T14:30 | 2026-04-17T14:30",
                "the next 3 months | 2026-04-17T14:30 | 2026-07-17T14:30",
                "past quarter | 2026-01-17T14:30 | 2026-04-17T14:30",
                "since March | 2026-03-01T00:00 |",
                "after 2000 | 2001-01-01T00:00 |",
                "before March 5 2026 | | 2026-03-05T00:00",
                "until 2026-03-05 | | 2026-03-06T00:00",
                "between 1 and 14 November 2025 | 2025-11-01T00:00 | 2025-11-15T00:00",
                "between christmas 2025 and jan 15 2026 | 2025-12-25T00:00 | 2026-01-16T00:00",
                "from January 2025 to March 2025 | 2025-01-01T00:00 | 2025-04-01T00:00",
                "from November to January 2026 | 2025-11-01T00:00 | 2026-02-01T00:00",
                "from 3rd of March 2026 onwards | 2026-03-03T00:00 |",
                "ytd | 2026-01-01T00:00 | 2026-04-18T00:00",
                "this year so far | 2026-01-01T00:00 | 2026-04-18T00:00",
                "month to date | 2026-04-01T00:00 | 2026-04-18T00:00",
                "3 days ago | 2026-04-14T00:00 | 2026-04-15T00:00",
                "last monday | 2026-04-13T00:00 | 2026-04-14T00:00",
                "on friday | 2026-04-17T00:00 | 2026-04-18T00:00",
                "in the 1990s | 1990-01-01T00:00 | 2000-01-01T00:00",
                "last march | 2026-03-01T00:00 | 2026-04-01T00:00",
                "next may | 2026-05-01T00:00 | 2026-06-01T00:00",
                "tomorrow | 2026-04-18T00:00 | 2026-04-19T00:00"
            })
    void readsSpansOfTimeHalfOpen(String said, String from, String to) {
        Dates.Found found = new Dates(LocalDateTime.ofInstant(CLOCK.instant(), ZoneOffset.UTC))
                .at(Words.of(said), 0)
                .orElseThrow();
        assertThat(found.length()).isEqualTo(Words.of(said).size());
        assertThat(found.range().from()).isEqualTo(from == null ? null : LocalDateTime.parse(from));
        assertThat(found.range().to()).isEqualTo(to == null ? null : LocalDateTime.parse(to));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"february 30 2026", "2026-13-01", "in 99", "last", "between 5 and", "thing", "may", "the 7th"})
    void readsNoSpanWhereThereIsNone(String said) {
        assertThat(new Dates(LocalDateTime.ofInstant(CLOCK.instant(), ZoneOffset.UTC))
                        .at(Words.of(said), 0)
                        .filter(f -> f.length() == Words.of(said).size()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,000 | 1000 | NONE",
                "60k | 60000 | NONE",
                "$50 | 50 | MONEY",
                "1.5 million | 1500000.0 | NONE",
                "twenty five | 25 | NONE",
                "10% | 10 | PERCENT",
                "200 euros | 200 | MONEY",
                "two hundred | 200 | NONE",
                "€12,345.67 | 12345.67 | MONEY",
                "a dozen | |",
                "3,5 | |",
                "1.2.3 | |",
                "12th | |"
            })
    void readsNumbers(String said, String value, String unit) {
        Optional<Numbers.Found> found = Numbers.at(Words.of(said), 0);
        assertThat(found.map(f -> f.value().toPlainString()).orElse(null)).isEqualTo(value);
        assertThat(found.map(f -> f.unit().name()).orElse(null)).isEqualTo(unit);
    }

    @ParameterizedTest
    @CsvSource({
        "people,person",
        "categories,category",
        "boxes,box",
        "classes,class",
        "statuses,status",
        "staff,staff",
        "addresses,address",
        "branches,branch",
        "movies,movie",
        "leases,lease",
        "buses,bus",
        "analysis,analysis"
    })
    void bringsNounsToTheSingular(String plural, String singular) {
        assertThat(Lemmas.noun(plural)).isEqualTo(singular);
    }

    @Test
    void cutsNamesIntoWords() {
        assertThat(Words.parts("order_items")).containsExactly("order", "items");
        assertThat(Words.parts("classTypeId")).containsExactly("class", "type", "id");
        assertThat(Words.parts("HTTPServer2")).containsExactly("http", "server", "2");
    }

    @ParameterizedTest
    @CsvSource({"orders,orders", "Order,\"\"Order\"\"", "select,\"\"select\"\"", "a b,\"\"a b\"\""})
    void quotesNamesOnlyWhereNeeded(String name, String quoted) {
        assertThat(Identifiers.quote(name)).isEqualTo(quoted.replace("\"\"", "\""));
        assertThat(Literals.text("O'Brien \\")).isEqualTo("E'O''Brien \\\\'");
    }

    private static QuestionEngine engine(int tables) {
        ColumnType number = type("numeric", 'N');
        List<Relation> relations = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            List<Column> columns = Arrays.asList(
                    column(1, "id", type("bigint", 'N'), true),
                    column(2, "label", type("text", 'S'), true),
                    column(3, "amount", number, true),
                    column(4, "created_at", type("timestamp with time zone", 'D'), true),
                    column(5, "parent_id", type("bigint", 'N'), false));
            List<ForeignKey> keys = i == 0
                    ? List.of()
                    : List.of(new ForeignKey(
                            "fk",
                            List.of(5),
                            i / 2 + 1L,
                            List.of(1),
                            ForeignKey.Action.NO_ACTION,
                            ForeignKey.Action.NO_ACTION,
                            true));
            relations.add(new Relation(
                    i + 1L,
                    "public",
                    "thing" + i,
                    Relation.Kind.TABLE,
                    columns,
                    List.of(1),
                    List.of(),
                    keys,
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    10,
                    false,
                    false,
                    new Relation.Privileges(true, false, false, false)));
        }
        return QuestionEngine.of(
                new Catalog("test", List.of("public"), relations),
                ValueIndex.none(),
                Relation::foreignKeys,
                CLOCK,
                ZoneOffset.UTC);
    }

    private static ColumnType type(String name, char category) {
        return new ColumnType(0, name, category, ColumnType.Form.BASE, List.of(), Optional.empty());
    }

    private static Column column(int number, String name, ColumnType type, boolean notNull) {
        return new Column(number, name, type, notNull, Column.Origin.PLAIN, Optional.empty(), Optional.empty());
    }
}
