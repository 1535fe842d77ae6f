package dev.howdah.library.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.library.redaction.Redaction;
import dev.howdah.postgres.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
    private static final String FILE = """
        profiles:
          shop:
            host: db
            port: 5433
            database: shopdb
            user: ada
            password: env://SHOP
            sslmode: require
            connect_timeout: 1500ms
            display_name: The shop
            environment: prod
            pool_size: 2
            timezone: Europe/Berlin
          url:
            url: postgresql://bob@other/db2?sslmode=disable
            password: hunter2
        """;

    @TempDir
    Path directory;

    private final Redaction redaction = new Redaction(Set.of());

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // -d, -h, -p, -U, default_profile, DATABASE_URL, PGHOST → name, target
                "shop, -, -, -, url, postgresql://e/f, g, shop, postgresql://ada@db:5433/shopdb",
                "url, -, -, -, shop, -, -, url, postgresql://bob@other:5432/db2",
                "shop, -, 1, eve, -, -, -, shop, postgresql://eve@db:1/shopdb",
                "shop, h, -, -, url, -, -, shop, postgresql://me@h:5432/shop",
                "postgresql://x@y:7/z, h, 8, u, shop, -, -, z, postgresql://x@y:7/z",
                "host=y dbname=z, -, 8, u, shop, -, -, z, postgresql://u@y:8/z",
                "somedb, -, -, -, shop, -, g, somedb, postgresql://me@g:5432/somedb",
                "-, h, -, -, shop, postgresql://e/f, g, me, postgresql://me@h:5432/me",
                "-, -, -, u, shop, -, g, u, postgresql://u@g:5432/u",
                "-, -, -, -, url, postgresql://e/f, g, url, postgresql://bob@other:5432/db2",
                "-, -, -, -, -, postgresql://k@e/f, g, f, postgresql://k@e:5432/f",
                "-, -, -, -, -, -, g, me, postgresql://me@g:5432/me",
            })
    void theFirstThatIsThereIsMeant(
            String database,
            String host,
            String port,
            String user,
            String standard,
            String url,
            String variable,
            String name,
            String target) {
        Machine machine = machine();
        if (standard != null) {
            machine.variable("HOWDAH_DEFAULT_PROFILE", standard);
        }
        if (url != null) {
            machine.variable("DATABASE_URL", url);
        }
        if (variable != null) {
            machine.variable("PGHOST", variable);
        }
        TargetFlags flags = new TargetFlags(
                Optional.ofNullable(database),
                Optional.ofNullable(host),
                Optional.ofNullable(port),
                Optional.ofNullable(user));

        Profile profile = targets(machine).choose(flags).orElseThrow().profile();

        assertThat(profile.target()).isEqualTo(target);
        assertThat(profile.name()).isEqualTo(name);
    }

    @Test
    void aProfileBringsEverythingItSays() {
        Target target = targets(machine()).profile("shop");

        Profile profile = target.profile();
        assertThat(profile.password().map(Object::toString)).contains("***");
        assertThat(profile.password().orElseThrow().reveal()).isEqualTo("tiger in a tank");
        assertThat(profile.tls().mode().keyword()).isEqualTo("require");
        assertThat(profile.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(profile.displayName()).contains("The shop");
        assertThat(profile.environment()).contains("prod");
        assertThat(profile.poolSize()).isEqualTo(2);
        assertThat(profile.timeZone()).contains(ZoneId.of("Europe/Berlin"));
        assertThat(profile.origins())
                .containsEntry("port", "~/.config/howdah/config.yaml:4 profiles.shop.port")
                .containsEntry("application_name", "default");
        assertThat(target.settings().profile().map(ProfileDefinition::name)).contains("shop");
        assertThat(redaction.apply("a tiger in a tank")).isEqualTo("a ********");
    }

    @Test
    void aUrlIsCompletedByTheProfile() {
        Profile profile = targets(machine()).profile("url").profile();

        assertThat(profile.password().orElseThrow().reveal()).isEqualTo("hunter2");
        assertThat(profile.tls().mode().keyword()).isEqualTo("disable");
    }

    @Test
    void nothingNamesOne() {
        assertThat(targets(machine()).choose(TargetFlags.NONE)).isEmpty();
    }

    @Test
    void aMisspelledProfileIsNoDatabase() {
        Targets targets = targets(machine());

        HowdahException e =
                catchThrowableOfType(HowdahException.class, () -> targets.choose(TargetFlags.database("shpo")));

        assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
        assertThat(e).hasMessage("There is no profile 'shpo'.");
        assertThat(e.hint()).contains("Did you mean shop?");
    }

    @Test
    void withoutProfilesANameIsADatabaseAsInPsql() {
        Machine machine = new Machine(directory).variable("USER", "me");

        assertThat(targets(machine)
                        .choose(TargetFlags.database("somedb"))
                        .orElseThrow()
                        .profile()
                        .target())
                .isEqualTo("postgresql://me@localhost:5432/somedb");
    }

    @Test
    void aLockHoldsHereToo() {
        Targets targets = targets(machine().flag("limit", "5000"));

        assertThat(catchThrowableOfType(HowdahException.class, () -> targets.profile("shop"))
                        .code())
                .isEqualTo(ErrorCode.REFUSED);
        assertThat(targets.profile("url").settings().value(Keys.LIMIT_ROWS)).contains(5000L);
    }

    private static final String LOCKS = """
        profiles:
          main:
            url: postgresql://ada@DB.example.org.:6000,standby/shop
            locked: true
            max_rows: 50
          here:
            database: books
            environment: production
            locked: false
            policy: { level: balanced }
          here_too:
            host: /var/run/postgresql
            database: books
            locked: true
            max_rows: 70
            policy: { level: permissive }
          open:
            host: db.example.org
            port: 6000
            database: sandbox
            user: eve
            policy: { level: permissive }
          broken:
            url: env://NO_SUCH
            locked: true
        """;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                // -d, -h, -p, -U → profiles whose lock holds
                "postgresql://eve@db.example.org:6000/shop   | -             | -    | -   | main",
                "postgresql://Db.Example.ORG.:6000/shop?x=1  | -             | -    | -   | error",
                "host=DB.EXAMPLE.ORG port=6000 dbname=shop   | -             | -    | -   | main",
                "postgresql://other:1,standby:5432/shop      | -             | -    | -   | main",
                "shop                                        | db.example.org| 6000 | ada | main",
                "postgresql://db.example.org:6001/shop       | -             | -    | -   | -",
                "postgresql://db.example.org:6000/Shop       | -             | -    | -   | -",
                "postgresql://db.example.com:6000/shop       | -             | -    | -   | -",
                "postgresql://127.0.0.1/books                | -             | -    | -   | here here_too",
                "postgresql://[::1]:5432/books               | -             | -    | -   | here here_too",
                "postgresql://[::ffff:127.0.0.1]/books       | -             | -    | -   | here here_too",
                "postgresql:///books                         | -             | -    | -   | here here_too",
                "books                                       | /tmp          | -    | -   | here here_too",
                "open                                        | -             | -    | -   | open",
                "open                                        | -             | -    | eve | open",
            })
    void aLockHoldsHoweverItsDatabaseIsNamed(String database, String host, String port, String user, String held) {
        Machine machine = new Machine(directory).file(LOCKS).variable("USER", "me");
        TargetFlags flags = new TargetFlags(
                Optional.of(database), Optional.ofNullable(host), Optional.ofNullable(port), Optional.ofNullable(user));
        Targets targets = targets(machine);
        if ("error".equals(held)) {
            assertThat(catchThrowableOfType(HowdahException.class, () -> targets.choose(flags)))
                    .isNotNull();
            return;
        }

        List<String> names = targets.choose(flags).orElseThrow().settings().chosen().stream()
                .map(ProfileDefinition::name)
                .toList();

        assertThat(String.join(" ", names)).isEqualTo(held == null ? "" : held);
    }

    @Test
    void otherVariablesThatNameTheDatabaseAreNoWayAroundEither() {
        Machine machine = new Machine(directory).file(LOCKS).variable("DATABASE_URL", "postgresql://localhost/books");
        assertThat(targets(machine)
                        .choose(TargetFlags.NONE)
                        .orElseThrow()
                        .settings()
                        .chosen())
                .hasSize(2);
        machine.variable("DATABASE_URL", "").variable("PGDATABASE", "books");
        assertThat(targets(machine)
                        .choose(TargetFlags.NONE)
                        .orElseThrow()
                        .settings()
                        .chosen())
                .hasSize(2);
        machine.variable("PGDATABASE", "").variable("PGPORT", "6000").variable("USER", "shop");
        TargetFlags flags =
                new TargetFlags(Optional.of("open"), Optional.empty(), Optional.of("6000"), Optional.empty());
        assertThat(targets(machine).choose(flags).orElseThrow().settings().chosen())
                .hasSize(1);
    }

    @Test
    void ofSeveralLocksTheSafestHolds() {
        Machine machine = new Machine(directory).file(LOCKS);
        Settings settings = targets(machine)
                .choose(TargetFlags.database("postgresql://localhost/books"))
                .orElseThrow()
                .settings();

        assertThat(settings.value(Keys.POLICY_LEVEL)).isEqualTo("balanced");
        assertThat(settings.value(Keys.LIMIT_ROWS)).contains(70L);

        machine.flag("level", "permissive");
        Targets targets = targets(machine);
        assertThat(catchThrowableOfType(
                                HowdahException.class,
                                () -> targets.choose(TargetFlags.database("postgresql://localhost/books")))
                        .code())
                .isEqualTo(ErrorCode.REFUSED);
    }

    @Test
    void aLockWhoseDatabaseCannotBeToldIsSaid() {
        Machine machine = new Machine(directory).file(LOCKS);
        List<String> warnings = new ArrayList<>();
        new Targets(machine.load(), machine.environment(), redaction, warnings::add)
                .choose(TargetFlags.database("postgresql://h/d"));

        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning).contains("profile broken is locked", "NO_SUCH"));
    }

    @Test
    void aBrokenUrlShowsNoPassword() {
        Targets targets = targets(machine().dotenv("DATABASE_URL=postgresql://ada:hunter2@h:port/db"));

        HowdahException e = catchThrowableOfType(HowdahException.class, () -> targets.choose(TargetFlags.NONE));

        assertThat(e.getMessage()).contains("DATABASE_URL in .env:1").doesNotContain("hunter2");
    }

    private Machine machine() {
        return new Machine(directory)
                .file(FILE)
                .variable("SHOP", "tiger in a tank")
                .variable("USER", "me");
    }

    private Targets targets(Machine machine) {
        List<String> warnings = new ArrayList<>();
        return new Targets(machine.load(), machine.environment(), redaction, warnings::add);
    }
}
