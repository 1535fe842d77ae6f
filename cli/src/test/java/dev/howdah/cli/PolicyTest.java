package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Cancellation;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `howdah policy`. */
final class PolicyTest {
    private static final String SHOP = """
        default_profile: shop
        profiles:
          shop:
            url: postgresql://me@127.0.0.1:1/shop
            environment: production
            policy:
              level: balanced
              write: approval
        """;

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeEach
    void prepare() {
        bench = new Workbench(directory);
    }

    private static List<String> lines(Workbench.Ran ran) {
        return ran.out().lines().toList();
    }

    @Test
    void withoutSqlTheTableInForceIsShown() {
        bench.configuration(SHOP);
        String out = bench.run("policy", "explain").answered().out();
        assertThat(out)
                .contains("Policy for people in profile shop, level balanced:")
                .contains("write          approval")
                .contains("profiles.shop.policy.write, ~/.config/howdah/config.yaml:8: approval")
                .contains("drop           type, with a copy kept");
        assertThat(bench.run("policy", "explain", "--client", "mcp").answered().out())
                .contains("Policy for MCP clients", "define         refuse");
        assertThat(bench.run("policy", "explain", "--read-only").answered().out())
                .contains("level readOnly:", "read_only: true, --read-only: refuse");
        bench.run("policy", "explain", "--level", "permissive").failed(4, "--level", "profile shop is locked");
        bench.run("policy", "explain", "--client", "robot").failed(2, "person and mcp");
    }

    @Test
    void theRuleThatDecidesIsSaidWithItsReasons() {
        bench.configuration(SHOP);
        String out = bench.run("policy", "explain", "-- a comment first\ndelete from orders")
                .answered()
                .out();
        assertThat(out)
                .startsWith("delete from orders\n")
                .contains("effect     WRITE", "verdict    approval", "rule       write: approval")
                .contains("level balanced (~/.config/howdah/config.yaml:7): confirm")
                .contains("reason     DELETE changes rows", "relations  orders", "not resolved");
        assertThat(bench.run("policy", "explain", "select pg_sleep(9)")
                        .answered()
                        .out())
                .contains("verdict    refuse", "pg_sleep() does more than read");
        assertThat(bench.run("policy", "explain", "select 1").answered().out())
                .contains("effect     READ, read-only", "verdict    allow");
        bench.run("policy", "explain", "selec 1").failed(1, "selec", "^");
        bench.run("policy", "explain", "  ").failed(2, "no SQL");
    }

    @Test
    void bulkIsJudgedLineByLineWithoutAServer() {
        Workbench.Ran ran = bench.input("""
            {"id": 1, "sql": "select lower(a) from t", "note": {"x": [1]}}

            {"id": {"run": "a"}, "sql": "delete from s.t"}
            {"sql": "truncate t"}
            """).run("policy", "check", "--ndjson", "--level", "balanced");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains("names are not resolved");
        assertThat(ran.out().lines().findFirst())
                .contains("{\"id\":1,\"statements\":1,\"effect\":\"READ\",\"verdict\":\"allow\",\"readOnly\":true,"
                        + "\"reasons\":[],\"relations\":[\"t\"],\"functions\":[\"lower\"],\"resolved\":false}");
        List<String> lines = lines(ran);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("{\"id\":{\"run\":\"a\"},");
        assertThat(lines.get(1)).contains("\"verdict\":\"confirm\"");
        assertThat(lines.get(1)).contains("\"relations\":[\"s.t\"]");
        assertThat(lines.get(2)).startsWith("{\"id\":null,");
        assertThat(lines.get(2)).contains("\"effect\":\"DEFINE\"");
    }

    @Test
    void aBadLineIsSaidAndTheOthersGoOn() {
        Workbench.Ran ran = bench.input("""
            {"id": 1, "sql": "select 1"}
            nonsense
            {"id": "b"}
            {"id": 3, "sql": 7}
            {"id": 4, "sql": "select 1", "sql": "drop table t"}
            {"id": 5, "sql": "select 1"} {}
            [1]
            {"id": 6, "sql": "select 2"}\
            """).run("policy", "check", "--ndjson");
        assertThat(ran.exitCode()).isEqualTo(1);
        List<String> lines = lines(ran);
        assertThat(lines).hasSize(8);
        assertThat(lines.get(1)).startsWith("{\"line\":2,\"error\"");
        assertThat(lines.get(2)).contains("\"id\":\"b\"");
        assertThat(lines.get(2)).contains("\"error\":\"the object has no sql\"");
        assertThat(lines.get(3)).contains("\"error\":\"sql is no string\"");
        assertThat(lines.get(4)).contains("\"error\"");
        assertThat(lines.get(5)).contains("\"error\"");
        assertThat(lines.get(6)).contains("\"error\":\"the line is no JSON object\"");
        assertThat(lines.get(7)).contains("\"verdict\":\"allow\"");
    }

    @Test
    void strictMakesARefusalAnExitCode() {
        bench.input("{\"id\":1,\"sql\":\"select 1\"}\n");
        assertThat(bench.run("policy", "check", "--ndjson", "--strict").exitCode())
                .isZero();
        bench.input("{\"id\":1,\"sql\":\"delete from t\"}\n");
        assertThat(bench.run("policy", "check", "--ndjson").exitCode()).isZero();
        assertThat(bench.run("policy", "check", "--ndjson", "--strict").exitCode())
                .isEqualTo(4);
        bench.run("policy", "check").failed(2, "--ndjson");
    }

    @Test
    void manyLinesGoThrough() {
        StringBuilder in = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            in.append("{\"id\":")
                    .append(i)
                    .append(",\"sql\":\"select a, b from t where c = ")
                    .append(i)
                    .append("\"}\n");
        }
        Workbench.Ran ran = bench.input(in.toString()).run("policy", "check", "--ndjson");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines().count()).isEqualTo(5_000);
    }

    @Test
    void withADatabaseNamesAreResolvedAndNothingIsRun() {
        try (TestDatabase database = TestPostgres.open().shop()) {
            bench.input("{\"id\":1,\"sql\":\"delete from orders\"}\n{\"id\":2,\"sql\":\"select * from nope\"}\n");
            Workbench.Ran ran = bench.run("policy", "check", "--ndjson", "-d", database.url(), "--level", "permissive");
            assertThat(ran.exitCode()).isZero();
            List<String> lines = lines(ran);
            assertThat(lines.get(0))
                    .as("what a cascade and a trigger reach, too")
                    .contains("\"relations\":[\"shop.audit_log\",\"shop.order_items\",\"shop.orders\"]");
            assertThat(lines.get(0)).contains("\"resolved\":true");
            assertThat(lines.get(0)).contains("\"verdict\":\"confirm\"");
            assertThat(lines.get(1)).contains("\"verdict\":\"refuse\"");
            assertThat(bench.run("policy", "explain", "-d", database.url(), "select * from orders")
                            .answered()
                            .out())
                    .contains("relations  shop.orders", "names      resolved in the database");
            assertThat(bench.run("sql", "-d", database.url(), "select count(*) > 0 from orders")
                            .answered()
                            .out())
                    .contains("t");
            Workbench.Ran asked =
                    bench.run("sql", "-d", database.url(), "--level", "balanced", "delete from order_items");
            assertThat(asked.exitCode()).isEqualTo(5);
            assertThat(asked.out()).isEmpty();
            assertThat(asked.err()).contains("deleted", "Nothing was run: a person has to say yes to it.");
        }
    }

    @Test
    void offlineTheProfilesPolicyHoldsAndItsServerIsNotAsked() {
        bench.configuration(SHOP);
        bench.input("{\"id\":1,\"sql\":\"delete from orders\"}\n");
        Workbench.Ran ran = bench.run("policy", "check", "--ndjson", "-d", "shop", "--offline");
        assertThat(ran.exitCode()).isZero();
        assertThat(lines(ran).getFirst()).contains("\"verdict\":\"approval\"");
        bench.run("policy", "check", "--ndjson", "-d", "shop").failed(6, "127.0.0.1");
    }

    @Test
    void sqlMayBeginWithAComment() {
        try (TestDatabase database = TestPostgres.open().empty()) {
            for (String sql :
                    List.of("-- x\nselect 41 + 1", "--x y\nselect 41 + 1", "--\nselect 42", "--1\nselect 42")) {
                assertThat(bench.run("sql", "-d", database.url(), sql)
                                .answered()
                                .out())
                        .contains("42");
            }
            assertThat(bench.run("sql", "-d", database.url(), "-c", "-- x\nselect 42")
                            .answered()
                            .out())
                    .contains("42");
            assertThat(bench.run("explain", "-d", database.url(), "-- x\nselect 42")
                            .answered()
                            .out())
                    .contains("Result");
            bench.run("sql", "-d", database.url(), "--no-such", "option").failed(2, "--no-such");
        }
    }

    @Test
    void aDefectBeforeTheLogIsOpenGoesToTheLogAndNotToTheScreen() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("a defect");
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                return read();
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                broken,
                new ByteArrayOutputStream(),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                false,
                0);
        int exitCode = new Cli(bench.environment(), console, new Cancellation()).run("policy", "check", "--ndjson");
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("A defect in Howdah", "howdah config path --log")
                .doesNotContain("\tat ", "SEVERE");
        assertThat(Files.readString(bench.environment().stateDirectory().resolve("howdah.log")))
                .contains("IllegalStateException");
    }
}
