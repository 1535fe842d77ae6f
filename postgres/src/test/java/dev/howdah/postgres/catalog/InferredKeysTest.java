package dev.howdah.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InferredKeysTest {
    /** A schema and the keys it suggests, all of them and no other. */
    record Case(String name, String ddl, List<String> keys) {
        static Case of(String name, String ddl, String... keys) {
            return new Case(name, ddl, List.of(keys));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                Case.of(
                        "plural tables with id",
                        """
                        CREATE TABLE customers (id serial PRIMARY KEY, name text);
                        CREATE TABLE categories (id serial PRIMARY KEY, parent_id int, name text);
                        CREATE TABLE addresses (id serial PRIMARY KEY);
                        CREATE TABLE orders (id serial PRIMARY KEY, customer_id bigint, billing_address_id int,
                          category_id int, external_id int, paid boolean);
                        """,
                        "categories.parent_id > categories.id",
                        "orders.customer_id > customers.id",
                        "orders.billing_address_id > addresses.id",
                        "orders.category_id > categories.id"),
                Case.of(
                        "singular tables with their own name in the key",
                        """
                        CREATE TABLE landlord (landlord_id serial PRIMARY KEY);
                        CREATE TABLE house (house_id serial PRIMARY KEY, landlord_id int NOT NULL);
                        CREATE TABLE maint_request (req_id serial PRIMARY KEY, house_id int);
                        CREATE TABLE repair (repair_id serial PRIMARY KEY, req_id int, request_id int);
                        """,
                        "house.landlord_id > landlord.landlord_id",
                        "maint_request.house_id > house.house_id",
                        "repair.req_id > maint_request.req_id",
                        "repair.request_id > maint_request.req_id"),
                Case.of(
                        "camelCase, prefixes, natural keys",
                        """
                        CREATE TABLE tbl_country (code char(2) PRIMARY KEY, name text);
                        CREATE TABLE tbl_customer ("customerID" int PRIMARY KEY, "countryCode" char(2), country text);
                        CREATE TABLE tbl_order ("orderID" int PRIMARY KEY, "customerID" int, fk_country char(2),
                          "shipToCountryCode" char(2));
                        """,
                        "tbl_customer.countryCode > tbl_country.code",
                        "tbl_order.customerID > tbl_customer.customerID",
                        "tbl_order.shipToCountryCode > tbl_country.code"),
                Case.of(
                        "abbreviations",
                        """
                        CREATE TABLE departments (id int PRIMARY KEY);
                        CREATE TABLE employees (id int PRIMARY KEY, dept_id int, manager_id int);
                        CREATE TABLE products (id int PRIMARY KEY);
                        CREATE TABLE producers (id int PRIMARY KEY);
                        CREATE TABLE shifts (id int PRIMARY KEY, emp_id int, prod_id int);
                        """,
                        "employees.dept_id > departments.id",
                        "employees.manager_id > employees.id",
                        // prod_id may be a product or a producer.
                        "shifts.emp_id > employees.id"),
                Case.of("no key declared at all", """
                        CREATE TABLE artist (artist_id int, name text);
                        CREATE TABLE album (album_id int, title text, artist_id int);
                        """, "album.artist_id > artist.artist_id"),
                Case.of("other types are other things", """
                        CREATE TABLE users (id uuid PRIMARY KEY);
                        CREATE TABLE logins (id bigint PRIMARY KEY, user_id bigint, users uuid, session_id uuid,
                          created_by uuid, stripe_customer_id text);
                        CREATE TABLE customer (id int PRIMARY KEY);
                        """, "logins.users > users.id", "logins.created_by > users.id"),
                Case.of(
                        "several schemas: the own one first, then the only one",
                        """
                        CREATE SCHEMA crm; CREATE SCHEMA ops;
                        CREATE TABLE crm.account (id int PRIMARY KEY);
                        CREATE TABLE ops.account (id int PRIMARY KEY);
                        CREATE TABLE crm.site (id int PRIMARY KEY, account_id int);
                        CREATE TABLE ops.visit (id int PRIMARY KEY, account_id int, site_id int);
                        CREATE TABLE public.remark (id int PRIMARY KEY, account_id int);
                        """,
                        "crm.site.account_id > crm.account.id",
                        "ops.visit.account_id > ops.account.id",
                        "ops.visit.site_id > crm.site.id"),
                Case.of(
                        "one-to-one parts point at the whole, and not back",
                        """
                        CREATE TABLE student (student_id int PRIMARY KEY);
                        CREATE TABLE student_photo (student_id int PRIMARY KEY, photo bytea);
                        CREATE TABLE student_archive (student_archive_id int PRIMARY KEY, student_id int);
                        """,
                        "student_photo.student_id > student.student_id",
                        "student_archive.student_id > student.student_id"),
                Case.of("what is declared, a view's or a partition's is left alone", """
                        CREATE TABLE shop (id int PRIMARY KEY);
                        CREATE TABLE sale (id int, shop_id int REFERENCES shop, PRIMARY KEY (id, shop_id))
                          PARTITION BY LIST (shop_id);
                        CREATE TABLE sale_1 PARTITION OF sale FOR VALUES IN (1);
                        CREATE VIEW sales_of_shop AS SELECT id AS sale_id, shop_id FROM sale;
                        CREATE TABLE refund (id int PRIMARY KEY, sale_id int);
                        """, "refund.sale_id > sale.id"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void infersTheseAndNoOthers(Case test) throws Exception {
        try (TestDatabase database = TestPostgres.open().empty()) {
            database.execute(test.ddl());
            List<InferredKey> keys = InferredKeys.of(Databases.catalog(database));
            assertThat(keys)
                    .extracting(key -> name(key.relation()) + "." + key.column().name() + " > " + name(key.referenced())
                            + "." + key.referencedColumn().name())
                    .containsExactlyInAnyOrderElementsOf(test.keys());
            assertThat(keys).allSatisfy(key -> {
                assertThat(key.confidence()).isBetween(0.6, 0.95);
                assertThat(key.reason()).isNotBlank();
            });
        }
    }

    @Test
    void isSurerOfAWholeNameThanOfAnAbbreviation() throws Exception {
        try (TestDatabase database = TestPostgres.open().empty()) {
            database.execute("""
                    CREATE TABLE departments (id int PRIMARY KEY);
                    CREATE TABLE desks (id int PRIMARY KEY, department_id int, dept_id int);
                    """);
            List<InferredKey> keys = InferredKeys.of(Databases.catalog(database));
            assertThat(keys).hasSize(2);
            assertThat(keys.getFirst().confidence())
                    .isGreaterThan(keys.getLast().confidence() + 0.1);
            assertThat(keys.getLast().reason()).contains("dept abbreviates departments");
        }
    }

    @Test
    void staysLinearWithATenantInEachSchema() {
        List<Relation> relations = new ArrayList<>();
        ColumnType bigint = new ColumnType(20, "bigint", 'N', ColumnType.Form.BASE, List.of(), Optional.empty());
        for (int tenant = 0; tenant < 5_000; tenant++) {
            String schema = "tenant" + tenant;
            relations.add(table(2L * tenant, schema, "customers", bigint, "id"));
            relations.add(table(2L * tenant + 1, schema, "orders", bigint, "id", "customer_id", "cust_id"));
        }
        List<InferredKey> keys = InferredKeys.of(new Catalog("large", List.of(), relations));
        assertThat(keys)
                .filteredOn(key -> key.column().name().equals("customer_id"))
                .hasSize(5_000);
        assertThat(keys)
                .allMatch(key -> key.relation().schema().equals(key.referenced().schema()));
    }

    private static String name(Relation relation) {
        return relation.schema().equals("public") ? relation.name() : relation.toString();
    }

    private static Relation table(long oid, String schema, String name, ColumnType type, String... columns) {
        List<Column> all = new ArrayList<>();
        for (String column : columns) {
            all.add(new Column(
                    all.size() + 1, column, type, true, Column.Origin.PLAIN, Optional.empty(), Optional.empty()));
        }
        return new Relation(
                oid,
                schema,
                name,
                Relation.Kind.TABLE,
                all,
                List.of(1),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                -1,
                false,
                false,
                new Relation.Privileges(true, false, false, false));
    }
}
