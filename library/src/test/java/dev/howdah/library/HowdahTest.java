package dev.howdah.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.agent.Agent;
import dev.howdah.agent.Answer;
import dev.howdah.agent.By;
import dev.howdah.base.Cancellation;
import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.Event;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Review;
import dev.howdah.library.Diagnosis.Check;
import dev.howdah.library.settings.Settings;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.Interpretation;
import dev.howdah.question.Reading;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The wired house on a real server, as settings say. */
@Timeout(120)
class HowdahTest {
    @TempDir
    private Path directory;

    private final TestDatabase server = TestPostgres.open().shop();

    @AfterEach
    void close() {
        server.close();
    }

    private Settings settings(Map<String, String> variables) {
        return Settings.load(new Environment(variables, directory, directory, OperatingSystem.LINUX), Map.of());
    }

    private Profile superuser() {
        return Profile.of(server.host(), server.port(), server.database(), server.user(), server.password());
    }

    private Howdah open(Map<String, String> variables) {
        return Howdah.open(superuser(), settings(variables));
    }

    private static Answer ask(Howdah howdah, String question) {
        Agent.Request request = new Agent.Request(Limits.none(), true, false);
        return howdah.agent().ask(question, request, new Silent(), new Cancellation());
    }

    private static String declined(Answer answer) {
        return answer instanceof Answer.NotUnderstood(Interpretation.Declined declined)
                ? declined.reason() + declined.notUnderstood()
                : "";
    }

    @Test
    void aCommandAndAProgramThatStaysGetTheSameAnswers() {
        try (Howdah once = open(Map.of());
                Howdah staying = Howdah.pooled(superuser(), settings(Map.of()), Clock.systemUTC())) {
            for (Howdah howdah : List.of(once, staying)) {
                assertThat(ask(howdah, "show latest 20 orders"))
                        .isInstanceOfSatisfying(
                                Answer.Rows.class,
                                rows -> assertThat(rows.outcome().rows()).isEqualTo(20));
                assertThat(howdah.catalog(new Cancellation()).relation("shop", "orders"))
                        .isPresent();
            }
        }
    }

    @Test
    void storedValuesAreReadOnlyIfTheSettingsSaySo() {
        server.execute("CREATE TABLE shop.gizmos (gizmo_id int PRIMARY KEY, maker text);"
                + "INSERT INTO shop.gizmos SELECT g, 'Zyxwington' FROM generate_series(1, 5) g; ANALYZE shop.gizmos");
        try (Howdah with = open(Map.of());
                Howdah without = open(Map.of("HOWDAH_QUESTION_STORED_VALUES", "false"))) {
            assertThat(ask(with, "how many gizmos with maker Zyxwington")).isInstanceOf(Answer.Rows.class);
            assertThat(ask(with, "count Zyxwington gizmos")).isInstanceOf(Answer.Rows.class);
            assertThat(declined(ask(without, "count Zyxwington gizmos"))).contains("Zyxwington");
        }
    }

    @Test
    void theEngineCanBeSwitchedOff() {
        try (Howdah howdah = open(Map.of("HOWDAH_QUESTION_ENGINE", "false"))) {
            assertThat(declined(ask(howdah, "show latest 20 orders"))).contains("question.engine");
        }
    }

    @Test
    void theLongestQuestionIsASetting() {
        try (Howdah howdah = open(Map.of("HOWDAH_LIMITS_QUESTION_LENGTH", "10"))) {
            assertThat(declined(ask(howdah, "show latest 20 orders"))).contains("limits.question_length");
        }
    }

    @Test
    void theLongestStatementIsASetting() {
        try (Howdah howdah = open(Map.of("HOWDAH_LIMITS_SQL_LENGTH", "10"))) {
            assertThat(catchThrowableOfType(
                                    HowdahException.class,
                                    () -> howdah.guard().review("SELECT 1 + 2 + 3", new Cancellation()))
                            .code())
                    .isEqualTo(ErrorCode.LIMIT);
        }
    }

    @Test
    void writesAreRefusedWithAdviceThatIsTrue() {
        assertThat(adviceToAWriter(Map.of(), ErrorCode.REFUSED)).contains("read-only");
        assertThat(adviceToAWriter(Map.of("HOWDAH_READ_ONLY", "false"), ErrorCode.CONSENT_NEEDED))
                .contains("level balanced (read_only: false, HOWDAH_READ_ONLY in the environment)", "Nothing was run.");
    }

    private String adviceToAWriter(Map<String, String> variables, ErrorCode code) {
        try (Howdah howdah = open(variables)) {
            Review review = howdah.guard().review("DELETE FROM orders", new Cancellation());
            HowdahException refusal = catchThrowableOfType(HowdahException.class, review::requireAllowed);
            assertThat(refusal.code()).isEqualTo(code);
            return refusal.hint().orElseThrow();
        }
    }

    @Test
    void aSuperuserIsDoubtful() {
        try (Howdah howdah = open(Map.of())) {
            assertThat(Diagnosis.ofDatabase(howdah, new Cancellation()))
                    .anySatisfy(check -> {
                        assertThat(check.state()).isEqualTo(Check.State.DOUBTFUL);
                        assertThat(check.finding()).contains("superuser");
                        assertThat(check.advice()).contains("SELECT");
                    })
                    .anySatisfy(check -> {
                        assertThat(check.subject()).isEqualTo("server");
                        assertThat(check.state()).isEqualTo(Check.State.GOOD);
                        assertThat(check.finding()).startsWith("PostgreSQL 1");
                    });
        }
    }

    @Test
    void aPlainRoleIsWellAndOneThatReadsNothingIsNot() {
        String role = "plain_" + server.database();
        server.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'plain'");
        Profile plain = Profile.of(server.host(), server.port(), server.database(), role, "plain");
        try {
            try (Howdah howdah = Howdah.open(plain, settings(Map.of()))) {
                List<Check> checks = Diagnosis.ofDatabase(howdah, new Cancellation());
                assertThat(checks).anySatisfy(check -> {
                    assertThat(check.subject()).isEqualTo("role");
                    assertThat(check.state()).isEqualTo(Check.State.GOOD);
                    assertThat(check.finding()).contains("not a superuser");
                });
                assertThat(checks).anySatisfy(check -> {
                    assertThat(check.subject()).isEqualTo("tables");
                    assertThat(check.state()).isEqualTo(Check.State.WRONG);
                    assertThat(check.advice()).contains("GRANT SELECT");
                });
            }
            server.execute("GRANT USAGE ON SCHEMA shop TO " + role + "; GRANT SELECT ON shop.orders TO " + role);
            try (Howdah howdah = Howdah.open(plain, settings(Map.of()))) {
                assertThat(Diagnosis.ofDatabase(howdah, new Cancellation())).anySatisfy(check -> {
                    assertThat(check.subject()).isEqualTo("tables");
                    assertThat(check.state()).isEqualTo(Check.State.GOOD);
                    assertThat(check.finding()).startsWith("1 of ").contains(", 0 could be changed");
                });
            }
        } finally {
            server.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }

    @Test
    void aProfileMayRequireARoleThatOnlyReads() {
        String role = "safe_" + server.database();
        server.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        server.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'plain'; GRANT USAGE ON SCHEMA shop TO " + role
                + "; GRANT SELECT ON ALL TABLES IN SCHEMA shop TO " + role);
        Profile plain = Profile.of(server.host(), server.port(), server.database(), role, "plain");
        Map<String, String> required = Map.of("HOWDAH_REQUIRE_SAFE_ROLE", "true");
        try {
            try (Howdah howdah = Howdah.open(plain, settings(required))) {
                assertThat(howdah.rolePowers(new Cancellation()))
                        .noneMatch(power -> power.kind().isHarmful());
            }
            for (List<String> power : List.of(
                    List.of("GRANT UPDATE ON shop.orders TO " + role, "can change rows or sequences (1 of them)"),
                    List.of("GRANT pg_read_server_files TO " + role, "can read the server's files"),
                    List.of("GRANT pg_monitor TO " + role, "can read other people's queries"),
                    List.of("ALTER ROLE " + role + " CREATEDB", "can create databases"),
                    List.of("GRANT CREATE ON SCHEMA shop TO " + role, "can create objects in schemas (shop)"))) {
                server.execute(power.getFirst());
                HowdahException refusal =
                        catchThrowableOfType(HowdahException.class, () -> Howdah.open(plain, settings(required)));
                assertThat(refusal.code()).isEqualTo(ErrorCode.REFUSED);
                assertThat(refusal).hasMessageContaining(power.getLast());
            }
            try (Howdah howdah = Howdah.openToDiagnose(plain, settings(required))) {
                assertThat(Diagnosis.ofDatabase(howdah, new Cancellation()))
                        .anySatisfy(check -> assertThat(check.finding()).contains("can read the server's files"));
            }
        } finally {
            server.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }

    @Test
    void theLeastRoleCanReadAndNothingElse() {
        try (Howdah howdah = open(Map.of())) {
            List<String> sql = Diagnosis.leastRole(howdah, new Cancellation());
            String role = "least_" + server.database();
            for (String statement : sql) {
                server.execute(statement.replace("howdah_reader", role).replaceAll("--.*", ""));
            }
            Profile least = Profile.of(server.host(), server.port(), server.database(), role, "…");
            try (Howdah reading = Howdah.open(least, settings(Map.of("HOWDAH_REQUIRE_SAFE_ROLE", "true")))) {
                assertThat(reading.rolePowers(new Cancellation())).isEmpty();
            } finally {
                server.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
            }
        }
    }

    @Test
    void theSettingsOwnFindingsAreShown() {
        assertThat(Diagnosis.ofSettings(settings(Map.of())))
                .isNotNull()
                .noneSatisfy(check -> assertThat(check.state()).isEqualTo(Check.State.WRONG));
    }

    /** Takes everything and keeps nothing. */
    private static final class Silent implements Agent.Listener, RowSink {
        @Override
        public void event(Event event) {}

        @Override
        public void understood(Reading reading, Review review, By by) {}

        @Override
        public void repairing(HowdahException failure) {}

        @Override
        public RowSink rows() {
            return this;
        }

        @Override
        public void columns(List<ResultColumn> columns) {}

        @Override
        public void row(Row row) {}

        @Override
        public void end(long rows, boolean truncated) {}
    }
}
