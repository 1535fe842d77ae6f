package dev.howdah.guard.change;

import java.util.ArrayList;
import java.util.List;

/** Judges how much there is to lose. */
final class Risks {
    private Risks() {}

    static Risk of(Act act, Impact impact) {
        List<String> reasons = new ArrayList<>();
        Risk.Level level = Risk.Level.LOW;
        if (impact.rows() > 100) {
            level = impact.rows() > 10_000 ? Risk.Level.HIGH : Risk.Level.MEDIUM;
            reasons.add(String.format("%,d rows change", impact.rows()));
        }
        return new Risk(level, 0, reasons);
    }
}
