package dev.howdah.library;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.probe.Attempt;
import dev.howdah.guard.probe.Probe;
import dev.howdah.library.settings.Finding;
import dev.howdah.library.settings.Settings;
import dev.howdah.postgres.Server;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.RolePower;
import dev.howdah.sql.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What {@code doctor} finds: whether the settings are right, the server answers, and the role is as small as it should be. */
public final class Diagnosis {
    private static final int OLDEST = 13;
    private static final int NEWEST = 18;

    private Diagnosis() {}

    /**
     * One thing that was looked at.
     *
     * @param state whether it is well
     * @param subject what was looked at, in a word or two
     * @param finding what was found
     * @param advice what to do; empty if nothing
     */
    public record Check(State state, String subject, String finding, String advice) {
        /** How well something is. */
        public enum State {
            GOOD,
            DOUBTFUL,
            WRONG
        }

        /** All is well. */
        public static Check good(String subject, String finding) {
            return new Check(State.GOOD, subject, finding, "");
        }

        /** It works, and could be better. */
        public static Check doubtful(String subject, String finding, String advice) {
            return new Check(State.DOUBTFUL, subject, finding, advice);
        }

        /** It does not work. */
        public static Check wrong(String subject, String finding, String advice) {
            return new Check(State.WRONG, subject, finding, advice);
        }
    }

    /** What the settings' own check finds. */
    public static List<Check> ofSettings(Settings settings) {
        List<Check> checks = new ArrayList<>();
        for (Finding finding : settings.check()) {
            String advice = finding.hint().orElse("");
            checks.add(
                    switch (finding.severity()) {
                        case NOTE -> Check.good("settings", finding.message());
                        case WARNING -> Check.doubtful("settings", finding.message(), advice);
                        case ERROR -> Check.wrong("settings", finding.message(), advice);
                    });
        }
        return checks;
    }

    /**
     * What the database shows.
     *
     * @throws dev.howdah.base.HowdahException if it cannot be reached
     */
    public static List<Check> ofDatabase(Howdah howdah, Cancellation cancellation) {
        List<Check> checks = new ArrayList<>();
        long start = System.nanoTime();
        Server server = howdah.database().server(cancellation);
        long millis = (System.nanoTime() - start) / 1_000_000;
        checks.add(Check.good("connection", howdah.database().profile().target() + " (answered in " + millis + " ms)"));
        checks.add(version(server));
        if (!server.isPostgres()) {
            // Whatever else would be asked is refused, as it would be for a statement.
            return checks;
        }
        checks.add(role(server));
        for (RolePower power : howdah.rolePowers(cancellation)) {
            if (power.kind() != RolePower.Kind.SUPERUSER) {
                String finding = "if the guard failed, " + server.role() + " " + power.words();
                checks.add(
                        power.kind().isHarmful() && !server.superuser()
                                ? Check.doubtful("role", finding, "A role that only reads needs none of it.")
                                : Check.good("role", finding));
            }
        }
        if (server.inRecovery()) {
            checks.add(Check.good("standby", "this server is a standby: it takes no writes at all"));
        }
        start = System.nanoTime();
        Catalog catalog = howdah.catalog(cancellation);
        millis = (System.nanoTime() - start) / 1_000_000;
        checks.add(catalog(catalog, millis));
        return checks;
    }

    /**
     * The SQL for a role that can read what this database's catalog shows and nothing else.
     *
     * @throws dev.howdah.base.HowdahException if the database cannot be reached
     */
    public static List<String> leastRole(Howdah howdah, Cancellation cancellation) {
        Catalog catalog = howdah.catalog(cancellation);
        TreeSet<String> schemas = new TreeSet<>();
        catalog.relations().forEach(relation -> schemas.add(relation.schema()));
        String role = "howdah_reader";
        String database = Identifiers.quote(catalog.database());
        List<String> sql = new ArrayList<>();
        sql.add("CREATE ROLE " + role + " LOGIN PASSWORD '…' NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
                + " NOBYPASSRLS CONNECTION LIMIT 10;");
        sql.add("ALTER ROLE " + role + " SET default_transaction_read_only = on;");
        sql.add("ALTER ROLE " + role + " SET statement_timeout = '60s';");
        sql.add("ALTER ROLE " + role + " SET idle_in_transaction_session_timeout = '60s';");
        sql.add("ALTER ROLE " + role + " SET lock_timeout = '5s';");
        sql.add("GRANT CONNECT ON DATABASE " + database + " TO " + role + ";");
        for (String schema : schemas) {
            String name = Identifiers.quote(schema);
            sql.add("GRANT USAGE ON SCHEMA " + name + " TO " + role + ";");
            sql.add("GRANT SELECT ON ALL TABLES IN SCHEMA " + name + " TO " + role + ";");
            sql.add("ALTER DEFAULT PRIVILEGES IN SCHEMA " + name + " GRANT SELECT ON TABLES TO " + role
                    + "; -- as whoever creates tables there");
        }
        sql.add("REVOKE CREATE ON SCHEMA public FROM PUBLIC; -- these two concern every role");
        sql.add("REVOKE TEMPORARY ON DATABASE " + database + " FROM PUBLIC;");
        return List.copyOf(sql);
    }

    /**
     * Makes every published escape attempt on this connection, layer by layer.
     *
     * @param heard is given each finding as it comes
     * @throws dev.howdah.base.HowdahException if the database cannot be reached, or it is cancelled
     */
    public static List<dev.howdah.guard.probe.Finding> probe(
            Howdah howdah, Consumer<dev.howdah.guard.probe.Finding> heard, Cancellation cancellation) {
        Set<RolePower.Kind> powers =
                howdah.rolePowers(cancellation).stream().map(RolePower::kind).collect(Collectors.toUnmodifiableSet());
        Optional<String> table = howdah.catalog(cancellation).relations().stream()
                .filter(relation -> relation.kind() == Relation.Kind.TABLE
                        && relation.privileges().select())
                .findFirst()
                .map(relation -> Identifiers.quote(relation.schema()) + "." + Identifiers.quote(relation.name()));
        Probe probe = howdah.guard().probe(powers);
        List<dev.howdah.guard.probe.Finding> findings = new ArrayList<>();
        for (Attempt attempt : Attempt.published(table)) {
            dev.howdah.guard.probe.Finding finding = probe.attempt(attempt, cancellation);
            findings.add(finding);
            heard.accept(finding);
        }
        return List.copyOf(findings);
    }

    private static Check version(Server server) {
        int major = server.versionNumber() / 10_000;
        if (!server.isPostgres()) {
            return Check.wrong(
                    "server",
                    server.product() + " speaks PostgreSQL's protocol and is not PostgreSQL",
                    "What Howdah promises about reads is shown for PostgreSQL only, so it reads nothing here.");
        }
        return major < OLDEST || major > NEWEST
                ? Check.doubtful(
                        "server",
                        "PostgreSQL " + server.version(),
                        "Howdah is tested with PostgreSQL " + OLDEST + " to " + NEWEST + ".")
                : Check.good("server", "PostgreSQL " + server.version());
    }

    private static Check role(Server server) {
        return server.superuser()
                ? Check.doubtful(
                        "role",
                        server.role() + " is a superuser: no grant protects anything from it",
                        "Use a role of its own with SELECT on what it needs, and nothing else.")
                : Check.good("role", server.role() + ", not a superuser");
    }

    private static Check catalog(Catalog catalog, long millis) {
        long readable = catalog.relations().stream()
                .filter(relation -> relation.privileges().select())
                .count();
        long writable =
                catalog.relations().stream().filter(Diagnosis::isWritable).count();
        String counts = readable + " of " + catalog.relations().size() + " relations can be read, " + writable
                + " could be changed (catalog read in " + millis + " ms)";
        return readable == 0
                ? Check.wrong("tables", counts, "GRANT SELECT on what should be asked about, and USAGE on its schema.")
                : Check.good("tables", counts);
    }

    private static boolean isWritable(Relation relation) {
        Relation.Privileges privileges = relation.privileges();
        return privileges.insert() || privileges.update() || privileges.delete();
    }
}
