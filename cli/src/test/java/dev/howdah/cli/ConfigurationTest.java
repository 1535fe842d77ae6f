package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles, settings and where they come from. */
final class ConfigurationTest {
    private static TestDatabase database;

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeAll
    static void open() {
        database = TestPostgres.open().empty();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void prepare() {
        bench = new Workbench(directory);
    }

    private String profile(String name) {
        return "  " + name + ":\n    host: " + database.host() + "\n    port: " + database.port() + "\n    database: "
                + database.database() + "\n    user: " + database.user() + "\n    password: env://SHOP_PASSWORD\n";
    }

    @Test
    void aProfileConnectsByItsNameOrByDefault() {
        bench.variable("SHOP_PASSWORD", database.password()).configuration("profiles:\n" + profile("shop"));
        bench.run("sql", "-At", "-d", "shop", "select current_database()").answered(database.database() + "\n");
        bench.configuration("default_profile: shop\nprofiles:\n" + profile("shop"));
        bench.run("sql", "-At", "select current_database()").answered(database.database() + "\n");
        bench.assertNoSessionLeft();
    }

    @Test
    void everyWayToNameADatabaseWorks() {
        String query = "select current_database()";
        String expected = database.database() + "\n";
        bench.run("sql", "-At", "-d", database.url(), query).answered(expected);
        bench.run("sql", "-At", "--database=" + database.url(), query).answered(expected);
        bench.variable("DATABASE_URL", database.url()).run("sql", "-At", query).answered(expected);
        Workbench libpq = new Workbench(directory.resolve("libpq"))
                .variable("PGHOST", database.host())
                .variable("PGPORT", String.valueOf(database.port()))
                .variable("PGUSER", database.user())
                .variable("PGPASSWORD", database.password());
        libpq.run("sql", "-At", "-d", database.database(), query).answered(expected);
        libpq.variable("PGDATABASE", database.database())
                .run("sql", "-At", query)
                .answered(expected);
        new Workbench(directory.resolve("flags"))
                .variable("PGPASSWORD", database.password())
                .run(
                        "sql",
                        "-At",
                        "-h",
                        database.host(),
                        "-p",
                        String.valueOf(database.port()),
                        "-U",
                        database.user(),
                        "-d",
                        database.database(),
                        query)
                .answered(expected);
    }

    @Test
    void flagsComeBeforeVariablesBeforeTheFile() {
        bench.database(database.url()).terminal().variable("NO_COLOR", "1");
        String query = "select g from generate_series(1, 20) g";
        assertThat(bench.run("sql", "-At", query).out().lines()).hasSize(20);
        bench.configuration("limits:\n  rows: 7\n");
        assertThat(bench.run("sql", "-At", query).out().lines()).hasSize(7);
        bench.variable("HOWDAH_LIMITS_ROWS", "5");
        assertThat(bench.run("sql", "-At", query).out().lines()).hasSize(5);
        assertThat(bench.run("sql", "-At", "--limit", "3", query).out().lines()).hasSize(3);
        assertThat(bench.run("sql", "-At", "--limit", "none", query).out().lines())
                .hasSize(20);
    }

    @Test
    void showPrintsWhereEachValueCameFrom() {
        bench.configuration("limits:\n  rows: 7\nprofiles:\n  shop:\n    host: example.invalid\n    password: geheim\n")
                .variable("HOWDAH_OUTPUT_FORMAT", "json")
                .write(bench.work().resolve(".env"), "QUERY_TIMEOUT=10\n");
        var plain = bench.run("config", "show").answered();
        assertThat(plain.out()).contains("limits.rows", "7").doesNotContain("geheim", "# ");
        var origin = bench.run("config", "show", "--origin").answered();
        assertThat(line(origin.out(), "limits.rows")).contains("7", "config.yaml");
        assertThat(line(origin.out(), "output.format")).contains("json", "HOWDAH_OUTPUT_FORMAT");
        assertThat(line(origin.out(), "limits.first_row_timeout")).contains("10s", ".env");
        assertThat(line(origin.out(), "limits.sql_length")).contains("default");
        assertThat(origin.out()).doesNotContain("geheim");
    }

    private static String line(String text, String key) {
        return text.lines().filter(line -> line.startsWith(key)).findFirst().orElse("no line for " + key);
    }

    @Test
    void checkSaysThatAllIsWell() {
        assertThat(bench.run("config", "check").answered().out())
                .startsWith("note: There is no ~/.config/howdah/config.yaml; the defaults hold.");
        bench.configuration("limits:\n  rows: 7\n");
        assertThat(bench.run("config", "check").answered().out()).startsWith("All is well. Read: ");
    }

    @Test
    void pathsAreTheOnesThatAreUsed() {
        bench.run("config", "path")
                .answered(bench.environment().configurationDirectory().resolve("config.yaml") + "\n");
        assertThat(bench.run("config", "path", "--log").answered().out())
                .startsWith(bench.environment().stateDirectory().toString());
        Path other = directory.resolve("other.yaml");
        bench.write(other, "limits:\n  rows: 9\n");
        bench.run("config", "path", "--config", other.toString()).answered(other + "\n");
    }

    @Test
    void profilesAreListed() {
        assertThat(bench.run("profiles").answered().out())
                .contains("There are no profiles in", "howdah profiles --help");
        bench.configuration(
                "default_profile: shop\nprofiles:\n  live:\n    host: a.invalid\n    environment: prod\n    display_name: The live shop\n  shop:\n    host: b.invalid\n");
        assertThat(bench.run("profiles").answered().out().lines())
                .satisfiesExactly(
                        live -> assertThat(live).startsWith("  live").contains("[prod]", "The live shop", "locked"),
                        shop -> assertThat(shop).startsWith("* shop").doesNotContain("locked"));
    }

    @Test
    void doctorFindsWhatIsWellAndWhatIsNot() {
        var ran = bench.database(database.url()).run("doctor");
        assertThat(ran.out())
                .contains("ok     Java: 2", "ok     settings: ", "ok     connection: ", "PostgreSQL 17")
                .contains("note   role: " + database.user() + " is a superuser");
        assertThat(ran.out())
                .contains("WRONG  tables: 0 of 0 relations can be read")
                .doesNotContain(database.password());
        assertThat(ran.exitCode()).isEqualTo(1);
        database.execute("CREATE TABLE t (i int)");
        bench.run("doctor").answered();
        database.execute("DROP TABLE t");
        bench.assertNoSessionLeft();
    }

    @Test
    void theLogHoldsWhatFailedAndNoSecret() throws Exception {
        bench.database(database.url()).variable("HOWDAH_LOG_LEVEL", "debug");
        bench.run("sql", "select 1/0").failed(1, "Division by zero.");
        String log = java.nio.file.Files.readString(
                Path.of(bench.run("config", "path", "--log").out().strip()));
        assertThat(log).contains("\"level\":").doesNotContain(database.password());
    }
}
