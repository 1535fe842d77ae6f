package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorProbeTest {
    @Test
    void everyAttemptIsShownWithWhatStoppedIt(@TempDir Path directory) {
        try (TestDatabase shop = TestPostgres.open().shop()) {
            Workbench bench = new Workbench(directory).database(shop.url());
            var ran = bench.run("doctor", "--probe");
            assertThat(ran.exitCode()).isZero();
            assertThat(ran.out())
                    .contains("reading the server's files", "SELECT pg_catalog.pg_read_file('PG_VERSION')")
                    .containsPattern("effect +query only +could +DELETE FROM")
                    .containsPattern("\\d+ attempts: the gate stopped all of them")
                    .contains("CREATE ROLE howdah_reader");
            assertThat(bench.run("audit", "search", "--event", "refusal").out()).contains("pg_read_file");
        }
    }
}
