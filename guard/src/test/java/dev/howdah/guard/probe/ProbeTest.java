package dev.howdah.guard.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.OpenGuard;
import dev.howdah.guard.probe.Finding.Gate;
import dev.howdah.guard.probe.Finding.Role;
import dev.howdah.guard.probe.Finding.Session;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.catalog.RolePower;
import dev.howdah.sample.Fingerprint;
import dev.howdah.sample.Fingerprints;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import dev.howdah.sample.ThrowawayServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private static final Optional<String> TABLE = Optional.of("shop.regions");

    /** As superuser, where only Howdah is in the way. */
    @Test
    void theGateStopsEveryAttemptAndNothingChanges() throws SQLException {
        try (ThrowawayServer server = ThrowawayServer.open("probe");
                OpenGuard open = new OpenGuard(server.databases().shop());
                Fingerprints fingerprints = Fingerprints.of(open.server)) {
            // Otherwise reading tidies pages that hold dead rows, which the log records.
            open.server.execute("VACUUM");
            open.reader.rolePowers(new Cancellation());
            Fingerprint before = fingerprints.glance();
            List<Finding> findings = probe(open);
            assertThat(before.changes(fingerprints.glance())).isEmpty();
            assertThat(findings).hasSizeGreaterThan(80);
            assertThat(findings)
                    .filteredOn(finding -> finding.gate() == Gate.PASSED || finding.gate() == Gate.PERMITTED)
                    .isEmpty();
            assertThat(findings).extracting(Finding::gate).contains(Gate.PARSER, Gate.EFFECT, Gate.FOOTPRINT);
            assertThat(findings).extracting(Finding::role).doesNotContain(Role.LACKS);
        }
    }

    /** Utility statements, modifying queries and second statements need no gate to be stopped. */
    @Test
    void theSessionAloneStopsWhatIsNoQuery() {
        try (OpenGuard open = new OpenGuard()) {
            List<Finding> findings = probe(open);
            assertThat(sqlOf(findings, Session.QUERY_ONLY))
                    .contains(
                            "DELETE FROM shop.regions WHERE false",
                            "SELECT 1; DELETE FROM shop.regions WHERE false",
                            "COPY (SELECT 1) TO PROGRAM 'true'",
                            "COMMIT",
                            "SELECT pg_catalog.query_to_xml('DELETE FROM shop.regions WHERE false', true, false, '')",
                            "WITH gone AS (DELETE FROM shop.regions WHERE false RETURNING 1) SELECT count(*) FROM gone");
            assertThat(sqlOf(findings, Session.TRANSACTION))
                    .contains("SELECT pg_catalog.set_config('transaction_read_only', 'off', true)");
            assertThat(sqlOf(findings, Session.RAN))
                    .as("what a superuser's session does not stop is said")
                    .contains("SELECT pg_catalog.pg_read_file('PG_VERSION')");
            assertThat(sqlOf(findings, Session.NOT_TRIED)).contains("SELECT pg_catalog.pg_reload_conf()");
        }
    }

    @Test
    void aRoleThatOnlyReadsStopsWhatNeedsMore() {
        TestDatabase server = TestPostgres.open().shop();
        String role = "probe_reader_" + server.database();
        server.execute("CREATE ROLE \"" + role + "\" LOGIN PASSWORD 'reads-only'; GRANT USAGE ON SCHEMA shop TO \""
                + role + "\"; GRANT SELECT ON ALL TABLES IN SCHEMA shop TO \"" + role + "\"");
        try (OpenGuard open = new OpenGuard(
                server, Profile.of(server.host(), server.port(), server.database(), role, "reads-only"))) {
            List<Finding> findings = probe(open);
            assertThat(findings)
                    .filteredOn(finding -> finding.attempt().threat().equals("reading the server's files"))
                    .allSatisfy(finding -> assertThat(finding.role()).isEqualTo(Role.LACKS));
            assertThat(sqlOf(findings, Session.PRIVILEGE)).contains("SELECT pg_catalog.pg_read_file('PG_VERSION')");
            server.execute("DROP OWNED BY \"" + role + "\"; DROP ROLE \"" + role + "\"");
        }
    }

    @Test
    void withoutATableTheAttemptsOnTablesAreLeftOut() {
        assertThat(Attempt.published(Optional.empty()))
                .isNotEmpty()
                .noneMatch(attempt -> attempt.sql().contains("{table}"));
    }

    private static List<Finding> probe(OpenGuard open) {
        Cancellation cancellation = new Cancellation();
        Set<RolePower.Kind> powers = open.reader.rolePowers(cancellation).stream()
                .map(RolePower::kind)
                .collect(Collectors.toSet());
        Probe probe = open.guard.probe(powers);
        List<Finding> findings = new ArrayList<>();
        Attempt.published(TABLE).forEach(attempt -> findings.add(probe.attempt(attempt, cancellation)));
        return findings;
    }

    private static List<String> sqlOf(List<Finding> findings, Session session) {
        return findings.stream()
                .filter(finding -> finding.session() == session)
                .map(finding -> finding.attempt().sql())
                .toList();
    }
}
