package dev.howdah.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.Column.Origin;
import dev.howdah.postgres.catalog.ColumnType;
import dev.howdah.postgres.catalog.ColumnType.Form;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.ForeignKey.Action;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.Relation.Check;
import dev.howdah.postgres.catalog.Relation.Index;
import dev.howdah.postgres.catalog.Relation.Kind;
import dev.howdah.postgres.catalog.Relation.Privileges;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas as text, on a small catalog with one of everything. */
class SchemaTextTest {
    private static final ColumnType BIGINT = type(20, "bigint", 'N');
    private static final ColumnType TEXT = type(25, "text", 'S');
    private static final ColumnType STATUS =
            new ColumnType(90_001, "shop.order_status", 'E', Form.ENUM, List.of("new", "it's paid"), Optional.empty());

    private static final Relation CUSTOMERS = new Relation(
            1,
            "shop",
            "customers",
            Kind.TABLE,
            List.of(
                    column(1, "id", BIGINT, true, Origin.IDENTITY_ALWAYS, null, null),
                    column(2, "Full name", TEXT, true, Origin.PLAIN, null, "as on\nthe \u001b[31mcard"),
                    column(3, "initial", TEXT, false, Origin.GENERATED_STORED, "left(\"Full name\", 1)", null)),
            List.of(1),
            List.of(List.of(2)),
            List.of(),
            List.of(),
            List.of(index("customers_pkey", true, true, 1), index("customers_name_key", true, true, 2)),
            Optional.of("People who\nbuy"),
            1_234.4,
            false,
            true,
            new Privileges(true, false, false, false));

    private static final Relation ORDERS = new Relation(
            2,
            "shop",
            "order",
            Kind.PARTITIONED_TABLE,
            List.of(
                    column(1, "id", BIGINT, true, Origin.IDENTITY_BY_DEFAULT, null, null),
                    column(2, "customer_id", BIGINT, true, Origin.PLAIN, null, null),
                    column(3, "status", STATUS, true, Origin.PLAIN, "'new'::shop.order_status", "where it is"),
                    column(4, "parent_id", BIGINT, false, Origin.PLAIN, null, null),
                    column(6, "doubled", BIGINT, false, Origin.GENERATED_VIRTUAL, "id * 2", null)),
            List.of(1),
            List.of(List.of(1), List.of(2, 3)),
            List.of(
                    new ForeignKey(
                            "order_customer_fkey", List.of(2), 1, List.of(1), Action.CASCADE, Action.SET_NULL, true),
                    new ForeignKey(
                            "order_parent_fkey", List.of(4), 2, List.of(1), Action.NO_ACTION, Action.NO_ACTION, false),
                    new ForeignKey(
                            "order_hidden_fkey", List.of(4), 99, List.of(1), Action.NO_ACTION, Action.RESTRICT, true)),
            List.of(new Check("positive", "CHECK ((id > 0))")),
            List.of(
                    index("order_pkey", true, true, 1),
                    new Index(
                            "order_low",
                            "btree",
                            false,
                            false,
                            List.of(0),
                            Optional.of("CREATE INDEX order_low ON shop.\"order\" USING btree (lower(status::text))"))),
            Optional.empty(),
            -1,
            true,
            false,
            new Privileges(true, true, true, true));

    private static final Relation VIEW = new Relation(
            3,
            "report",
            "totals",
            Kind.MATERIALIZED_VIEW,
            List.of(column(1, "total", type(1700, "numeric(12,2)", 'N'), false, Origin.PLAIN, null, null)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            1,
            false,
            false,
            new Privileges(false, false, false, false));

    private static final Relation NO_COLUMNS = new Relation(
            4,
            "shop",
            "nothing",
            Kind.TABLE,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            0,
            false,
            false,
            new Privileges(true, true, false, false));

    private static final Catalog CATALOG =
            new Catalog("test", List.of("shop"), List.of(VIEW, CUSTOMERS, NO_COLUMNS, ORDERS));

    static Stream<Arguments> relations() {
        return CATALOG.relations().stream().map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("relations")
    void describes(Relation relation) {
        String text =
                SchemaText.describe(CATALOG, relation, RenderOptions.plain().withWidth(100));
        assertThat(text).isEqualTo(GoldenTest.golden("describe-" + relation.name() + ".txt", text));
    }

    @ParameterizedTest
    @MethodSource("relations")
    void writesDdl(Relation relation) {
        String text = SchemaText.ddl(CATALOG, relation);
        assertThat(text).isEqualTo(GoldenTest.golden("ddl-" + relation.name() + ".sql", text));
    }

    @ParameterizedTest
    @MethodSource("relations")
    void writesJson(Relation relation) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SchemaText.json(CATALOG, relation, bytes);
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text).isEqualTo(GoldenTest.golden("describe-" + relation.name() + ".json", text));
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TABLE", "NDJSON"})
    void lists(Format format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SchemaText.list(CATALOG.relations(), RowWriters.open(format, bytes, RenderOptions.plain()));
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text).isEqualTo(GoldenTest.golden("list." + format.word(), text));
    }

    @Test
    void nothingInTheSchemaDrivesATerminal() {
        for (Relation relation : CATALOG.relations()) {
            assertThat(SchemaText.describe(CATALOG, relation, RenderOptions.plain())
                            + SchemaText.ddl(CATALOG, relation))
                    .doesNotContain("\u001b");
        }
    }

    private static ColumnType type(long oid, String name, char category) {
        return new ColumnType(oid, name, category, Form.BASE, List.of(), Optional.empty());
    }

    private static Index index(String name, boolean unique, boolean valid, Integer... columns) {
        return new Index(name, "btree", unique, valid, List.of(columns), Optional.empty());
    }

    private static Column column(
            int number,
            String name,
            ColumnType type,
            boolean notNull,
            Origin origin,
            @org.jspecify.annotations.Nullable String expression,
            @org.jspecify.annotations.Nullable String comment) {
        return new Column(
                number, name, type, notNull, origin, Optional.ofNullable(expression), Optional.ofNullable(comment));
    }
}
