package dev.howdah.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.audit.Actor;
import dev.howdah.guard.audit.Audit;
import dev.howdah.guard.audit.AuditLog;
import dev.howdah.guard.audit.AuditOptions;
import dev.howdah.guard.audit.AuditRecord;
import dev.howdah.guard.audit.Occasion;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Review;
import dev.howdah.store.chain.ChainFiles;
import dev.howdah.store.chain.ChainReader;
import dev.howdah.store.chain.ChainVerifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing passes the gate without a record, and nothing that cannot be recorded runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class AuditTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    private final OpenGuard open = new OpenGuard();
    private ChainFiles files = new ChainFiles(Path.of("audit.jsonl"));
    private Audit audit = Audit.off();
    private Guard guard = open.guard;

    private static AuditOptions options(ChainFiles files, boolean strict, boolean literals) {
        return new AuditOptions(
                files,
                Optional.empty(),
                strict,
                literals,
                true,
                1 << 20,
                Optional.empty(),
                text -> text.replace("hunter2", "********"),
                new Actor("ada", "laptop", 42, "s1", "test"),
                NOON,
                List.of());
    }

    @BeforeEach
    void begin(@TempDir Path directory) {
        use(new ChainFiles(directory.resolve("audit.jsonl")), false);
    }

    private void use(ChainFiles where, boolean literals) {
        files = where;
        audit = AuditLog.open(options(files, false, literals));
        guard = new Guard(open.database, open.catalog, Policy.readOnly(), OpenGuard.LONGEST, audit);
    }

    @AfterEach
    void verify() throws IOException {
        guard.close();
        audit.close();
        assertThat(ChainVerifier.verify(files, AuditLog.key(files, Optional.empty()), Optional.empty())
                        .findings())
                .isEmpty();
    }

    @AfterAll
    void close() {
        open.close();
    }

    private List<AuditRecord> records() {
        List<AuditRecord> records = new ArrayList<>();
        try {
            new ChainReader(files)
                    .forEach(line -> records.add(AuditRecord.parse(line).orElseThrow()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return records;
    }

    private List<String> events() {
        return records().stream().map(record -> record.value("event")).toList();
    }

    private void read(String sql) {
        Review review = guard.review(sql, new Cancellation());
        guard.read(review, List.of(), Limits.none(), new Collected(), new Cancellation());
    }

    @Test
    void aReadIsRecordedAsJudgedAsRunAndWithWhatCameOfIt() {
        read("SELECT name FROM shop.regions WHERE name <> 'Atlantis' -- not there\n LIMIT 3");

        assertThat(events()).containsExactly("review", "execution", "outcome");
        AuditRecord execution = records().get(1);
        assertThat(execution.values())
                .containsEntry("ts", "2026-11-20T12:00:00.000000Z")
                .containsEntry("user", "ada")
                .containsEntry("host", "laptop")
                .containsEntry("pid", "42")
                .containsEntry("session", "s1")
                .containsEntry("client", "test")
                .containsEntry("profile", open.server.database())
                .containsEntry("command", "SELECT")
                .containsEntry("effect", "READ")
                .containsEntry("verdict", "allow")
                .containsEntry("form", "cursor")
                .containsEntry("relations", "shop.regions")
                .containsEntry("statement", "SELECT name FROM shop.regions WHERE name <> ? LIMIT ?");
        assertThat(execution.value("target")).startsWith("postgresql://").doesNotContain(open.server.password());
        assertThat(execution.value("digest")).matches("[0-9a-f]{64}");
        AuditRecord outcome = records().get(2);
        assertThat(outcome.values())
                .containsEntry("of", execution.value("seq"))
                .containsEntry("ok", "true")
                .containsEntry("rows", "3")
                .containsEntry("truncated", "false");
        assertThat(Long.parseLong(outcome.value("micros"))).isPositive();
    }

    @Test
    void everyWayToRunIsRecorded() {
        Review query = guard.review("SELECT 1", new Cancellation());
        Review text = guard.review("SELECT $1::text", new Cancellation());
        guard.readAll(text, Collections.singletonList(null), Limits.none(), new Collected(), new Cancellation());
        guard.exportCsv(query, true, Limits.none(), new ByteArrayOutputStream(), new Cancellation());
        guard.explain(query, false, List.of(), Limits.none(), new Cancellation());
        guard.show(guard.review("SHOW work_mem", new Cancellation()), new Collected(), new Cancellation());

        List<String> forms = records().stream()
                .filter(record -> !record.value("form").isEmpty())
                .map(record -> record.value("event") + " " + record.value("form"))
                .toList();
        assertThat(forms).containsExactly("export copy", "export csv", "execution explain", "execution show");
        assertThat(events().stream().filter(event -> event.equals("outcome"))).hasSize(4);
        assertThat(records().get(2).value("parameters")).isEqualTo("1");
    }

    @Test
    void aRefusalIsRecordedWithItsReasonsAndIsOnTheDisk() throws IOException {
        Review review = guard.review("DELETE FROM shop.orders WHERE id = 17", new Cancellation());
        assertThat(Files.readString(files.beside(".head"))).startsWith("1:");
        assertThatThrownBy(() -> guard.read(review, List.of(), Limits.none(), new Collected(), new Cancellation()))
                .isInstanceOf(HowdahException.class);

        assertThat(events()).containsExactly("refusal", "refusal");
        assertThat(records().getFirst().values())
                .containsEntry("effect", "WRITE")
                .containsEntry("verdict", "refuse")
                .containsEntry("reasons", "DELETE changes rows")
                .containsEntry("statement", "DELETE FROM shop.orders WHERE id = ?");
        assertThat(records().getLast().values()).containsEntry("error", "REFUSED");
    }

    @Test
    void whatCannotBeReadIsRecordedWithoutItsText() {
        assertThatThrownBy(() -> guard.review("SELECT 'secret", new Cancellation()))
                .isInstanceOf(HowdahException.class);
        assertThatThrownBy(() -> guard.split("SELECT 1; SELEC 'secret'")).isInstanceOf(HowdahException.class);
        assertThatThrownBy(() -> guard.review("SELECT 1; SELECT 2", new Cancellation()))
                .isInstanceOf(HowdahException.class);
        assertThatThrownBy(() -> guard.review("SELECT * FROM nowhere", new Cancellation()))
                .isInstanceOf(HowdahException.class);
        assertThat(events()).containsOnly("refusal").hasSize(4);
        assertThat(records().stream().map(record -> record.value("error")))
                .containsExactly("SYNTAX", "SYNTAX", "SYNTAX", "UNRESOLVED");
        assertThat(records().stream().map(record -> record.value("statement")))
                .containsExactly(
                        "(unreadable, 14 characters)",
                        "SELECT ?; SELEC ?",
                        "SELECT ?; SELECT ?",
                        "SELECT * FROM nowhere");
        assertThat(records().toString()).doesNotContain("secret");
    }

    @Test
    void aFailureIsRecordedByItsCodesAndWithoutTheServersWords() {
        HowdahException failure =
                catchThrowableOfType(HowdahException.class, () -> read("SELECT 'sesame'::int FROM shop.regions"));
        assertThat(failure).hasMessageContaining("sesame");
        assertThat(events()).containsExactly("review", "execution", "outcome");
        assertThat(records().getLast().values())
                .containsEntry("ok", "false")
                .containsEntry("error", "SERVER")
                .containsEntry("sqlstate", "22P02")
                .doesNotContainKey("rows");
        assertThat(records().toString()).doesNotContain("sesame");
    }

    @Test
    void whatAStatementCameFromIsInItsRecords() {
        Guard asked = guard.on(
                new Occasion(Optional.of("regions? my password is hunter2"), Optional.of("gpt"), Optional.of("T-17")));
        Review review = asked.review("SELECT name FROM shop.regions", new Cancellation());
        asked.read(review, List.of(), Limits.none(), new Collected(), new Cancellation());
        asked.recorder().consent(review, true, "typed");
        asked.recorder().declined("not understood");
        asked.recorder().leaving("other");
        guard.recorder().configured(List.of("read_only: true → false"));

        assertThat(events())
                .containsExactly("review", "execution", "outcome", "consent", "declined", "profile", "configuration");
        assertThat(records().subList(0, 6))
                .allSatisfy(record -> assertThat(record.values())
                        .containsEntry("question", "regions? my password is ********")
                        .containsEntry("model", "gpt")
                        .containsEntry("ticket", "T-17"));
        assertThat(records().getLast().value("question")).isEmpty();
    }

    @Test
    void literalsAreRecordedOnlyIfThatIsWantedAndSecretsNever(@TempDir Path directory) throws IOException {
        verify();
        use(new ChainFiles(directory.resolve("literal.jsonl")), true);
        read("SELECT 'Atlantis' AS place -- as it is");
        guard.review("ALTER ROLE ada PASSWORD 'hunter2'", new Cancellation());
        assertThat(records().getFirst().value("statement")).isEqualTo("SELECT 'Atlantis' AS place");
        assertThat(records().getLast().value("statement")).isEqualTo("ALTER ROLE ada PASSWORD ?");
    }

    @Test
    void whatCannotBeRecordedDoesNotRun() throws IOException {
        Review review = guard.review("SELECT 1", new Cancellation());
        audit.close();
        Collected rows = new Collected();
        HowdahException failure = catchThrowableOfType(
                HowdahException.class, () -> guard.read(review, List.of(), Limits.none(), rows, new Cancellation()));
        assertThat(failure.code()).isEqualTo(ErrorCode.AUDIT);
        assertThat(failure).hasMessageContaining(files.toString()).hasMessageContaining("nothing runs");
        assertThat(failure.hint().orElseThrow()).contains("audit.file");
        assertThat(rows.values).isEmpty();
        assertThatThrownBy(() -> guard.review("SELECT 1", new Cancellation())).isInstanceOf(HowdahException.class);
    }

    @Test
    void aLogThatMustNotBeContinuedIsNotOpened(@TempDir Path directory) throws IOException {
        Path blocked = Files.writeString(directory.resolve("file"), "");
        HowdahException failure = catchThrowableOfType(
                HowdahException.class,
                () -> AuditLog.open(options(new ChainFiles(blocked.resolve("audit.jsonl")), false, false)));
        assertThat(failure.code()).isEqualTo(ErrorCode.AUDIT);
        assertThat(failure).hasMessageContaining("cannot be opened");

        Files.writeString(directory.resolve("audit.jsonl"), "{\"someone\":\"else's\"}\n");
        HowdahException foreign = catchThrowableOfType(
                HowdahException.class,
                () -> AuditLog.open(options(new ChainFiles(directory.resolve("audit.jsonl")), false, false)));
        assertThat(foreign).hasMessageContaining("its key");
        assertThat(foreign.hint().orElseThrow()).contains("Restore the key");
    }

    @Test
    void strictMeansThatReadsAreOnTheDiskToo(@TempDir Path directory) throws IOException {
        verify();
        files = new ChainFiles(directory.resolve("strict.jsonl"));
        audit = AuditLog.open(options(files, true, false));
        guard = new Guard(open.database, open.catalog, Policy.readOnly(), OpenGuard.LONGEST, audit);
        guard.review("SELECT 1", new Cancellation());
        assertThat(Files.readString(files.beside(".head"))).startsWith("1:");
        guard.review("SELECT 2", new Cancellation());
        assertThat(Files.readString(files.beside(".head"))).startsWith("2:");
    }

    @Test
    void veryLongStatementsAreCutInTheRecord() {
        guard.review("SELECT " + "NULL + 1, ".repeat(5_000) + "1", new Cancellation());
        assertThat(records().getFirst().value("statement")).endsWith("… (cut from 50,008 characters)");
    }
}
