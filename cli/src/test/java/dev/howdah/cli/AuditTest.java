package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.cli.Workbench.Ran;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `howdah audit` shows of what the other commands did. */
final class AuditTest {
    private static TestDatabase database;

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeAll
    static void open() {
        database = TestPostgres.open().shop();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void prepare() {
        bench = new Workbench(directory).database(database.url());
    }

    private Path log() {
        return bench.environment().stateDirectory().resolve("audit.jsonl");
    }

    private void act() {
        bench.run("sql", "-At", "select count(*) from shop.regions where name <> 'Atlantis'")
                .answered();
        assertThat(bench.run("sql", "delete from shop.orders").exitCode()).isEqualTo(4);
        bench.run("ask", "how many regions").answered();
        assertThat(bench.run("ask", "colourless green ideas").exitCode()).isEqualTo(3);
    }

    @Test
    void whatWasDoneIsThereInOrder() {
        act();
        String lines = bench.run("audit", "tail", "-n", "100").answered().out();
        assertThat(lines.lines().map(line -> line.split(" ", 5)[3]))
                .containsExactly(
                        "opened",
                        "review",
                        "export",
                        "outcome",
                        "opened",
                        "refusal",
                        "opened",
                        "review",
                        "export",
                        "outcome",
                        "opened",
                        "declined");
        assertThat(lines)
                .contains("READ allow", ": select count(*) from shop.regions where name <> ?", "1 rows")
                .contains("WRITE refuse", ": DELETE changes rows: delete from shop.orders")
                .doesNotContain("Atlantis");
        assertThat(bench.run("audit", "tail", "-n", "2").answered().out().lines())
                .hasSize(2);
        assertThat(bench.run("audit", "tail", "--json", "-n", "1").answered().out())
                .startsWith("{\"seq\":12,\"ts\":\"")
                .contains("\"event\":\"declined\"", "\"question\":\"colourless green ideas\"", "\"mac\":\"");
    }

    @Test
    void searchFindsByFieldTimeAndText() {
        act();
        assertThat(found("--verdict", "refuse")).hasSize(1).first().asString().contains("delete from");
        assertThat(found("--event", "export")).hasSize(2);
        assertThat(found("--effect", "write")).hasSize(1);
        assertThat(found("SHOP.REGIONS")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(found("--user", "nobody-here")).isEmpty();
        assertThat(found("--profile", "nowhere")).isEmpty();
        assertThat(found("--since", "1h")).hasSize(12);
        assertThat(found("--since", "2099-01-01")).isEmpty();
        assertThat(found("--until", "2099-01-01T00:00", "--since", "2001-01-01T00:00:00Z"))
                .hasSize(12);
        bench.run("audit", "search", "--since", "yesterday").failed(2, "--since is no time", "2h");
    }

    private List<String> found(String... options) {
        List<String> all = new ArrayList<>(List.of("audit", "search"));
        all.addAll(List.of(options));
        return bench.run(all.toArray(new String[0])).answered().out().lines().toList();
    }

    @Test
    void exportsForOtherPrograms() throws IOException {
        act();
        assertThat(bench.run("audit", "export").answered().out()).isEqualTo(Files.readString(log()));
        List<String> csv = bench.run("audit", "export", "--format", "csv", "--event", "refusal")
                .answered()
                .out()
                .lines()
                .toList();
        assertThat(csv).hasSize(2);
        assertThat(csv.getFirst()).startsWith("seq,ts,event,user,").endsWith(",statement,digest");
        assertThat(csv.getLast()).startsWith("6,").contains(",refusal,", ",delete from shop.orders,");
        assertThat(bench.run("audit", "export", "--format", "pgaudit")
                        .answered()
                        .out()
                        .lines())
                .hasSize(2)
                .first()
                .asString()
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} UTC \\[\\d+] \\S+@" + database.database()
                        + " LOG:  AUDIT: SESSION,3,1,READ,SELECT,TABLE,shop.regions,"
                        + "select count\\(\\*\\) from shop.regions where name <> \\?,<not logged>");
        bench.run("audit", "export", "--out", "copy.jsonl").answered("");
        assertThat(bench.work().resolve("copy.jsonl")).hasSameTextualContentAs(log());
        bench.run("audit", "export", "--format", "xml").failed(2, "no format xml");
    }

    @Test
    void verifyTellsAnIntactLogFromOneThatWasChanged() throws IOException {
        act();
        Ran intact = bench.run("audit", "verify").answered();
        assertThat(intact.out()).contains("Intact: 12 records in 1 file of " + log(), "head: 12:");
        String head = intact.out().lines().toList().getLast().substring("head: ".length());
        bench.run("audit", "verify", "--head", head).answered();
        bench.run("audit", "verify", "--head", "12:abc").failed(2, "no head");

        Path copy = bench.work().resolve("copy/audit.jsonl");
        bench.write(copy, Files.readString(log()).replace("shop.orders", "shop.others"));
        bench.run("audit", "verify", "--file", "copy/audit.jsonl").failed(1, "no key", "--key");
        Ran changed = bench.run(
                "audit",
                "verify",
                "--file",
                "copy/audit.jsonl",
                "--key",
                log().resolveSibling("audit.key").toString());
        assertThat(changed.exitCode()).isEqualTo(1);
        assertThat(changed.out())
                .contains(
                        "edited: Record 6 (audit.jsonl:6) was changed after it was written.", "NOT intact: 11 records");

        List<String> lines = Files.readAllLines(log());
        Files.writeString(log(), String.join("\n", lines.subList(0, 10)) + "\n");
        Ran cut = bench.run("audit", "verify");
        assertThat(cut.exitCode()).isEqualTo(1);
        assertThat(cut.out()).contains("missing: Records 11 to 12 are missing at the end");
    }

    @Test
    void whatCannotBeRecordedDoesNotRun() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        bench.variable("HOWDAH_AUDIT_FILE", file.resolve("audit.jsonl").toString());
        bench.run("sql", "select 1").failed(1, "cannot be opened", "nothing runs", "audit.file");
        bench.assertNoSessionLeft();
        bench.variable("HOWDAH_AUDIT_MODE", "off").run("sql", "-At", "select 1").answered("1\n");
    }

    @Test
    void theAuditMayBeSwitchedOffAndThenThereIsNone() {
        bench.configuration("audit: off\n");
        bench.run("sql", "-At", "select 1").answered("1\n");
        assertThat(log()).doesNotExist();
        bench.run("audit", "tail").failed(1, "There is no audit log");
    }

    @Test
    void aProjectsDotenvCannotSwitchItOff() {
        bench.write(bench.work().resolve(".env"), "HOWDAH_AUDIT_MODE=off\n");
        bench.run("sql", "select 1").failed(2, "audit.mode");
    }

    @Test
    void changesOfTheConfigurationAreRecorded() {
        bench.configuration("limits:\n  rows: 5\n");
        bench.run("sql", "-At", "select 1").answered();
        bench.run("sql", "-At", "select 1").answered();
        bench.configuration("limits:\n  rows: 6\naudit: strict\n");
        bench.run("sql", "-At", "--limit", "3", "select 1").answered();
        bench.configuration("");
        bench.run("sql", "-At", "select 1").answered();
        assertThat(found("--event", "configuration"))
                .hasSize(3)
                .satisfiesExactly(
                        first -> assertThat(first).contains("limits.rows: (not set) → 5"),
                        second -> assertThat(second).contains("audit.mode: (not set) → strict, limits.rows: 5 → 6"),
                        third -> assertThat(third).contains("limits.rows: 6 → (not set)"));
        assertThat(found("--event", "opened").get(2)).contains("limits.rows = 3");
    }
}
