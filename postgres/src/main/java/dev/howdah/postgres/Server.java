package dev.howdah.postgres;

import dev.howdah.base.PlainText;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a connection leads to.
 *
 * @param version the server's version, such as {@code 17.11}
 * @param versionNumber the same as a number: 170011
 * @param product who made it: {@code PostgreSQL}, or the name of what only speaks its protocol
 * @param description the server's own words, from {@code version()}
 * @param database the database's name
 * @param role the current role
 * @param superuser whether that role is a superuser, whom grants do not hold
 * @param inRecovery whether it is a standby, which takes no writes
 */
public record Server(
        String version,
        int versionNumber,
        String product,
        String description,
        String database,
        String role,
        boolean superuser,
        boolean inRecovery) {

    /** What forks and look-alikes say in {@code version()}; some of them begin with "PostgreSQL" too. */
    private static final Map<String, String> LOOK_ALIKES = Map.ofEntries(
            Map.entry("cockroachdb", "CockroachDB"),
            Map.entry("redshift", "Amazon Redshift"),
            Map.entry("-yb-", "YugabyteDB"),
            Map.entry("greenplum", "Greenplum"),
            Map.entry("cloudberry", "Apache Cloudberry"),
            Map.entry("materialize", "Materialize"),
            Map.entry("cratedb", "CrateDB"),
            Map.entry("questdb", "QuestDB"),
            Map.entry("risingwave", "RisingWave"),
            Map.entry("opengauss", "openGauss"),
            Map.entry("gaussdb", "GaussDB"),
            Map.entry("kingbase", "KingbaseES"),
            Map.entry("polardb", "PolarDB"),
            Map.entry("duckdb", "DuckDB"),
            Map.entry("enterprisedb", "EDB Postgres Advanced Server"));

    /** PostgreSQL itself. */
    public static final String POSTGRES = "PostgreSQL";

    /** How PostgreSQL itself begins: a version of its own form, perhaps the packager's, and the machine. */
    private static final Pattern OWN_WORDS = Pattern.compile(
            "postgresql \\d+(\\.\\d+|devel|(alpha|beta|rc)\\d+)+( \\([^)]*\\)| - percona [^,]*)? on .*");

    /** Whether it is PostgreSQL itself. */
    public boolean isPostgres() {
        return product.equals(POSTGRES);
    }

    /**
     * The product that says this of itself in {@code version()}: {@link #POSTGRES}, the name of a known look-alike, or
     * its own first words.
     */
    public static String product(String description) {
        String lower = description.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> lookAlike : LOOK_ALIKES.entrySet()) {
            if (lower.contains(lookAlike.getKey())) {
                return lookAlike.getValue();
            }
        }
        if (OWN_WORDS.matcher(lower).matches()) {
            return POSTGRES;
        }
        String words = PlainText.oneLine(description);
        return words.isBlank()
                ? "a server that does not say what it is"
                : words.substring(0, Math.min(60, words.length()));
    }
}
