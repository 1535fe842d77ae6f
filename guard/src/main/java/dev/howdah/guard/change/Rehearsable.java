package dev.howdah.guard.change;

import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Verdict;
import dev.howdah.postgres.Profile;
import dev.howdah.sql.Effect;
import dev.howdah.sql.StatementKind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Law 6: a rehearsal is an act. */
final class Rehearsable {
    /** Definitions that lock nothing that is there already. */
    private static final Set<StatementKind> HARMLESS =
            Set.of(StatementKind.CREATE_VIEW, StatementKind.CREATE_SEQUENCE, StatementKind.SELECT);

    private Rehearsable() {}

    /** Why an act is not run to measure it. */
    static Optional<String> objection(Act act, ChangeLimits limits, Profile profile) {
        if (!limits.rehearse()) {
            return Optional.of("estimated, because it was asked not to be measured");
        }
        if (profile.environment().filter(Rehearsable::isProduction).isPresent() && !limits.rehearseInProduction()) {
            return Optional.of("estimated, because in " + profile.environment().get()
                    + " nothing is run to measure it unless the policy says so");
        }
        return act.reviews().stream()
                .map(Rehearsable::objection)
                .flatMap(Optional::stream)
                .findFirst();
    }

    static boolean isProduction(String environment) {
        return environment.toLowerCase(Locale.ROOT).startsWith("prod") || environment.equalsIgnoreCase("live");
    }

    private static Optional<String> objection(Review review) {
        if (review.verdict() instanceof Verdict.Refused) {
            return Optional.of("estimated, because this profile does not permit it to run");
        }
        if (review.effect() != Effect.WRITE
                && !(review.effect() == Effect.DEFINE
                        && HARMLESS.contains(review.statement().kind()))) {
            return Optional.of("estimated, because measuring "
                    + review.statement().kind().name().replace('_', ' ') + " would lock out others");
        }
        if (!review.spread().unread().isEmpty()) {
            return Optional.of(
                    "estimated, because what " + review.spread().unread().getFirst() + " does is not known");
        }
        return review.spread().outside().stream().findFirst().map(what -> "estimated, because " + what);
    }
}
