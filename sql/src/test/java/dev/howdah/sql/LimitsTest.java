package dev.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.ErrorCode;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nesting is refused before the stack ends, and length alone costs neither stack nor more than linear time. */
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
                        "INSERT INTO t ~(~SELECT 1~)")
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
                        "SELECT 'a'~\n'a'")
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
        String text = parts.get(0) + parts.get(1).repeat(20_000);
        Throwable failure = onSmallStack(() -> {
            for (Statement statement : Sql.parse(text)) {
                Effects.of(statement);
                Mentions.of(statement);
            }
        });
        assertThat(failure).isNull();
    }

    @Test
    void timeIsLinearInLength() {
        String piece = "SELECT a.b, (f(x) + 1) * 2 FROM s.t AS a WHERE a.c IN (1, 2, ((3))) AND b LIKE 'x%';\n";
        String small = piece.repeat(2_000);
        String large = piece.repeat(16_000);
        long best = Long.MAX_VALUE;
        long bestLarge = Long.MAX_VALUE;
        for (int i = 0; i < 7; i++) {
            best = Math.min(best, nanos(small));
            bestLarge = Math.min(bestLarge, nanos(large));
        }
        // eight times as long; quadratic time would be sixty-four times as much
        assertThat((double) bestLarge / best).isLessThan(24);
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

    private static long nanos(String script) {
        long start = System.nanoTime();
        Sql.parse(script);
        return System.nanoTime() - start;
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
