package dev.howdah.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.postgres.catalog.Column.Origin;
import dev.howdah.postgres.catalog.ColumnType.Form;
import dev.howdah.postgres.catalog.ForeignKey.Action;
import dev.howdah.postgres.catalog.Relation.Check;
import dev.howdah.postgres.catalog.Relation.Privileges;
import dev.howdah.sample.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CatalogReaderTest {
    private static TestDatabase database;
    private static Catalog catalog;

    @BeforeAll
    static void read() throws Exception {
        database = Databases.with("everything.sql");
        catalog = Databases.catalog(database);
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void listsEveryRelationBySchemaAndNameAndNoneOfTheServersOwn() {
        assertThat(catalog.database()).isEqualTo(database.database());
        assertThat(catalog.searchPath()).containsExactly("public");
        assertThat(catalog.relations())
                .extracting(relation -> relation + " is a " + relation.kind().words())
                .containsExactly(
                        "Odd Names.\" is a table",
                        "Odd Names.Order is a table",
                        "app.customer is a table",
                        "app.event_remark is a table",
                        "app.happy_customer is a view",
                        "app.happy_order is a view",
                        "app.import is a foreign table",
                        "app.order_count is a materialized view",
                        "app.order_event is a partitioned table",
                        "app.order_event_2025 is a table",
                        "app.order_event_rest is a table",
                        "app.orders is a table",
                        "hidden.app_secret is a table",
                        "hidden.secret is a table",
                        "public.customer is a table",
                        "public.guarded is a table",
                        "public.no_columns_left is a table",
                        "public.pg_stat_statements is a view",
                        "public.pg_stat_statements_info is a view");
        assertThat(relation("app.order_event_2025").partition()).isTrue();
        assertThat(relation("app.order_event").partition()).isFalse();
        assertThat(relation("public.no_columns_left").columns()).isEmpty();
        assertThat(relation("public.pg_stat_statements").extension()).contains("pg_stat_statements");
        assertThat(relation("app.customer").extension()).isEmpty();
    }

    @Test
    void keepsTheNumbersOfColumnsAfterADroppedOne() {
        Relation customer = relation("app.customer");
        assertThat(customer.columns())
                .extracting(column -> column.number() + " " + column.name())
                .startsWith("1 id", "3 email", "4 mood")
                .endsWith("11 joined");
        assertThat(customer.primaryKey()).containsExactly(1);
        assertThat(customer.uniqueKeys()).containsExactlyInAnyOrder(List.of(3), List.of(5, 4), List.of(10));
        assertThat(column("app.customer", "joined").defaultExpression()).contains("now()");
    }

    @Test
    void describesTypes() {
        assertThat(List.of("id", "email", "mood", "nick", "moods", "codes", "home", "spending", "booked", "joined"))
                .extracting(name -> described(column("app.customer", name).type()))
                .containsExactly(
                        "bigint BASE N",
                        "app.short_text DOMAIN S < character varying(20) BASE S",
                        "app.current_mood DOMAIN E < app.mood ENUM E",
                        "app.shorter_text DOMAIN S < app.short_text DOMAIN S < character varying(20) BASE S",
                        "app.mood[] ARRAY A < app.mood ENUM E",
                        "numeric(8,2)[] ARRAY A < numeric(8,2) BASE N",
                        "app.address COMPOSITE C",
                        "app.price_range RANGE R",
                        "tstzrange RANGE R",
                        "timestamp(0) with time zone BASE D");
        ColumnType mood = column("app.customer", "mood").type();
        assertThat(mood.underlying().labels()).containsExactly("sad", "so so", "it's \"fine\", {ok}", "happy");
        assertThat(mood.underlying())
                .isSameAs(column("Odd Names.Order", "CamelCase").type());
        assertThat(column("app.customer", "nick").type().underlying().form()).isEqualTo(Form.BASE);
    }

    @Test
    void tellsWhereValuesComeFrom() {
        assertThat(column("app.customer", "id").origin()).isEqualTo(Origin.IDENTITY_ALWAYS);
        assertThat(column("app.orders", "line_id").origin()).isEqualTo(Origin.IDENTITY_BY_DEFAULT);
        Column total = column("app.orders", "total");
        assertThat(total.origin()).isEqualTo(Origin.GENERATED_STORED);
        assertThat(total.defaultExpression()).contains("(price * (quantity)::numeric)");
        assertThat(total.notNull()).isFalse();
        Column note = column("app.orders", "note");
        assertThat(note.origin()).isEqualTo(Origin.PLAIN);
        assertThat(note.defaultExpression()).contains("'it''s \"new\"'::character varying");
        assertThat(column("app.orders", "price").notNull()).isTrue();
    }

    @Test
    void readsKeysInTheirOrderAndForeignKeysWithWhatTheyDo() {
        Relation orders = relation("app.orders");
        long customer = relation("app.customer").oid();
        assertThat(orders.primaryKey()).containsExactly(2, 1);
        assertThat(orders.foreignKeys())
                .containsExactly(
                        new ForeignKey(
                                "orders_customer",
                                List.of(1),
                                customer,
                                List.of(1),
                                Action.CASCADE,
                                Action.SET_NULL,
                                true),
                        new ForeignKey(
                                "orders_restrict",
                                List.of(1),
                                customer,
                                List.of(1),
                                Action.NO_ACTION,
                                Action.RESTRICT,
                                false));
        assertThat(relation("app.order_event").foreignKeys()).singleElement().satisfies(key -> {
            assertThat(key.columns()).containsExactly(3, 2);
            assertThat(key.referenced()).isEqualTo(orders.oid());
            assertThat(key.referencedColumns()).containsExactly(2, 1);
            assertThat(key.onDelete()).isEqualTo(Action.CASCADE);
        });
        // The server keeps one row for each partition that is referenced, too.
        assertThat(relation("app.event_remark").foreignKeys()).singleElement().satisfies(key -> {
            assertThat(key.referenced()).isEqualTo(relation("app.order_event").oid());
            assertThat(key.onDelete()).isEqualTo(Action.SET_DEFAULT);
        });
    }

    @Test
    void readsChecksIndexesAndComments() {
        assertThat(relation("app.orders").checks()).containsExactly(new Check("positive", "CHECK ((quantity > 0))"));
        assertThat(relation("app.event_remark").checks())
                .containsExactly(new Check("remark_short", "CHECK ((length(remark) < 1000)) NOT VALID"));
        assertThat(relation("app.customer").indexes())
                .extracting(index -> index.name() + " " + index.method() + (index.unique() ? " unique " : " ")
                        + index.columns() + (index.valid() ? "" : " invalid")
                        + index.definition().map(definition -> " " + definition).orElse(""))
                .containsExactly(
                        "customer_codes gin [7]",
                        "customer_covering btree unique [10]",
                        "customer_email_key btree unique [3]",
                        "customer_lower_email btree [0] CREATE INDEX customer_lower_email ON app.customer USING btree"
                                + " (lower((email)::text))",
                        "customer_nick_mood btree unique [5, 4]",
                        "customer_one_happy btree unique [4] CREATE UNIQUE INDEX customer_one_happy ON app.customer"
                                + " USING btree (mood) WHERE ((mood)::app.mood = 'happy'::app.mood)",
                        "customer_pkey btree unique [1]");
        assertThat(relation("app.customer").comment())
                .contains("who buys\nfrom us\t(a tab, a \\backslash, \u00fcmlaut)");
        assertThat(column("app.customer", "email").comment()).contains("PII: where to write");
        assertThat(relation("app.happy_customer").comment()).contains("those who smile");
        assertThat(catalog.schemaComment("app")).contains("the application");
        assertThat(catalog.schemaComment("hidden")).isEmpty();
    }

    @Test
    void keepsOddNamesAsTheyAre() {
        assertThat(relation("Odd Names.Order").columns())
                .extracting(Column::name)
                .containsExactly(
                        "Id", "select", "two words", "quote\"d", "CamelCase", "gr\u00f6\u00dfe", "tab\tback\\slash");
    }

    @Test
    void estimatesRowsAndSaysWhenItCannot() {
        assertThat(relation("app.customer").rowEstimate()).isEqualTo(100);
        assertThat(relation("app.orders").rowEstimate()).isNegative();
        assertThat(relation("app.happy_customer").rowEstimate()).isNegative();
        assertThat(relation("public.guarded").rowSecurity()).isTrue();
        assertThat(relation("public.customer").rowSecurity()).isFalse();
    }

    @Test
    void findsNamesAlongTheSearchPath() {
        assertThat(catalog.resolve("customer")).contains(relation("public.customer"));
        assertThat(catalog.named("customer")).hasSize(2);
        assertThat(catalog.isVisible(relation("public.customer"))).isTrue();
        assertThat(catalog.isVisible(relation("app.customer"))).isFalse();
        assertThat(catalog.resolve("orders")).isEmpty();
        assertThat(catalog.relation(relation("app.orders").oid())).contains(relation("app.orders"));
    }

    @Test
    void knowsWhatARestrictedRoleMayDo() throws Exception {
        String role = database.database() + "_reader";
        String group = database.database() + "_group";
        database.execute("""
                CREATE ROLE %1$s LOGIN PASSWORD '%1$s';
                CREATE ROLE %2$s;
                GRANT %2$s TO %1$s;
                GRANT USAGE ON SCHEMA app, "Odd Names" TO %2$s;
                GRANT SELECT, INSERT ON app.orders TO %2$s;
                GRANT SELECT (id, mood), UPDATE (nick) ON app.customer TO %1$s;
                GRANT SELECT ON hidden.secret TO %1$s;
                GRANT DELETE ON app.event_remark TO PUBLIC;
                """.formatted(role, group));
        try (JdbcSource source = Databases.as(role, database)) {
            Catalog seen = SnapshotReader.read(source);
            assertThat(seen.relation("app", "orders").orElseThrow().privileges())
                    .isEqualTo(new Privileges(true, true, false, false));
            Relation customer = seen.relation("app", "customer").orElseThrow();
            assertThat(customer.privileges()).isEqualTo(new Privileges(true, false, true, false, List.of(1, 4)));
            assertThat(customer.columns())
                    .filteredOn(customer.privileges()::maySelect)
                    .extracting(Column::name)
                    .containsExactly("id", "mood");
            assertThat(seen.relation("app", "event_remark").orElseThrow().privileges())
                    .isEqualTo(new Privileges(false, false, false, true));
            // Granted, but out of reach without USAGE on the schema.
            assertThat(seen.relation("hidden", "secret").orElseThrow().privileges())
                    .isEqualTo(new Privileges(false, false, false, false));
        } finally {
            database.execute("DROP OWNED BY %1$s, %2$s; DROP ROLE %1$s, %2$s".formatted(role, group));
        }
        assertThat(relation("hidden.secret").privileges()).isEqualTo(new Privileges(true, true, true, true));
    }

    @Test
    void isNotDeceivedByTheSearchPathOrTemporaryTables() throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    SET search_path = app, "Odd Names", pg_catalog;
                    CREATE TEMPORARY TABLE pg_class (oid oid, relname name);
                    CREATE OR REPLACE FUNCTION app.has_table_privilege(oid, text) RETURNS boolean
                      LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'caught'; END $$;
                    CREATE OR REPLACE FUNCTION app.oid_ge(oid, integer) RETURNS boolean
                      LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'caught'; END $$;
                    CREATE OPERATOR app.>= (LEFTARG = oid, RIGHTARG = integer, FUNCTION = app.oid_ge);
                    """);
            try (JdbcSource source = new JdbcSource(connection)) {
                Catalog seen = SnapshotReader.read(source);
                assertThat(seen.searchPath()).containsExactly("app", "Odd Names");
                assertThat(seen.relations()).hasSameSizeAs(catalog.relations());
                assertThat(seen.resolve("customer"))
                        .contains(seen.relation("app", "customer").orElseThrow());
            }
        }
    }

    @Test
    void readsAnEmptyDatabase() throws Exception {
        try (TestDatabase empty = dev.howdah.sample.TestPostgres.open().empty()) {
            assertThat(Databases.catalog(empty).relations()).isEmpty();
        }
    }

    private static Relation relation(String qualified) {
        int dot = qualified.indexOf('.');
        return catalog.relation(qualified.substring(0, dot), qualified.substring(dot + 1))
                .orElseThrow();
    }

    private static Column column(String relation, String name) {
        return relation(relation).column(name).orElseThrow();
    }

    private static String described(ColumnType type) {
        return type.name() + " " + type.form() + " " + type.category()
                + type.base().map(base -> " < " + described(base)).orElse("");
    }
}
