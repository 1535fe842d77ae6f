package dev.howdah.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Two ways of the same, measured in turn (A B A B …) so that whatever else the machine does burdens both.
 *
 * @param ours the median of A
 * @param theirs the median of B
 * @param ratio the median of the pairs' own ratios A : B
 */
record Pairs(double ours, double theirs, double ratio) {
    /** One measurement, in whatever unit. */
    @FunctionalInterface
    interface Measurement {
        double measure() throws IOException, SQLException, InterruptedException;
    }

    /** Measures this many pairs, after one that does not count. */
    static Pairs of(int rounds, Measurement ours, Measurement theirs)
            throws IOException, SQLException, InterruptedException {
        double[] a = new double[rounds];
        double[] b = new double[rounds];
        double[] ratios = new double[rounds];
        ours.measure();
        theirs.measure();
        for (int i = 0; i < rounds; i++) {
            a[i] = ours.measure();
            b[i] = theirs.measure();
            ratios[i] = a[i] / b[i];
        }
        return new Pairs(median(a), median(b), median(ratios));
    }

    /** The median of this many measurements, after one that does not count. */
    static double median(int rounds, Measurement measurement) throws IOException, SQLException, InterruptedException {
        double[] times = new double[rounds];
        measurement.measure();
        for (int i = 0; i < rounds; i++) {
            times[i] = measurement.measure();
        }
        return median(times);
    }

    static double median(double[] values) {
        return percentile(values, 0.5);
    }

    /** The smallest value that at least this share of all values does not exceed; the mean of two in the very middle. */
    static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        if (share == 0.5 && sorted.length % 2 == 0) {
            return (sorted[last / 2] + sorted[last / 2 + 1]) / 2;
        }
        return sorted[Math.clamp((long) Math.ceil(share * sorted.length) - 1, 0, last)];
    }
}
