package dev.howdah.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/** The entry point: runs the benchmark that is named. */
public final class Main {
    private static final List<Benchmark> BENCHMARKS = List.of(
            new Startup(),
            new CatalogReading(),
            new Rows(),
            new Gate(),
            new Parsing(),
            new Reviewing(),
            new Engine(),
            new NaturalLanguage(),
            new Truth(),
            new Auditing(),
            new Models(),
            new Retrieval(),
            new Fitting(),
            new Screen());

    private Main() {}

    /** Runs one benchmark and prints its figures. */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        for (Benchmark benchmark : BENCHMARKS) {
            if (arguments.length > 0 && benchmark.name().equals(arguments[0])) {
                Bench bench = new Bench(List.of(arguments).subList(1, arguments.length), out);
                bench.title(benchmark);
                benchmark.run(bench);
                return;
            }
        }
        out.println("bench/run NAME [--option value]…");
        for (Benchmark benchmark : BENCHMARKS) {
            out.println("  %-9s %s".formatted(benchmark.name(), benchmark.about()));
        }
        System.exit(2);
    }
}
