package dev.howdah.guard.audit;

import dev.howdah.base.HowdahException;
import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Verdict;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.Profile;
import dev.howdah.sql.Effect;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes the gate's records: what was judged, what is about to run, what came of it. Thread-safe. */
public final class Recorder {
    private final Audit audit;
    private final Profile profile;
    private final Occasion occasion;

    /** Records what happens at the gate to one database. */
    public Recorder(Audit audit, Profile profile, Occasion occasion) {
        this.audit = audit;
        this.profile = profile;
        this.occasion = occasion;
    }

    /** The same for what comes from elsewhere. */
    public Recorder on(Occasion another) {
        return new Recorder(audit, profile, another);
    }

    /**
     * A program begins to work with this database.
     *
     * @param chosen settings that hold for this run alone
     */
    public void opened(List<String> chosen) {
        audit.record(entry(AuditEvent.OPENED).with("settings", chosen));
    }

    /**
     * The settings are not those that were recorded last.
     *
     * @param changes what is different, {@code name: old → new} each, without secrets
     */
    public void configured(List<String> changes) {
        audit.record(entry(AuditEvent.CONFIGURATION).durable().with("changes", changes));
    }

    /** A person goes over to another profile; whatever runs there has records of its own. */
    public void leaving(String otherProfile) {
        audit.record(entry(AuditEvent.PROFILE).durable().with("to", otherProfile));
    }

    /**
     * A person was asked and answered.
     *
     * @param given whether they consented
     * @param way how: a confirmation, a typed word, a ticket
     */
    public void consent(Review review, boolean given, String way) {
        audit.record(judged(entry(AuditEvent.CONSENT).durable(), review)
                .with("ok", given)
                .with("way", way));
    }

    /** A question that led to no statement. */
    public void declined(String reason) {
        audit.record(entry(AuditEvent.DECLINED).with("reason", reason));
    }

    /** What was judged. A text that could not be judged is recorded as refused. */
    public Review reviewed(String text, Supplier<Review> judging) {
        Review review;
        try {
            review = judging.get();
        } catch (HowdahException e) {
            refused(text, e);
            throw e;
        }
        boolean refused = review.verdict() instanceof Verdict.Refused;
        AuditEntry entry = entry(refused ? AuditEvent.REFUSAL : AuditEvent.REVIEW);
        judged(entry, review)
                .with(
                        "reasons",
                        review.verdict().reasons().stream()
                                .map(Verdict.Reason::text)
                                .toList());
        if (refused || review.effect() != Effect.READ) {
            entry.durable();
        }
        audit.record(entry);
        return review;
    }

    /** Text that did not become a review. */
    public void refused(String text, HowdahException why) {
        audit.record(error(entry(AuditEvent.REFUSAL).durable().statement(text), why));
    }

    /**
     * Runs what was reviewed, between a record of that and a record of what came of it.
     *
     * @param event EXECUTION or EXPORT
     * @param form how it runs, one word
     * @param parameters how many values travel with it
     * @param outcome what to record of the result
     */
    public <T> T run(
            AuditEvent event,
            String form,
            Review review,
            int parameters,
            Supplier<T> work,
            Function<T, Optional<Outcome>> outcome) {
        try {
            review.requireAllowed();
        } catch (HowdahException e) {
            audit.record(error(judged(entry(AuditEvent.REFUSAL).durable(), review), e));
            throw e;
        }
        AuditEntry before = judged(entry(event), review).with("form", form);
        if (parameters > 0) {
            before.with("parameters", parameters);
        }
        if (review.effect() != Effect.READ) {
            before.durable();
        }
        long number = audit.record(before);
        long start = System.nanoTime();
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            failed(ended(review, number, start), e);
            throw e;
        }
        AuditEntry after = ended(review, number, start).with("ok", true);
        outcome.apply(result).ifPresent(came -> after.with("rows", came.rows()).with("truncated", came.truncated()));
        audit.record(after);
        return result;
    }

    /**
     * Runs what changes something, rehearsed or in earnest, between two records that are on the disk when it begins and when
     * it has ended.
     *
     * @param form {@code rehearsal}, {@code change}
     * @param texts the statements
     * @param relations what they touch
     * @param digest what was consented to; empty for a rehearsal
     * @param way how the consent was given
     * @param outcome what to record of the result, one word
     */
    public <T> T change(
            String form,
            List<String> texts,
            List<String> relations,
            Optional<String> digest,
            Optional<String> way,
            Supplier<T> work,
            Function<T, String> outcome) {
        long number = audit.record(entry(AuditEvent.EXECUTION)
                .durable()
                .with("form", form)
                .with("effect", Effect.WRITE.name())
                .with("relations", relations)
                .with("consent", digest)
                .with("way", way)
                .statement(String.join(";\n", texts)));
        long start = System.nanoTime();
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            failed(changed(number, form, start), e);
            throw e;
        }
        audit.record(changed(number, form, start).with("ok", true).with("came", outcome.apply(result)));
        return result;
    }

    /** A person was asked about a change and answered. */
    public void consent(List<String> texts, String digest, boolean given, String way) {
        audit.record(entry(AuditEvent.CONSENT)
                .durable()
                .with("consent", digest)
                .with("ok", given)
                .with("way", way)
                .statement(String.join(";\n", texts)));
    }

    private AuditEntry changed(long number, String form, long start) {
        return entry(AuditEvent.OUTCOME)
                .durable()
                .with("of", number)
                .with("form", form)
                .with("effect", Effect.WRITE.name())
                .with("micros", (System.nanoTime() - start) / 1_000);
    }

    private void failed(AuditEntry entry, Throwable why) {
        try {
            entry.with("ok", false);
            audit.record(why instanceof HowdahException known ? error(entry, known) : entry.with("error", "INTERNAL"));
        } catch (HowdahException e) {
            // What failed first is what the person is told.
            why.addSuppressed(e);
        }
    }

    private AuditEntry ended(Review review, long number, long start) {
        AuditEntry entry = entry(AuditEvent.OUTCOME)
                .with("of", number)
                .with("effect", review.effect().name())
                .with("micros", (System.nanoTime() - start) / 1_000);
        return review.effect() == Effect.READ ? entry : entry.durable();
    }

    private AuditEntry judged(AuditEntry entry, Review review) {
        return entry.with("command", review.statement().kind().name().replace('_', ' '))
                .with("effect", review.effect().name())
                .with("verdict", review.verdict().demand().word())
                .with("relations", review.footprint().relations())
                .with("functions", review.footprint().functions())
                .statement(review.statement().text());
    }

    private AuditEntry entry(AuditEvent event) {
        return new AuditEntry(event)
                .with("profile", profile.name())
                .with("target", profile.target())
                .with("environment", profile.environment())
                .with("model", occasion.model())
                .with("ticket", occasion.ticket())
                .question(occasion.question());
    }

    /** Codes only: messages may quote values. */
    private static AuditEntry error(AuditEntry entry, HowdahException why) {
        entry.with("error", why.code().name());
        if (why instanceof PostgresException server && server.serverError().isPresent()) {
            entry.with("sqlstate", server.serverError().get().sqlState());
        }
        return entry;
    }
}
