package dev.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.howdah.base.ErrorCode;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nesting is refused before the stack ends, and length alone costs neither stack nor more than linear work. */
final class LimitsTest {
    private static final int SMALL_STACK = 512 * 1024;

    /** What comes before, the opening, the middle, the closing, what comes after. */
    static Stream<List<String>> nestings() {
        return Stream.of(
                        "SELECT ~(~1~)",
                        "SELECT ~((~1~))",
                        "SELECT ~NOT ~true~",
                        "SELECT ~- ~1~",
                        "SELECT ~@ ~1~",
                        "SELECT ~f(~1~)",
                        "SELECT ~a.b(x => ~1~)",
                        "SELECT ~(SELECT ~1~)",
                        "~(SELECT ~1~)",
                        "~(~SELECT 1~)",
                        "~(~(VALUES (1)) UNION SELECT 2~)",
                        "~SELECT * FROM (~SELECT 1~) AS x",
                        "SELECT * FROM ~(~a JOIN b ON true~ JOIN c ON true)",
                        "SELECT * FROM ~a JOIN ~a~ ON true",
                        "SELECT * FROM ~ROWS FROM (f((SELECT 1 FROM ~a~)))",
                        "SELECT ~ARRAY[~1~]",
                        "SELECT ARRAY~[~1~]",
                        "SELECT ~CASE WHEN ~true~ THEN 1 END",
                        "SELECT ~EXISTS (SELECT ~1~)",
                        "SELECT ~x IN (~1~)",
                        "SELECT ~x = ANY (~1~)",
                        "SELECT a~[b~[1]~]",
                        "SELECT ~CAST(~1~ AS int)",
                        "SELECT ~1::numeric(~1~)",
                        "SELECT ~substring(~1~ FROM 1)",
                        "SELECT ~json_array(~1~)",
                        "SELECT ~json_object('a': ~1~)",
                        "SELECT ~xmlelement(NAME a, ~1~)",
                        "SELECT 1 GROUP BY ~GROUPING SETS (~a~)",
                        "~WITH a AS (~SELECT 1~) SELECT 1",
                        "SELECT * FROM json_table(j, '$' COLUMNS (~NESTED '$' COLUMNS (~a int~)~))",
                        "SELECT ~f() OVER (ORDER BY ~1~)",
                        "SELECT ~count(*) FILTER (WHERE ~true~)",
                        "SELECT ~1 BETWEEN 1 AND (~1~)",
                        "SELECT ~a LIKE b ESCAPE (~'c'~)",
                        "EXPLAIN ~(~SELECT 1~)",
                        "INSERT INTO t ~(~SELECT 1~)",
                        "COPY (~(~SELECT 1~)~) TO STDOUT",
                        "CREATE VIEW v AS ~(~SELECT 1~)",
                        "CREATE INDEX ON t (~(~a~)~)",
                        "CREATE TABLE t (a int DEFAULT ~(~1~)~)",
                        "ALTER TABLE t ADD CHECK (~(~true~)~)",
                        "CREATE POLICY p ON t USING (~(~true~)~)",
                        "CALL f(~(~1~)~)")
                .map(line -> List.of(line.split("~", -1)));
    }

    /** The start, and what is repeated behind it. */
    static Stream<List<String>> lengths() {
        return Stream.of(
                        "SELECT a~ AND a",
                        "SELECT a~ OR a",
                        "SELECT 1~ || 1",
                        "SELECT 1~ + 1",
                        "SELECT 1~ ^ 1",
                        "SELECT 1~::int",
                        "SELECT 1~ IS NULL",
                        "SELECT 1~ COLLATE x",
                        "SELECT 1~ AT LOCAL",
                        "SELECT a~.b",
                        "SELECT a~[1]",
                        "SELECT 1~, 1",
                        "SELECT 1~ UNION SELECT 1",
                        "SELECT 1~ INTERSECT SELECT 1",
                        "SELECT * FROM a~ JOIN a ON true",
                        "SELECT * FROM a~ CROSS JOIN a",
                        "SELECT * FROM a~, a",
                        "VALUES (1)~, (1)",
                        "SELECT 1~;SELECT 1",
                        "SELECT 1~ /* a */",
                        "SELECT 'a'~\n'a'",
                        "WITH a AS (SELECT 1)~, a AS (SELECT 1)~ SELECT 1",
                        "DROP TABLE a~, a",
                        "TRUNCATE a~, ONLY a",
                        "CREATE TABLE t (a int~, a int DEFAULT 1 NOT NULL~)",
                        "CREATE TABLE t (a int~ NOT NULL~)",
                        "ALTER TABLE t DROP a~, DROP a",
                        "GRANT SELECT ON a~, a~ TO x",
                        "GRANT SELECT ON sequence~, a~ TO x",
                        "CREATE FUNCTION f(a int~, a int = 1~) RETURNS int RETURN 1",
                        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;~ SELECT 1;~ END",
                        "CREATE RULE r AS ON INSERT TO t DO (SELECT 1~; SELECT 1~)",
                        "COPY t TO STDOUT (a b~, a b~)",
                        "SET a = b~, b",
                        "VACUUM a~, a")
                .map(line -> List.of(line.split("~", -1)));
    }

    @ParameterizedTest
    @MethodSource("nestings")
    void twentyThousandLevelsAreRefused(List<String> parts) throws InterruptedException {
        String honest = nested(parts, 300);
        String deep = nested(parts, 20_000);
        assertThat(onSmallStack(() -> Sql.parseOne(honest))).isNull();
        assertThat(onSmallStack(() -> Sql.parse(deep)))
                .isInstanceOfSatisfying(
                        SqlSyntaxException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.LIMIT));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void lengthIsNoNesting(List<String> parts) throws InterruptedException {
        String text = parts.get(0) + parts.get(1).repeat(20_000) + (parts.size() > 2 ? parts.get(2) : "");
        Throwable failure = onSmallStack(() -> {
            for (Statement statement : Sql.parse(text)) {
                Effects.of(statement);
                Mentions.of(statement);
            }
        });
        assertThat(failure).isNull();
    }

    @Test
    void hostileTextsAreAnsweredOrRefused() throws InterruptedException {
        assertThat(onSmallStack(() -> Sql.parse("SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000))))
                .isInstanceOf(SqlSyntaxException.class);
        assertThat(onSmallStack(
                        () -> Sql.parse("WITH a AS (".repeat(10_000) + "SELECT 1" + ") SELECT 1".repeat(10_000))))
                .isInstanceOf(SqlSyntaxException.class);
        String joins = "SELECT * FROM t0" + numbered(" JOIN t# ON t#.a = t0.a");
        assertThat(onSmallStack(() -> Mentions.of(Sql.parseOne(joins)))).isNull();
        String expressions = "WITH a AS (SELECT 1)" + numbered(", a# AS (SELECT * FROM a)") + " SELECT * FROM a9999";
        assertThat(onSmallStack(
                        () -> assertThat(Mentions.of(Sql.parseOne(expressions)).relations())
                                .isEmpty()))
                .isNull();
        String routine = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC ";
        assertThat(onSmallStack(() -> Sql.parseOne(routine.repeat(50) + "SELECT 1; " + "END; ".repeat(49) + "END")))
                .isNull();
        assertThat(onSmallStack(() -> Sql.parse(routine.repeat(20_000)))).isInstanceOf(SqlSyntaxException.class);
    }

    private static String numbered(String piece) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < 10_000; i++) {
            text.append(piece.replace("#", Integer.toString(i)));
        }
        return text.toString();
    }

    /** Work is counted in bytes allocated, which no load on the machine changes, and not in time. */
    @Test
    void memoryIsLinearInLength() {
        String piece = "SELECT a.b, (f(x) + 1) * 2 FROM s.t AS a WHERE a.c IN (1, 2, ((3))) AND b LIKE 'x%';\n";
        String small = piece.repeat(1_500);
        String megabyte = piece.repeat(12_000);
        long each = allocated(small);
        assertThat(allocated(megabyte)).isLessThan(each * 8 * 3 / 2).isLessThan(megabyte.length() * 300L);
    }

    private static long allocated(String script) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Sql.parse(script);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void commentsNestWithoutStack() throws InterruptedException {
        String text = "/*".repeat(100_000) + "*/".repeat(100_000) + " SELECT 1";
        assertThat(onSmallStack(() -> Sql.parseOne(text))).isNull();
        assertThatThrownBy(() -> Sql.parseOne("/*" + text)).hasMessageStartingWith("unterminated /* comment");
    }

    private static String nested(List<String> parts, int levels) {
        String after = parts.size() > 4 ? parts.get(4) : "";
        return parts.get(0)
                + parts.get(1).repeat(levels)
                + parts.get(2)
                + parts.get(3).repeat(levels)
                + after;
    }

    private static @Nullable Throwable onSmallStack(Runnable task) throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        task.run();
                    } catch (SqlSyntaxException | StackOverflowError e) {
                        failure.set(e);
                    }
                },
                "small stack",
                SMALL_STACK);
        thread.start();
        thread.join();
        return failure.get();
    }
}
