package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.postgres.wire.ReadRequest;
import dev.howdah.postgres.wire.Wire;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that only resembles PostgreSQL is named, and no statement of a person reaches it. */
class LookAlikeTest {
    private static final RowSink NOWHERE = new RowSink() {
        @Override
        public void columns(List<ResultColumn> columns) {}

        @Override
        public void row(Row row) {}

        @Override
        public void end(long rows, boolean more) {}
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "13.0.0         | CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu)                   | CockroachDB",
                "8.0.2          | PostgreSQL 8.0.2 on i686-pc-linux-gnu, Redshift 1.0.77467       | Amazon Redshift",
                "11.2-YB-2.18.0 | PostgreSQL 11.2-YB-2.18.0.0-b0 on x86_64-pc-linux-gnu, 64-bit   | YugabyteDB",
                "12.12          | PostgreSQL 12.12 (Greenplum Database 7.1.0) on x86_64-linux     | Greenplum",
                "16.3           | PostgreSQL 16.3 and better, made by nobody                      | PostgreSQL 16.3"
                        + " and better",
                "17.0           | none                                                            | does not say what"
                        + " it is",
            })
    void isNamedAndRefused(String version, String description, String product) throws IOException {
        try (LookAlikeServer server = new LookAlikeServer(version, description)) {
            Profile profile = Profile.of("127.0.0.1", server.port(), "d", "u", "p");
            try (Database database = Database.single(profile)) {
                Server found = database.server(new Cancellation());
                assertThat(found.isPostgres()).isFalse();
                assertThat(found.product()).contains(product);
            }
            for (Database database : List.of(Database.single(profile), Database.pooled(profile))) {
                try (database;
                        Wire wire = new Wire(database);
                        CatalogReader catalog = new CatalogReader(database, Clock.systemUTC())) {
                    for (Runnable attempt : List.<Runnable>of(
                            () -> wire.read(ReadRequest.of("SELECT 'mine'"), NOWHERE, new Cancellation()),
                            () -> wire.show("work_mem", NOWHERE, new Cancellation()),
                            () -> catalog.read(new Cancellation()))) {
                        assertThatThrownBy(attempt::run).isInstanceOfSatisfying(HowdahException.class, e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.REFUSED);
                            assertThat(e).hasMessageContaining(product).hasMessageContaining("is not PostgreSQL");
                            assertThat(e.hint().orElseThrow()).contains("doctor");
                        });
                    }
                }
            }
            assertThat(server.asked())
                    .as("all that it was asked; the driver sets something for servers before 12")
                    .filteredOn(asked -> !asked.equals("(hung up)") && !asked.startsWith("SET extra_float_digits"))
                    .containsOnly("SELECT version()");
        }
    }
}
