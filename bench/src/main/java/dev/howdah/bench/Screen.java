package dev.howdah.bench;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.render.Counts;
import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.result.Grid;
import dev.howdah.terminal.result.Result;
import dev.howdah.terminal.screen.Frames;
import dev.howdah.terminal.screen.Theme;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the terminal's drawing thread costs, without a terminal: frames over many rows, and the memory these take. */
final class Screen implements Benchmark {
    private static final int WIDTH = 240;
    private static final int HEIGHT = 70;
    private static final int FRAMES = 2_000;

    @Override
    public String name() {
        return "terminal";
    }

    @Override
    public String about() {
        return "frames at 240×70 over a scrolled result, and its memory (--rows 5000000)";
    }

    @Override
    public void run(Bench bench) throws IOException {
        int rows = bench.number("rows", 5_000_000);
        double small = frames(bench, Math.min(rows, 10_000));
        double large = frames(bench, rows);
        bench.figure("frame over many rows against few, median", large / small, "", 2);
    }

    /** The median in milliseconds. */
    private static double frames(Bench bench, int rows) throws IOException {
        try (Result result = new Result(Duration.ofMinutes(1), 1L << 30, () -> {})) {
            result.want(Long.MAX_VALUE);
            result.columns(List.of(
                    new ResultColumn("id", 23, "int4"),
                    new ResultColumn("name", 25, "text"),
                    new ResultColumn("total", 1700, "numeric"),
                    new ResultColumn("at", 1184, "timestamptz")));
            long start = System.nanoTime();
            for (int i = 0; i < rows; i++) {
                result.row(Row.of(String.valueOf(i), "name of row " + i, i + ".50", "2026-11-01 10:00:00+00"));
            }
            result.end(rows, false);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            long heap = runtime.totalMemory() - runtime.freeMemory();
            Grid grid = new Grid(result, "bench");
            Frames frames = new Frames();
            double[] millis = new double[FRAMES];
            for (int i = 0; i < FRAMES; i++) {
                grid.press(i % 50 == 0 ? Key.text(i % 100 == 0 ? "G" : "g") : Key.of(Key.Code.PAGE_DOWN));
                long begin = System.nanoTime();
                String sent = frames.frame(WIDTH, HEIGHT, canvas -> {
                    grid.draw(canvas, 0, 0, WIDTH, HEIGHT, Theme.dark());
                    return Frames.CursorAt.HIDDEN;
                });
                millis[i] = sent.isEmpty() ? 0 : (System.nanoTime() - begin) / 1e6;
            }
            double[] warm = Arrays.copyOfRange(millis, FRAMES / 2, FRAMES);
            Arrays.sort(warm);
            double median = warm[warm.length / 2];
            String what = Counts.rows(rows);
            bench.figure("taking " + what, seconds, "s");
            bench.figure("heap after that, " + what, (double) (heap >> 20), "MB", 200);
            bench.figure("frame over " + what + ", median", median, "ms", 2);
            bench.figure("frame over " + what + ", 99 %", warm[warm.length * 99 / 100], "ms", 16);
            return median;
        }
    }
}
