package dev.howdah.terminal.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ResultTest {
    private static final List<ResultColumn> COLUMNS =
            List.of(new ResultColumn("id", 23, "int4"), new ResultColumn("name", 25, "text"));

    private static Row row(long number) {
        return Row.of(String.valueOf(number), number % 7 == 0 ? null : "name of " + number);
    }

    /** A server that has that many rows, on a thread of its own; completes with what ended the read. */
    private static CompletableFuture<@Nullable Throwable> serve(Result result, long rows) {
        CompletableFuture<@Nullable Throwable> over = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> over.complete(catchThrowable(() -> {
                    result.columns(COLUMNS);
                    for (long i = 0; i < rows; i++) {
                        result.row(row(i));
                    }
                    result.end(rows, false);
                })));
        return over;
    }

    private static Result filled(long rows, long spillBytes) throws Exception {
        Result result = new Result(Duration.ofMinutes(1), spillBytes, () -> {});
        result.want(Long.MAX_VALUE);
        assertThat(serve(result, rows).get(30, TimeUnit.SECONDS)).isNull();
        return result;
    }

    @Test
    void readsNoFurtherThanSomebodyLooks() throws Exception {
        CountDownLatch paused = new CountDownLatch(1);
        Result[] holder = new Result[1];
        Result result = new Result(Duration.ofMinutes(1), 1 << 20, () -> {
            if (holder[0] != null && holder[0].hasPaused()) {
                paused.countDown();
            }
        });
        holder[0] = result;
        CompletableFuture<@Nullable Throwable> over = serve(result, 5_000);
        assertThat(paused.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(result.rows()).isEqualTo(1_000);
        assertThat(result.reading()).isEqualTo(Result.Reading.OPEN);
        result.want(Long.MAX_VALUE);
        assertThat(over.get(30, TimeUnit.SECONDS)).isNull();
        assertThat(result.rows()).isEqualTo(5_000);
        assertThat(result.reading()).isEqualTo(Result.Reading.COMPLETE);
        result.close();
    }

    @Test
    void endsTheReadWhenNobodyLooksAnyMore() throws Exception {
        Result result = new Result(Duration.ofMillis(1), 1 << 20, () -> {});
        assertThat(serve(result, 5_000).get(30, TimeUnit.SECONDS)).isInstanceOf(Result.Closed.class);
        result.abandon();
        assertThat(result.reading()).isEqualTo(Result.Reading.CLOSED);
        assertThat(result.rows()).isEqualTo(1_000);
        assertThat(result.row(999)).isPresent();
        assertThat(result.row(1_000)).isEmpty();
        result.close();
    }

    @Test
    void closesTheCursorWhenItIsTold() throws Exception {
        Result result = new Result(Duration.ofMinutes(1), 1 << 20, () -> {});
        CompletableFuture<@Nullable Throwable> over = serve(result, 5_000);
        result.closeCursor();
        assertThat(over.get(30, TimeUnit.SECONDS)).isInstanceOf(Result.Closed.class);
        result.close();
    }

    @Test
    void givesEveryRowBackFromTheSpillFile() throws Exception {
        Result result = filled(30_000, 1 << 26);
        for (long i = 0; i < 30_000; i += 97) {
            Row row = result.row(i).orElseThrow();
            assertThat(row.text(0)).isEqualTo(String.valueOf(i));
            assertThat(row.text(1)).isEqualTo(i % 7 == 0 ? null : "name of " + i);
        }
        assertThat(result.row(30_000)).isEmpty();
        assertThat(result.row(-1)).isEmpty();
        assertThat(result.firstRow()).isZero();
        assertThat(result.failure()).isEmpty();
        result.close();
    }

    @Test
    void forgetsTheOldestRowsWhenTheSpillFileIsFull() throws Exception {
        Result result = filled(200_000, 1 << 20);
        assertThat(result.firstRow()).isPositive();
        assertThat(result.row(0)).isEmpty();
        for (long i = result.firstRow(); i < 200_000; i += 501) {
            assertThat(result.row(i).orElseThrow().text(0)).isEqualTo(String.valueOf(i));
        }
        assertThat(result.row(199_999).orElseThrow().text(0)).isEqualTo("199999");
        result.close();
    }

    @Test
    void knowsHowWideItsColumnsAre() throws Exception {
        Result result = filled(100, 1 << 20);
        assertThat(result.widths()).containsExactly(2, 10);
        result.close();
    }

    @Test
    void takesRowsThatAreLargerThanAPage() throws IOException {
        Result result = new Result(Duration.ofMinutes(1), 1 << 24, () -> {});
        result.columns(COLUMNS);
        String large = "x".repeat(700_000);
        for (int i = 0; i < 5; i++) {
            result.row(Row.of(String.valueOf(i), large));
        }
        result.end(5, false);
        assertThat(result.row(0).orElseThrow().text(1)).isEqualTo(large);
        assertThat(result.row(4).orElseThrow().text(0)).isEqualTo("4");
        result.close();
    }
}
