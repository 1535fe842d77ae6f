package dev.howdah.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a benchmark works with: its options, the programs under test, a place of its own, and the paper to write on. */
final class Bench {
    private final Map<String, String> options = new HashMap<>();
    private final PrintStream out;
    private final Path checkout;
    private final Path scratch;
    private final Programs programs;
    private String argument = "";
    private boolean headed;

    Bench(List<String> arguments, PrintStream out) throws IOException {
        this.out = out;
        this.checkout = Path.of(System.getProperty("howdah.bench.checkout", "."));
        this.scratch = Files.createDirectories(checkout.resolve("bench/target/scratch"));
        // A home of our own: nobody's sample, settings or history is read or changed.
        Path home = Files.createDirectories(checkout.resolve("bench/target/home"));
        this.programs = new Programs(
                scratch,
                Map.of(
                        "XDG_DATA_HOME", home.resolve("data").toString(),
                        "XDG_STATE_HOME", home.resolve("state").toString(),
                        "XDG_CONFIG_HOME", home.resolve("config").toString(),
                        "HOWDAH_JAVA_OPTS", ""));
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).startsWith("--") && i + 1 < arguments.size()) {
                options.put(arguments.get(i).substring(2), arguments.get(++i));
            } else {
                argument = arguments.get(i);
            }
        }
    }

    Programs programs() {
        return programs;
    }

    /** A directory for whatever may be lost. */
    Path scratch() {
        return scratch;
    }

    Path checkout() {
        return checkout;
    }

    /** The launcher of the distribution. */
    String howdah() {
        return checkout.resolve("cli/target/dist/bin/howdah").toString();
    }

    /** What was given without a name. */
    Optional<String> argument() {
        return Optional.of(argument).filter(given -> !given.isEmpty());
    }

    /** {@code --name N}. */
    int number(String name, int otherwise) {
        String given = options.get(name);
        return given == null ? otherwise : Integer.parseInt(given.replace("_", ""));
    }

    /** {@code --name TEXT}. */
    Optional<String> text(String name) {
        return Optional.ofNullable(options.get(name));
    }

    void title(Benchmark benchmark) {
        out.println(benchmark.name() + ": " + benchmark.about());
    }

    /** A comparison with a goal for the ratio. */
    void ratio(String what, Pairs pairs, String unit, double goal) {
        row(
                what,
                amount(pairs.ours(), unit),
                amount(pairs.theirs(), unit),
                number(pairs.ratio()),
                "≤ " + number(goal) + verdict(pairs.ratio() <= goal));
    }

    /** A comparison for information. */
    void ratio(String what, Pairs pairs, String unit) {
        row(what, amount(pairs.ours(), unit), amount(pairs.theirs(), unit), number(pairs.ratio()), "");
    }

    /** A figure with a goal of its own. */
    void figure(String what, double value, String unit, double goal) {
        row(what, amount(value, unit), "", "", "≤ " + amount(goal, unit) + verdict(value <= goal));
    }

    /** A figure that has to be reached. */
    void atLeast(String what, double value, String unit, double goal) {
        row(what, amount(value, unit), "", "", "≥ " + amount(goal, unit) + verdict(value >= goal));
    }

    /** A figure for information. */
    void figure(String what, double value, String unit) {
        row(what, amount(value, unit), "", "", "");
    }

    /** Something that holds or not. */
    void fact(String what, boolean holds) {
        row(what, holds ? "yes" : "no", "", "", verdict(holds).strip());
    }

    /** A comparison that could not be made. */
    void missing(String what, String tool) {
        row(what, "", "", "", "not measured: " + tool + " is not installed");
    }

    /** A line of text. */
    void say(String text) {
        out.println(text);
    }

    private void row(String what, String ours, String theirs, String ratio, String goal) {
        if (!headed) {
            headed = true;
            row("", "howdah", "other", "ratio", "goal");
        }
        out.println("%-62s %12s %12s %7s  %s"
                .formatted(what, ours, theirs, ratio, goal)
                .stripTrailing());
    }

    private static String verdict(boolean met) {
        return met ? "  met" : "  MISSED";
    }

    private static String amount(double value, String unit) {
        return number(value) + " " + unit;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
