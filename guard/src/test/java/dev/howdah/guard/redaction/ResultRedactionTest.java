package dev.howdah.guard.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Cancellation;
import dev.howdah.base.privacy.Kind;
import dev.howdah.guard.OpenGuard;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.sample.TestPostgres;
import dev.howdah.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every query of {@code lineage.txt} on a real server: values that look like nothing are masked by where they come from. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultRedactionTest {
    private final OpenGuard open = new OpenGuard(TestPostgres.open().empty());
    private final CatalogSnapshot catalog = open.catalog;
    private final ResultRedaction standard = new ResultRedaction(RedactionPolicy.standard(), catalog);

    record Line(String sql, String cells) {
        @Override
        public String toString() {
            return sql;
        }
    }

    @BeforeAll
    void fill() {
        open.server.execute(OpenGuard.resource("redaction/people.sql"));
    }

    @AfterAll
    void close() {
        open.close();
    }

    static Stream<Line> lines() {
        return OpenGuard.resource("redaction/lineage.txt")
                .lines()
                .filter(line -> !line.startsWith("# "))
                .map(line -> new Line(
                        line.substring(0, line.lastIndexOf(" | ")), line.substring(line.lastIndexOf(" | ") + 3)));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void valuesAreKnownByWhereTheyComeFrom(Line line) {
        assertThat(first(standard, Destination.MODEL, line.sql())).isEqualTo(line.cells());
    }

    @Test
    void aPersonSeesTheirOwnDataUnlessTheProfileSaysOtherwise() {
        assertThat(first(standard, Destination.SCREEN, "SELECT email FROM people"))
                .isEqualTo("ada at home");
        ResultRedaction own = new ResultRedaction(
                RedactionPolicy.of(
                        Map.of(Destination.SCREEN, Mode.DROP, Destination.EXPORT, Mode.HASH),
                        Optional.of(Pseudonyms.of("a key of this test", "people")),
                        ColumnKinds.standard()),
                catalog);

        assertThat(first(own, Destination.SCREEN, "SELECT email, name FROM people"))
                .isEqualTo("NULL ; Ada");
        assertThat(first(own, Destination.EXPORT, "SELECT email FROM people")).matches("\\[email:[0-9a-f]{16}]");
    }

    @Test
    void settingsSayWhatNamesDoNot() {
        ResultRedaction own = new ResultRedaction(
                RedactionPolicy.of(
                        Map.of(),
                        Optional.empty(),
                        ColumnKinds.parse("*.name=name, people.email=none, public.visits.place=address")),
                catalog);

        assertThat(first(
                        own, Destination.MODEL, "SELECT name AS x, email, (SELECT place FROM visits) AS y FROM people"))
                .isEqualTo("[name] ; ada at home ; [address]");
    }

    @Test
    void aLongChainIsNoTrouble() {
        StringBuilder joins = new StringBuilder("SELECT p0.email AS x FROM people p0");
        for (int i = 1; i < 2_000; i++) {
            joins.append(" JOIN visits p").append(i).append(" ON true");
        }
        String concatenated = "SELECT " + "'a' || ".repeat(5_000) + "email AS x FROM people";
        String union =
                "SELECT 'a' AS x" + " UNION ALL SELECT 'b'".repeat(2_000) + " UNION ALL SELECT email FROM people";
        Lineage lineage =
                new Lineage(catalog.current(new Cancellation()), ColumnKinds.standard(), view -> Optional.empty());

        for (String sql : List.of(joins.toString(), concatenated, union)) {
            Shape shape = lineage.of(Sql.parseOne(sql).tree());
            assertThat(shape.all().kinds()).containsExactly(Kind.EMAIL);
        }
    }

    @Test
    void returningIsFollowedToo() {
        Lineage lineage =
                new Lineage(catalog.current(new Cancellation()), ColumnKinds.standard(), view -> Optional.empty());
        for (String sql : List.of(
                "UPDATE people p SET name = 'x' RETURNING p.email AS x",
                "DELETE FROM people USING visits WHERE people.id = person_id RETURNING old.email AS x",
                "INSERT INTO people (id) VALUES (2) RETURNING lower(email) AS x",
                "MERGE INTO visits v USING people p ON p.id = v.person_id WHEN MATCHED THEN DELETE RETURNING p.email"
                        + " AS x",
                "WITH w AS (DELETE FROM people RETURNING email AS y) SELECT y AS x FROM w")) {
            assertThat(lineage.of(Sql.parseOne(sql).tree())
                            .columns()
                            .getFirst()
                            .carried()
                            .kinds())
                    .as(sql)
                    .containsExactly(Kind.EMAIL);
        }
    }

    private String first(ResultRedaction redaction, Destination destination, String sql) {
        Review review = open.review(sql);
        List<String> rows = new ArrayList<>();
        RowSink cells = new RowSink() {
            @Override
            public void columns(List<ResultColumn> columns) {}

            @Override
            public void row(Row row) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < row.size(); i++) {
                    values.add(row.isNull(i) ? "NULL" : String.valueOf(row.text(i)));
                }
                rows.add(String.join(" ; ", values));
            }

            @Override
            public void end(long count, boolean truncated) {}
        };
        RowSink sink = redaction.to(destination, review, cells, new Cancellation());
        open.guard.read(review, List.of(), Limits.none(), sink, new Cancellation());
        return rows.getFirst();
    }
}
