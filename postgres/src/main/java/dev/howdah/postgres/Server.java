package dev.howdah.postgres;

import java.util.Locale;
import java.util.Map;

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
    private static final Map<String, String> LOOK_ALIKES = Map.of(
            "cockroachdb", "CockroachDB",
            "redshift", "Amazon Redshift",
            "-yb-", "YugabyteDB",
            "greenplum", "Greenplum",
            "materialize", "Materialize",
            "cratedb", "CrateDB",
            "questdb", "QuestDB",
            "risingwave", "RisingWave",
            "opengauss", "openGauss",
            "enterprisedb", "EDB Postgres Advanced Server");

    /** Whether it is PostgreSQL itself. */
    public boolean isPostgres() {
        return product.equals("PostgreSQL");
    }

    /** The product that says this of itself in {@code version()}. */
    static String product(String description) {
        String lower = description.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> lookAlike : LOOK_ALIKES.entrySet()) {
            if (lower.contains(lookAlike.getKey())) {
                return lookAlike.getValue();
            }
        }
        return lower.startsWith("postgresql ") ? "PostgreSQL" : description;
    }
}
