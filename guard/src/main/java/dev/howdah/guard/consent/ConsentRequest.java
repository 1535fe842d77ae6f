package dev.howdah.guard.consent;

import dev.howdah.guard.review.ConsentKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One question to a person: may this run? Several front ends may show it at the same time; whoever answers first has
 * answered, and every later answer is told so. This is the one place where a consent is resolved. Thread-safe.
 */
public final class ConsentRequest {
    /** How long the question stands; what was measured grows old. */
    private static final Duration STANDS = Duration.ofMinutes(10);

    private final Terms terms;
    private final Optional<ConsentKind> kind;
    private final Clock clock;
    private final ApprovedTickets tickets;
    private final Instant asked;
    private final AtomicReference<Optional<Answer>> answered = new AtomicReference<>(Optional.empty());
    private final CompletableFuture<Answer> resolution = new CompletableFuture<>();

    /**
     * @param terms what is asked about
     * @param kind how it has to be answered; empty if the policy asks nobody
     */
    public ConsentRequest(Terms terms, Optional<ConsentKind> kind, Clock clock, ApprovedTickets tickets) {
        this.terms = terms;
        this.kind = kind;
        this.clock = clock;
        this.tickets = tickets;
        this.asked = clock.instant();
    }

    /** What came of an answer. */
    public sealed interface Answer {
        /** It may run. */
        record Given(Consent consent) implements Answer {}

        /** It may not. */
        record Declined(String by) implements Answer {}

        /** That was not the answer that is asked for; the question still stands. */
        record NotThat(String why) implements Answer {}

        /** Somebody else answered before. */
        record TooLate(Answer first) implements Answer {}

        /** The question has stood for too long and must be asked anew. */
        record Expired() implements Answer {}
    }

    /** What is asked about. */
    public Terms terms() {
        return terms;
    }

    /** How it has to be answered; empty if the policy asks nobody. */
    public Optional<ConsentKind> kind() {
        return kind;
    }

    /** The first answer, when it comes: for the other front ends that show the question. */
    public CompletionStage<Answer> resolution() {
        return resolution.minimalCompletionStage();
    }

    /**
     * A person typed this. Where a yes is asked for, {@code y} and {@code yes} give it and everything else declines, an empty
     * line too; where a word is asked for, only that word gives it, an empty line declines, and another word leaves the
     * question standing.
     */
    public Answer typed(Keyboard keyboard, String text) {
        String said = text.strip();
        return switch (kind.orElse(new ConsentKind.Confirm())) {
            case ConsentKind.Confirm _ ->
                switch (said.toLowerCase(Locale.ROOT)) {
                    case "y", "yes" -> give("confirmed at " + keyboard.where());
                    default -> declined(keyboard);
                };
            case ConsentKind.Type _
            when keyboard.isBeforehand() ->
                new Answer.NotThat("--yes answers only what asks for a yes; here a word has to be typed");
            case ConsentKind.Type(String what) -> {
                if (said.isEmpty()) {
                    yield declined(keyboard);
                }
                yield said.equals(what)
                        ? give("typed at " + keyboard.where())
                        : new Answer.NotThat("that is not \"" + what + "\"");
            }
            case ConsentKind.Approval _ -> new Answer.NotThat("somebody else has to approve this; a keyboard cannot");
        };
    }

    /** A person said no, by whatever key their front end has for it. */
    public Answer declined(Keyboard keyboard) {
        return resolve(new Answer.Declined(keyboard.where()));
    }

    /** A ticket was approved for it, which satisfies every demand. */
    public Answer ticket(String ticket) {
        if (answered.get().isEmpty() && !isExpired() && tickets.redeem(ticket, terms)) {
            return give("ticket " + ticket);
        }
        return answered.get()
                .<Answer>map(Answer.TooLate::new)
                .orElseGet(() -> new Answer.NotThat("ticket " + ticket + " is not approved for exactly this"));
    }

    /** The policy asks nobody. */
    public Answer unasked() {
        return kind.isEmpty() ? give("policy") : new Answer.NotThat("the policy asks a person");
    }

    private Answer give(String way) {
        return isExpired()
                ? new Answer.Expired()
                : resolve(new Answer.Given(new Consent(terms.digest(), way, clock.instant())));
    }

    private boolean isExpired() {
        return clock.instant().isAfter(asked.plus(STANDS));
    }

    /** The first wins: two keyboards that answer at the same moment both try to swap nothing for their answer. */
    private Answer resolve(Answer answer) {
        Optional<Answer> none = answered.get();
        if (none.isEmpty() && answered.compareAndSet(none, Optional.of(answer))) {
            resolution.complete(answer);
            return answer;
        }
        return new Answer.TooLate(answered.get().orElseThrow());
    }
}
