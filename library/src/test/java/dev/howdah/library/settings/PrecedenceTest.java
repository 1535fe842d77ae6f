package dev.howdah.library.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.library.settings.Origin.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecedenceTest {
    @TempDir
    Path directory;

    /** Each source is set where its column is; the strongest of them must win. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // file, .env 004, .env HOWDAH, env 004, env HOWDAH, flag → value, source
                "-, -, -, -, -, -, 10, DEFAULT",
                "1, -, -, -, -, -, 1, FILE",
                "1, 2, -, -, -, -, 2, DOTENV",
                "1, 2, 3, -, -, -, 3, DOTENV",
                "1, 2, 3, 4, -, -, 4, COMMON_VARIABLE",
                "1, 2, 3, 4, 5, -, 5, VARIABLE",
                "1, 2, 3, 4, 5, 6, 6, FLAG",
                "-, -, -, -, -, 6, 6, FLAG",
                "1, -, 3, -, -, -, 3, DOTENV",
                "-, 2, -, -, 5, -, 5, VARIABLE",
            })
    void theStrongestSourceWins(
            String file,
            String dotenvCommon,
            String dotenvOwn,
            String common,
            String own,
            String flag,
            long value,
            Source source) {
        Machine machine = new Machine(directory);
        if (file != null) {
            machine.file("pool:\n  size: " + file + "\n");
        }
        StringBuilder dotenv = new StringBuilder();
        if (dotenvCommon != null) {
            dotenv.append("DB_POOL_SIZE=").append(dotenvCommon).append('\n');
        }
        if (dotenvOwn != null) {
            dotenv.append("HOWDAH_POOL_SIZE=").append(dotenvOwn).append('\n');
        }
        machine.dotenv(dotenv.toString());
        if (common != null) {
            machine.variable("DB_POOL_SIZE", common);
        }
        if (own != null) {
            machine.variable("HOWDAH_POOL_SIZE", own);
        }
        if (flag != null) {
            machine.flag("pool.size", flag);
        }

        Setting<Long> setting = machine.load().setting(Keys.POOL_SIZE);

        assertThat(setting.value()).isEqualTo(value);
        assertThat(setting.origin().source()).isEqualTo(source);
    }

    /** Document 004's own example, as a .env and as an environment. */
    @ParameterizedTest
    @CsvSource({
        "DATABASE_URL, postgresql://u:p@db/shop, database_url, postgresql://u:********@db/shop",
        "DB_POOL_SIZE, 12, pool.size, 12",
        "DB_MAX_OVERFLOW, 21, pool.max_overflow, 21",
        "OPENAI_API_KEY, sk-abcdefghij, models.api_key, ********",
        "MODEL_STRATEGY, fast, models.strategy, fast",
        "FAST_MODEL, f, models.fast, f",
        "BALANCED_MODEL, b, models.balanced, b",
        "COMPLEX_MODEL, c, models.complex, c",
        "CACHE_ENABLED, False, cache.enabled, false",
        "CACHE_BACKEND, redis, cache.backend, redis",
        "CACHE_SCHEMA_TTL, 1800, cache.schema_ttl, 30m",
        "CACHE_QUERY_TTL, 301, cache.query_ttl, 301s",
        "CACHE_LLM_TTL, 7200, cache.llm_ttl, 2h",
        "READ_ONLY, true, read_only, true",
        "QUERY_TIMEOUT, 10, limits.first_row_timeout, 10s",
        "MAX_RESULT_ROWS, 100, limits.rows, 100",
        "ENABLE_STREAMING, true, agent.streaming, true",
        "LAZY_SCHEMA_LOADING, false, agent.lazy_catalog, false",
        "MAX_TABLES_IN_CONTEXT, 6, agent.max_tables, 6",
    })
    void everyNameOfDocument004IsHonoured(String variable, String text, String name, String shown) {
        Settings fromVariable =
                new Machine(directory.resolve("a")).variable(variable, text).load();
        Settings fromDotenv = new Machine(directory.resolve("b"))
                .dotenv(variable + "=" + text)
                .load();

        assertThat(line(fromVariable, name))
                .isEqualTo(name + " = " + shown + "  # " + variable + " in the environment");
        assertThat(line(fromDotenv, name)).isEqualTo(name + " = " + shown + "  # " + variable + " in .env:1");
    }

    @Test
    void theWholeExampleOfDocument004StartsWithOneWarning() {
        Settings settings = new Machine(directory).dotenv("""
                        # Database
                        DATABASE_URL=postgresql://localhost/shop
                        DB_POOL_SIZE=10
                        DB_MAX_OVERFLOW=20
                        OPENAI_API_KEY=sk-abcdefghijkl
                        MODEL_STRATEGY=adaptive
                        FAST_MODEL=gpt-4o-mini
                        CACHE_ENABLED=true
                        CACHE_SCHEMA_TTL=3600
                        READ_ONLY=true
                        QUERY_TIMEOUT=30
                        MAX_RESULT_ROWS=10000
                        ENABLE_STREAMING=false
                        SOMEBODY_ELSES=thing
                        """).load();

        assertThat(settings.value(Keys.LIMIT_ROWS)).contains(1000L);
        assertThat(settings.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.message())
                    .isEqualTo("MAX_RESULT_ROWS in .env:12 would loosen limits.rows from 1000 to 10000;"
                            + " the lower limit holds (default).");
            assertThat(warning.hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("limits.rows", "HOWDAH_LIMITS_ROWS"));
        });
    }

    @Test
    void aFileSetsEverythingItMay() {
        Settings settings =
                new Machine(directory).file("""
                        default_profile: shop
                        output: { format: json, null_text: "null" }
                        limits:
                          rows: none
                          first_row_timeout: 500ms
                          sql_length: 2MB
                        log:
                          level: info
                          file: ~/logs/h.log
                        sample:
                          directory: kept
                        profiles:
                          shop:
                            host: db.example.org
                            port: 5433
                            database: shop
                            user: ada
                            password: env://SHOP
                            sslmode: verify-full
                            connect_timeout: 5s
                            display_name: The shop
                            environment: staging
                            statement_timeout: 1m
                            max_rows: 50
                            pool_size: 2
                            timezone: Europe/Berlin
                          other:
                            url: postgresql://other/db
                        """).variable("SHOP", "hidden!").load();

        assertThat(settings.value(Keys.DEFAULT_PROFILE)).contains("shop");
        assertThat(settings.value(Keys.OUTPUT_FORMAT)).isEqualTo("json");
        assertThat(settings.value(Keys.OUTPUT_NULL_TEXT)).isEqualTo("null");
        assertThat(settings.value(Keys.LIMIT_ROWS)).isEmpty();
        assertThat(settings.value(Keys.LIMIT_FIRST_ROW_TIMEOUT)).contains(Duration.ofMillis(500));
        assertThat(settings.value(Keys.LIMIT_SQL_LENGTH)).isEqualTo(2L << 20);
        assertThat(settings.value(Keys.LOG_FILE)).contains(directory.resolve("home/logs/h.log"));
        assertThat(settings.value(Keys.SAMPLE_DIRECTORY)).contains(directory.resolve("home/.config/howdah/kept"));
        assertThat(settings.origin(Keys.LOG_LEVEL)).hasToString("~/.config/howdah/config.yaml:8");
        assertThat(settings.profiles()).containsOnlyKeys("shop", "other");
        ProfileDefinition shop = settings.profile("shop");
        assertThat(shop.value(Keys.PROFILE_PORT)).contains(5433L);
        assertThat(shop.value(Keys.PROFILE_PASSWORD).map(SecretSetting::reveal)).contains("hidden!");
        assertThat(shop.value(Keys.PROFILE_TIMEZONE).map(Object::toString)).contains("Europe/Berlin");
        assertThat(shop.locked()).isFalse();
        Settings own = settings.forProfile(shop);
        assertThat(own.profile()).contains(shop);
        assertThat(own.value(Keys.LIMIT_ROWS)).contains(50L);
        assertThat(own.value(Keys.LIMIT_FIRST_ROW_TIMEOUT)).contains(Duration.ofMinutes(1));
        assertThat(own.value(Keys.POOL_SIZE)).isEqualTo(2L);
        assertThat(own.value(Keys.OUTPUT_FORMAT)).isEqualTo("json");
        assertThat(own.warnings()).isEmpty();
    }

    @Test
    void withoutAnythingTheDefaultsHold() {
        Settings settings = new Machine(directory).load();

        assertThat(settings.value(Keys.READ_ONLY)).isTrue();
        assertThat(settings.value(Keys.LIMIT_ROWS)).contains(1000L);
        assertThat(settings.value(Keys.LIMIT_FIRST_ROW_TIMEOUT)).contains(Duration.ofSeconds(30));
        assertThat(settings.value(Keys.LIMIT_EXPORT_ROWS)).isEmpty();
        assertThat(settings.value(Keys.LIMIT_EXPORT_TIMEOUT)).isEmpty();
        assertThat(settings.value(Keys.DEFAULT_PROFILE)).isEmpty();
        assertThat(settings.path()).isEqualTo(directory.resolve("home/.config/howdah/config.yaml"));
        assertThat(settings.fileExists()).isFalse();
        assertThat(settings.warnings()).isEmpty();
        // Every default of the table is one of its own values.
        assertThat(settings.show())
                .hasSameSizeAs(Keys.PROGRAM)
                .allSatisfy(shown -> assertThat(shown.origin()).hasToString("default"));
    }

    @Test
    void anotherFileCanBeNamed() {
        Machine machine = new Machine(directory);
        machine.write(machine.work().resolve("a.yaml"), "pool: { size: 3 }")
                .write(machine.home().resolve("b.yaml"), "pool: { size: 4 }")
                .variable("HOWDAH_CONFIG", "~/b.yaml");

        assertThat(machine.load().value(Keys.POOL_SIZE)).isEqualTo(4L);
        machine.flag("config", "a.yaml");
        assertThat(machine.load().value(Keys.POOL_SIZE)).isEqualTo(3L);
        assertThat(machine.load().origin(Keys.POOL_SIZE)).hasToString("a.yaml:1");
    }

    @Test
    void emptyVariablesAreNotSet() {
        Settings settings = new Machine(directory)
                .variable("HOWDAH_OUTPUT_FORMAT", "")
                .variable("QUERY_TIMEOUT", "")
                .dotenv("HOWDAH_POOL_SIZE=\n")
                .load();

        assertThat(List.of(Keys.OUTPUT_FORMAT, Keys.LIMIT_FIRST_ROW_TIMEOUT, Keys.POOL_SIZE))
                .allSatisfy(key -> assertThat(settings.origin(key)).hasToString("default"));
    }

    private static String line(Settings settings, String name) {
        return settings.show().stream()
                .filter(shown -> shown.name().equals(name))
                .findFirst()
                .map(Settings.Shown::lineWithOrigin)
                .orElse(Optional.of("nothing is called " + name).get());
    }
}
