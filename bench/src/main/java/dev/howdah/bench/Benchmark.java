package dev.howdah.bench;

import java.io.IOException;
import java.sql.SQLException;

/** One benchmark: everything it measures, it measures in one run. */
interface Benchmark {
    /** What it is called on the command line. */
    String name();

    /** What it compares, in a line. */
    String about();

    /** Measures and reports. */
    void run(Bench bench) throws IOException, SQLException, InterruptedException;
}
