package dev.howdah.guard.consent.ticket;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The one table that says who has to approve what, and who may. Document 003 gives levels by risk and by rows, which
 * contradict each other; here a ticket needs the lowest level whose risk and whose rows both suffice.
 *
 * @param levels from the lowest to the highest; the last takes everything
 * @param approvers who may decide
 * @param delegations who decides in whose place, and when
 * @param validFor how long a ticket is good for, from its request to its execution
 * @param escalateAfter how long it waits for a decision before the next level is asked
 */
public record ApprovalRules(
        List<Level> levels,
        List<Approver> approvers,
        List<Delegation> delegations,
        Duration validFor,
        Duration escalateAfter) {
    /** How many persons of at least {@link #SENIOR} override the levels in an emergency. */
    public static final int EMERGENCY = 2;

    /** The lowest level that counts as senior. */
    public static final int SENIOR = 2;

    private static final List<String> RISKS = List.of("LOW", "MEDIUM", "HIGH", "CRITICAL");

    public ApprovalRules {
        levels = List.copyOf(levels);
        approvers = List.copyOf(approvers);
        delegations = List.copyOf(delegations);
    }

    /**
     * What a level may approve.
     *
     * @param risk up to which risk
     * @param rows fewer rows than these
     * @param approvals how many persons have to approve
     */
    public record Level(String risk, long rows, int approvals) {}

    /**
     * One person in another's place.
     *
     * @param from who is away
     * @param to who decides meanwhile, with the level of the other
     * @param first the first day
     * @param last the last day
     */
    public record Delegation(String from, String to, LocalDate first, LocalDate last) {}

    /** The level that a ticket needs, from 1. */
    public int level(String risk, long rows) {
        for (int i = 0; i < levels.size() - 1; i++) {
            Level level = levels.get(i);
            if (RISKS.indexOf(risk) <= RISKS.indexOf(level.risk()) && rows < level.rows()) {
                return i + 1;
            }
        }
        return levels.size();
    }

    /** How many persons have to approve at a level. */
    public int approvals(int level) {
        return levels.get(Math.min(level, levels.size()) - 1).approvals();
    }

    /** The highest level. */
    public int highest() {
        return levels.size();
    }

    /** The level that somebody has on a day, delegations included; 0 if they are no approver. */
    public int levelOf(Approver approver, LocalDate day) {
        int level = approver.level();
        for (Delegation delegation : delegations) {
            if (delegation.to().equals(approver.name())
                    && !day.isBefore(delegation.first())
                    && !day.isAfter(delegation.last())) {
                for (Approver other : approvers) {
                    if (other.name().equals(delegation.from())) {
                        level = Math.max(level, other.level());
                    }
                }
            }
        }
        return level;
    }

    /**
     * The levels of a setting: {@code MEDIUM/1000/1, HIGH/10000/1, CRITICAL/all/1}.
     *
     * @throws HowdahException of code CONFIGURATION if it cannot be read, or the last does not take everything
     */
    public static List<Level> levels(String text) {
        List<Level> levels = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            String[] parts = entry.strip().split("/", -1);
            try {
                String risk = parts[0].strip().toUpperCase(Locale.ROOT);
                if (parts.length != 3 || !RISKS.contains(risk)) {
                    throw wrong("approval.levels", entry, "risk/rows/approvals, such as HIGH/10000/2", null);
                }
                long rows = parts[1].strip().equals("all") ? Long.MAX_VALUE : Long.parseLong(parts[1].strip());
                levels.add(new Level(risk, rows, Integer.parseInt(parts[2].strip())));
            } catch (NumberFormatException e) {
                throw wrong("approval.levels", entry, "risk/rows/approvals, such as HIGH/10000/2", e);
            }
        }
        Level last = levels.getLast();
        if (!last.risk().equals("CRITICAL") || last.rows() != Long.MAX_VALUE) {
            throw wrong("approval.levels", text, "its last level has to be CRITICAL/all/…", null);
        }
        if (levels.stream().anyMatch(level -> level.approvals() < 1)) {
            throw wrong("approval.levels", text, "every level needs at least one approval", null);
        }
        return levels;
    }

    /**
     * The delegations of a setting: {@code ann>bob:2026-12-01..2026-12-14}.
     *
     * @throws HowdahException of code CONFIGURATION if it cannot be read
     */
    public static List<Delegation> delegations(String text) {
        List<Delegation> delegations = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            if (entry.isBlank()) {
                continue;
            }
            String[] parts = entry.strip().split("[>:]|\\.\\.", -1);
            try {
                if (parts.length != 4) {
                    throw wrong("approval.delegations", entry, "from>to:first day..last day", null);
                }
                delegations.add(new Delegation(
                        parts[0].strip(),
                        parts[1].strip(),
                        LocalDate.parse(parts[2].strip()),
                        LocalDate.parse(parts[3].strip())));
            } catch (DateTimeParseException e) {
                throw wrong("approval.delegations", entry, "from>to:2026-12-01..2026-12-14", e);
            }
        }
        return delegations;
    }

    private static HowdahException wrong(
            String setting, String entry, String right, @org.jspecify.annotations.Nullable Exception cause) {
        return new HowdahException(
                ErrorCode.CONFIGURATION,
                setting + ": cannot read " + entry.strip() + ".",
                "Write " + right + ".",
                cause);
    }
}
