package dev.howdah.cli.command;

import dev.howdah.base.Cancellation;
import dev.howdah.base.PlainText;
import dev.howdah.cli.Console;
import dev.howdah.guard.probe.Finding;
import dev.howdah.guard.probe.Finding.Gate;
import dev.howdah.guard.probe.Finding.Role;
import dev.howdah.library.Diagnosis;
import java.util.List;
import java.util.Locale;

/** What `howdah doctor --probe` prints: each attempt with what every layer did, and what that comes to. */
final class ProbeReport {
    private final Console console;
    private String threat = "";

    ProbeReport(Console console) {
        this.console = console;
    }

    /** Probes and prints; whether the gate stopped all that its policy does not permit. */
    boolean of(Session howdah, Cancellation cancellation) {
        howdah.progress().erase();
        console.println("");
        console.println("Escape attempts. Each layer is asked as if those before it had failed:");
        console.println("  gate      parser, effect or consent (policy), footprint (what it would call or read)");
        console.println("  session   the server's own answer inside a cursor in a pinned read-only transaction");
        console.println("  role      whether "
                + PlainText.oneLine(howdah.howdah().database().profile().user()) + " could do it if both failed");
        List<Finding> findings = Diagnosis.probe(howdah.howdah(), this::line, cancellation);
        howdah.progress().erase();
        return sum(findings);
    }

    private void line(Finding finding) {
        if (!finding.attempt().threat().equals(threat)) {
            threat = finding.attempt().threat();
            console.println("");
            console.println(threat);
        }
        console.println(String.format(
                Locale.ROOT,
                "  %-10s %-12s %-16s %s",
                finding.gate().name().toLowerCase(Locale.ROOT),
                finding.session().words(),
                finding.role().words(),
                PlainText.oneLine(finding.attempt().sql().replace('\n', ' '))));
    }

    private boolean sum(List<Finding> findings) {
        List<Finding> passed =
                findings.stream().filter(f -> f.gate() == Gate.PASSED).toList();
        long permitted =
                findings.stream().filter(f -> f.gate() == Gate.PERMITTED).count();
        long tried = findings.stream()
                .filter(f -> f.session() != Finding.Session.NOT_TRIED)
                .count();
        long session = findings.stream().filter(f -> f.session().stopped()).count();
        long role = findings.stream().filter(f -> f.role() == Role.LACKS).count();
        console.println("");
        console.println(String.format(
                Locale.ROOT,
                "%d attempts: the gate stopped %s. Alone, the session stops %d of the %d tried on it, and the role lacks"
                        + " what %d need.",
                findings.size(),
                passed.isEmpty() && permitted == 0
                        ? "all of them"
                        : String.valueOf(findings.size() - passed.size() - permitted),
                session,
                tried,
                role));
        if (permitted > 0) {
            console.println(permitted + " are no reads, and this profile's policy permits them without asking.");
        }
        long alone = findings.stream()
                .filter(f -> f.role() == Role.HAS && !f.session().stopped())
                .count();
        if (alone > 0) {
            console.println(alone + " are stopped by the gate alone: a role that can only read, as below, stops them,"
                    + " too.");
        }
        for (Finding finding : passed) {
            console.println("WRONG  nothing in Howdah stops: "
                    + PlainText.oneLine(finding.attempt().sql()) + ". Please report it.");
        }
        return passed.isEmpty();
    }
}
