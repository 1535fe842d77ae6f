package dev.howdah.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopTest {
    private static final Instant NOW = Instant.parse("2026-11-20T14:00:00Z");
    private static final String NOW_SQL = "timestamptz '2026-11-20T14:00:00Z'";

    private TestDatabase shop;
    private Connection connection;

    @BeforeAll
    void open() throws SQLException {
        shop = TestPostgres.open().shop(NOW);
        connection = shop.connect();
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
        shop.close();
    }

    @ParameterizedTest
    @CsvSource({
        "regions, 5",
        "stores, 20",
        "employees, 120",
        "categories, 30",
        "suppliers, 40",
        "coupons, 30",
        "products, 500",
        "customers, 2000",
        "payment_cards, 1000",
        "orders, 10000",
        "audit_log, 0"
    })
    void hasItsRows(String table, long rows) throws SQLException {
        assertThat(count(table)).isEqualTo(rows);
    }

    /** Each query finds rows that would be wrong. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            an order before its customer came   | orders JOIN customers USING (customer_id) WHERE ordered_at < created_at
            an order after its customer left    | orders JOIN customers USING (customer_id) WHERE ordered_at > deleted_at
            a product sold before it was there  | order_items JOIN orders USING (order_id) JOIN products USING (product_id) WHERE ordered_at < created_at
            a coupon used when it was not valid | orders JOIN coupons USING (coupon_id) WHERE NOT valid @> ordered_at
            a store in another region           | orders JOIN stores s USING (store_id) JOIN customers c USING (customer_id) WHERE s.region_id <> c.region_id
            a seller of another store           | orders o JOIN employees e ON e.employee_id = o.sales_rep_id WHERE e.store_id IS DISTINCT FROM o.store_id
            a total that does not add up        | orders o WHERE total <> (SELECT sum(quantity * unit_price) FROM order_items i WHERE i.order_id = o.order_id)
            a payment that does not fit         | payments JOIN orders USING (order_id) WHERE amount <> total OR paid_at < ordered_at
            something shipped but not ordered   | orders WHERE shipped_at < ordered_at OR shipped_at IS NOT NULL AND status IN ('pending', 'paid', 'cancelled')
            a review of what was not delivered  | reviews r WHERE customer_id IS NOT NULL AND NOT EXISTS (SELECT FROM orders o JOIN order_items i USING (order_id) WHERE o.customer_id = r.customer_id AND i.product_id = r.product_id AND o.status = 'delivered')
            a product that costs more than it brings | products WHERE cost >= price
            a product in a main category        | products JOIN categories USING (category_id) WHERE parent_id IS NULL
            a name that is not unique           | (SELECT name FROM products GROUP BY name HAVING count(*) > 1) AS twice
            a customer without an address       | customers c WHERE NOT EXISTS (SELECT FROM addresses a WHERE a.customer_id = c.customer_id)
            """)
    void isConsistent(String what, String wrong) throws SQLException {
        assertThat(count(wrong)).as(what).isZero();
    }

    /** Everyday questions should have answers. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            customers without orders  | customers c WHERE NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = c.customer_id)
            customers who left        | customers WHERE deleted_at IS NOT NULL
            customers without a phone | customers WHERE phone IS NULL
            products never sold       | products p WHERE NOT EXISTS (SELECT FROM order_items i WHERE i.product_id = p.product_id)
            products never reviewed   | products p WHERE NOT EXISTS (SELECT FROM reviews r WHERE r.product_id = p.product_id)
            products no longer sold   | products WHERE NOT active
            products with no supplier | products WHERE supplier_id IS NULL
            suppliers of nothing      | suppliers s WHERE NOT EXISTS (SELECT FROM products p WHERE p.supplier_id = s.supplier_id)
            out of stock              | inventory WHERE quantity = 0
            to reorder                | inventory WHERE quantity > 0 AND quantity < reorder_level
            unpaid orders             | orders o WHERE status = 'pending' AND NOT EXISTS (SELECT FROM payments p WHERE p.order_id = o.order_id)
            not shipped yet           | orders WHERE status = 'paid' AND shipped_at IS NULL
            online orders             | orders WHERE store_id IS NULL
            orders with a coupon      | orders WHERE coupon_id IS NOT NULL
            refunds                   | orders WHERE status = 'refunded'
            coupons valid now         | coupons WHERE valid @> timestamptz '2026-11-20T14:00:00Z'
            anonymous reviews         | reviews WHERE customer_id IS NULL
            bad reviews with a text   | reviews WHERE rating = 1 AND body IS NOT NULL
            orders today              | orders WHERE ordered_at >= timestamptz '2026-11-20T00:00:00Z'
            """)
    void hasSomething(String what, String some) throws SQLException {
        assertThat(count(some)).as(what).isPositive();
    }

    @Test
    void nothingLooksLikeAPlaceholder() throws SQLException {
        for (String column : new String[] {
            "regions.name", "stores.city", "employees.full_name", "employees.email", "customers.full_name",
            "categories.name", "suppliers.name", "suppliers.contact_email", "products.name", "coupons.code",
            "addresses.street", "addresses.city", "addresses.country", "reviews.body"
        }) {
            String table = column.substring(0, column.indexOf('.'));
            assertThat(Scratch.column(
                            connection,
                            "SELECT DISTINCT " + column + " FROM " + table + " WHERE " + column
                                    + " ~* '(sub|city|supplier|product|item|user|emp|customer|name|review|text)[ _-]?[0-9]"
                                    + "|lorem|foobar|main st|\\mtest'"))
                    .as(column)
                    .isEmpty();
        }
    }

    @Test
    void regionsAreTheOnesEveryoneKnows() throws SQLException {
        assertThat(Scratch.column(connection, "SELECT name FROM regions ORDER BY region_id"))
                .containsExactly("North America", "Europe", "Asia Pacific", "Latin America", "Middle East & Africa");
    }

    @Test
    void countriesLieInTheirCustomersRegions() throws SQLException {
        assertThat(count("(SELECT country FROM addresses JOIN customers USING (customer_id)"
                        + " GROUP BY country HAVING count(DISTINCT region_id) > 1) AS torn"))
                .isZero();
        assertThat(Scratch.column(
                        connection, "SELECT DISTINCT city FROM addresses WHERE country = 'Germany' ORDER BY 1"))
                .containsExactly("Berlin", "Cologne", "Hamburg", "Munich");
        assertThat(count("addresses WHERE country = 'Germany' AND postcode !~ '^[0-9]{5}$'"))
                .isZero();
        assertThat(count("addresses WHERE country = 'United Kingdom' AND postcode !~ '^[A-Z]+1 [0-9][A-Z]{2}$'"))
                .isZero();
    }

    @Test
    void everyMonthHasOrdersInEveryRegionAndTheNewestIsFromNow() throws SQLException {
        assertThat(count(
                        "generate_series(1, 12) back, regions r WHERE NOT EXISTS (SELECT FROM order_summary o WHERE o.region = r.name"
                                + " AND o.ordered_at >= date_trunc('month', " + NOW_SQL
                                + ") - make_interval(months => back)"
                                + " AND o.ordered_at < date_trunc('month', " + NOW_SQL
                                + ") - make_interval(months => back - 1))"))
                .isZero();
        assertThat(count("generate_series(1, 23) back WHERE NOT EXISTS (SELECT FROM orders"
                        + " WHERE date_trunc('month', ordered_at) = date_trunc('month', " + NOW_SQL
                        + ") - make_interval(months => back))"))
                .isZero();
        assertThat(Scratch.value(connection, "SELECT max(ordered_at) = " + NOW_SQL + " FROM orders"))
                .isEqualTo("t");
    }

    @Test
    void theSameInstantGivesTheSameRows() throws SQLException {
        try (TestDatabase other = TestPostgres.open().empty();
                Connection fresh = other.connect()) {
            Shop.load(fresh, NOW, Progress.NONE);
            assertThat(checksum(fresh)).isEqualTo(checksum(connection));
            assertThat(Shop.now(fresh)).isEmpty();
        }
        try (TestDatabase other = TestPostgres.open().empty();
                Connection fresh = other.connect()) {
            Shop.load(fresh, NOW.plusSeconds(1), Progress.NONE);
            assertThat(checksum(fresh)).isNotEqualTo(checksum(connection));
        }
    }

    @Test
    void aFailedLoadLeavesNothing() throws SQLException {
        try (TestDatabase other = TestPostgres.open().empty();
                Connection fresh = other.connect()) {
            other.execute("CREATE TYPE public.order_status AS ENUM ()");
            other.execute("CREATE SCHEMA shop");
            assertThatThrownBy(() -> Shop.load(fresh, NOW, Progress.NONE)).isInstanceOf(SQLException.class);
            assertThat(Scratch.value(fresh, "SELECT count(*) FROM pg_class WHERE relnamespace = 'shop'::regnamespace"))
                    .isEqualTo("0");
        }
    }

    @Test
    void shopIsOnTheSearchPath() throws SQLException {
        assertThat(Scratch.value(connection, "SHOW search_path")).isEqualTo("shop, public");
    }

    private String checksum(Connection of) throws SQLException {
        StringBuilder sums = new StringBuilder();
        for (String table : Scratch.column(
                of,
                "SELECT relname FROM pg_class WHERE relnamespace = 'shop'::regnamespace AND relkind IN ('r', 'm') ORDER BY 1")) {
            sums.append(table)
                    .append(Scratch.value(
                            of,
                            "SELECT md5(string_agg(t::text, ',' ORDER BY t::text COLLATE \"C\")) FROM shop." + table
                                    + " t"))
                    .append('\n');
        }
        return sums.toString();
    }

    private long count(String from) throws SQLException {
        return Long.parseLong(Scratch.value(connection, "SELECT count(*) FROM " + from));
    }
}
