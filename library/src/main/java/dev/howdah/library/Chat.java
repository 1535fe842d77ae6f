package dev.howdah.library;

import dev.howdah.agent.Agent;
import dev.howdah.agent.Answer;
import dev.howdah.agent.By;
import dev.howdah.agent.Piece;
import dev.howdah.agent.context.Background;
import dev.howdah.agent.tools.ToolUse;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.Event;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Review;
import dev.howdah.library.memory.Memory;
import dev.howdah.library.memory.Window;
import dev.howdah.library.settings.Keys;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.Interpretation;
import dev.howdah.question.Reading;
import dev.howdah.store.cache.CacheKey;
import dev.howdah.store.state.Conversation;
import dev.howdah.store.state.Conversations;
import dev.howdah.store.state.Exchange;
import dev.howdah.store.state.Exchange.Cost;
import dev.howdah.store.state.Exchange.Ending;
import dev.howdah.store.state.Exchange.Result;
import dev.howdah.store.state.Mistakes.Mistake;
import dev.howdah.store.state.Pin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A conversation: each question knows those before it, and is remembered with what came of it as the settings say. While
 * the program runs the questions before are known as they were asked; from earlier runs, as they were stored. A
 * conversation is stored with its first question. Thread-safe; questions of one conversation are asked one after the other.
 */
public final class Chat {
    private static final int REMEMBERED = 200;
    private static final int MISTAKES = 5;

    private final Howdah howdah;
    private final Memory memory;
    private final Window window;
    private final Clock clock;
    private final String name;
    private final List<Exchange> exchanges = new ArrayList<>();
    private @Nullable Conversation conversation;

    Chat(Howdah howdah, Clock clock, String name, Optional<Conversation> resumed) {
        this.howdah = howdah;
        this.memory = howdah.memory();
        this.window = new Window(howdah.settings().value(Keys.HISTORY_TOKENS));
        this.clock = clock;
        this.name = name;
        this.conversation = resumed.orElse(null);
        resumed.ifPresent(known -> exchanges.addAll(conversations().exchanges(known.id(), REMEMBERED)));
    }

    private Conversations conversations() {
        return memory.store().conversations();
    }

    /**
     * The conversation as it is stored; begins it if nothing was asked yet.
     *
     * @throws HowdahException of code FILE if it cannot be stored
     */
    public synchronized Conversation conversation() {
        if (conversation == null) {
            conversation = conversations().create(howdah.database().profile().target(), name);
        }
        return conversation;
    }

    /** What was asked so far and what came of it, oldest first. */
    public synchronized List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Pins something for all questions to come. */
    public void pin(Pin pin) {
        conversations().pin(conversation().id(), pin);
    }

    /** Takes a pin out; whether it was there. */
    public boolean unpin(Pin pin) {
        return conversations().unpin(conversation().id(), pin);
    }

    /** What the next question is asked with. */
    public synchronized Background background(Cancellation cancellation) {
        List<Pin> pins = new ArrayList<>();
        List<Mistake> mistakes = new ArrayList<>();
        memory.quietly(() -> {
            if (conversation != null) {
                pins.addAll(conversations().pins(conversation.id()));
            }
            if (memory.isOn() && howdah.settings().value(Keys.MODEL_NAME).isPresent()) {
                mistakes.addAll(memory.store().mistakes().about(fingerprint(cancellation), MISTAKES));
            }
        });
        return window.of(exchanges, pins, mistakes);
    }

    /** The same for the same tables and columns, whatever is in them. */
    private String fingerprint(Cancellation cancellation) {
        List<String> parts = new ArrayList<>();
        howdah.catalog(cancellation).relations().forEach(relation -> {
            parts.add(relation.schema() + "." + relation.name());
            relation.columns()
                    .forEach(column ->
                            parts.add(column.name() + " " + column.type().name()));
        });
        return CacheKey.of(parts.toArray(String[]::new));
    }

    /** Asks and keeps the rows in memory, as many as limits.rows permits. */
    public QueryResult query(String question) {
        return query(question, new Cancellation());
    }

    /** The same, to be cancelled from another thread. */
    public QueryResult query(String question, Cancellation cancellation) {
        Collecting collecting = new Collecting(howdah.redaction(), cancellation);
        return collecting.with(ask(question, howdah.request(), collecting, cancellation));
    }

    /** Asks and hears of it as it happens: steps, a model's words, rows. */
    public Answer queryStream(String question, Agent.Listener listener, Cancellation cancellation) {
        return ask(question, howdah.request(), listener, cancellation);
    }

    /**
     * Asks the next question.
     *
     * @param request how far to go; the background it brings is replaced by this conversation
     * @throws HowdahException as {@link Agent#ask} does; that is remembered, too
     */
    public synchronized Answer ask(
            String question, Agent.Request request, Agent.Listener listener, Cancellation cancellation) {
        Instant asked = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long start = System.nanoTime();
        Learning learning = new Learning(listener);
        Agent.Request known =
                new Agent.Request(request.limits(), request.run(), request.everything(), background(cancellation));
        try {
            Answer answer = howdah.agent().ask(question, known, learning, cancellation);
            remember(exchange(asked, question, answer, start));
            learning.learn(question, cancellation);
            return answer;
        } catch (HowdahException e) {
            remember(failed(asked, question, e, learning, start));
            throw e;
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start).truncatedTo(ChronoUnit.MICROS);
    }

    private static Exchange exchange(Instant asked, String question, Answer answer, long start) {
        Duration time = since(start);
        return switch (answer) {
            case Answer.Rows rows ->
                read(
                        asked,
                        question,
                        rows.reading(),
                        rows.by(),
                        new Result(
                                Ending.ANSWERED,
                                OptionalLong.of(rows.outcome().rows()),
                                rows.outcome().truncated(),
                                ""),
                        time);
            case Answer.Shown shown ->
                read(
                        asked,
                        question,
                        shown.reading(),
                        shown.by(),
                        new Result(Ending.SHOWN, OptionalLong.empty(), false, ""),
                        time);
            case Answer.Told told ->
                new Exchange(
                        0,
                        asked,
                        question,
                        told.text(),
                        told.statements().stream().reduce((_, last) -> last),
                        true,
                        told.by().name(),
                        new Result(Ending.ANSWERED, OptionalLong.empty(), false, ""),
                        cost(told.by(), time));
            case Answer.Asked back ->
                new Exchange(
                        0,
                        asked,
                        question,
                        "",
                        Optional.empty(),
                        true,
                        back.by().name(),
                        new Result(Ending.ASKED, OptionalLong.empty(), false, back.ask()),
                        cost(back.by(), time));
            case Answer.NotUnderstood(Interpretation.Ambiguous ambiguous) ->
                unread(asked, question, Ending.ASKED, ambiguous.ask(), time);
            case Answer.NotUnderstood(Interpretation.Declined declined) ->
                unread(asked, question, Ending.DECLINED, declined.reason(), time);
            case Answer.NotUnderstood(Interpretation.Understood understood) ->
                throw new IllegalStateException(understood.reading().inWords());
        };
    }

    private static Exchange read(Instant asked, String question, Reading reading, By by, Result result, Duration time) {
        return new Exchange(
                0,
                asked,
                question,
                reading.inWords(),
                Optional.of(reading.sql()),
                true,
                by.name(),
                result,
                cost(by, time));
    }

    private static Exchange unread(Instant asked, String question, Ending ending, String why, Duration time) {
        return new Exchange(
                0,
                asked,
                question,
                "",
                Optional.empty(),
                true,
                "",
                new Result(ending, OptionalLong.empty(), false, why),
                Cost.of(time));
    }

    private static Exchange failed(Instant asked, String question, HowdahException e, Learning learning, long start) {
        boolean refused = e.code() == ErrorCode.REFUSED || e.code() == ErrorCode.CONSENT_NEEDED;
        return new Exchange(
                0,
                asked,
                question,
                "",
                Optional.ofNullable(learning.last),
                true,
                learning.by,
                // The code only: messages may quote values.
                new Result(
                        refused ? Ending.REFUSED : Ending.FAILED,
                        OptionalLong.empty(),
                        false,
                        e.code().name().toLowerCase(Locale.ROOT).replace('_', ' ')),
                Cost.of(since(start)));
    }

    private static Cost cost(By by, Duration time) {
        return new Cost(by.calls(), by.usage().input(), by.usage().output(), by.cost(), time);
    }

    private void remember(Exchange exchange) {
        exchanges.add(exchange);
        if (!memory.isOn()) {
            return;
        }
        memory.quietly(() -> {
            long number = conversations().add(conversation().id(), storable(exchange));
            exchanges.set(exchanges.size() - 1, exchange.numbered(number));
            memory.store().counters().add(LocalDate.ofInstant(exchange.asked(), ZoneOffset.UTC), counts(exchange));
            window.summaryOf(exchanges.stream().map(this::storable).toList())
                    .ifPresent(
                            summary -> conversations().summarise(conversation().id(), summary));
        });
    }

    private Exchange storable(Exchange exchange) {
        Optional<String> sql = exchange.sql().map(memory::sql);
        Result result = exchange.result();
        return new Exchange(
                exchange.number(),
                exchange.asked(),
                memory.text(exchange.question()),
                memory.text(exchange.reading()),
                sql,
                sql.equals(exchange.sql())
                        || sql.filter(text -> text.contains("?")).isEmpty(),
                exchange.by(),
                new Result(result.ending(), result.rows(), result.cut(), memory.text(result.detail())),
                exchange.cost());
    }

    private static Map<String, Long> counts(Exchange exchange) {
        Map<String, Long> counts = new HashMap<>();
        counts.put("questions", 1L);
        counts.put(exchange.result().ending().name().toLowerCase(Locale.ROOT), 1L);
        if (exchange.by().equals(By.ENGINE.name())) {
            counts.put("engine", 1L);
        } else if (exchange.by().equals(By.VERIFIED.name())) {
            counts.put("verified", 1L);
        } else if (exchange.cost().calls() > 0) {
            counts.put("models", 1L);
            counts.put("calls", (long) exchange.cost().calls());
            counts.put("tokens.in", exchange.cost().tokensIn());
            counts.put("tokens.out", exchange.cost().tokensOut());
        }
        return counts;
    }

    /** Hears what a model writes first and what it writes after it was told that this does not run. */
    private final class Learning implements Agent.Listener {
        private final Agent.Listener listener;
        private @Nullable String last;
        private String by = "";
        private @Nullable String wrong;
        private String error = "";

        Learning(Agent.Listener listener) {
            this.listener = listener;
        }

        void learn(String question, Cancellation cancellation) {
            if (memory.isOn() && wrong != null && last != null) {
                String before = wrong;
                String after = last;
                memory.quietly(() -> memory.store()
                        .mistakes()
                        .remember(
                                fingerprint(cancellation),
                                new Mistake(
                                        memory.text(question),
                                        memory.sql(before),
                                        memory.text(error),
                                        memory.sql(after))));
            }
        }

        @Override
        public void event(Event event) {
            listener.event(event);
        }

        @Override
        public void understood(Reading reading, Review review, By who) {
            last = reading.sql();
            by = who.name();
            listener.understood(reading, review, who);
        }

        @Override
        public void repairing(HowdahException failure) {
            wrong = last;
            // What the server says may quote a value; what Howdah says of names does not.
            error = failure.code() == ErrorCode.UNRESOLVED
                    ? String.valueOf(failure.getMessage())
                    : failure.code().name().toLowerCase(Locale.ROOT);
            listener.repairing(failure);
        }

        @Override
        public void writes(Piece piece) {
            listener.writes(piece);
        }

        @Override
        public void writesAgain() {
            listener.writesAgain();
        }

        @Override
        public void tool(ToolUse use) {
            listener.tool(use);
        }

        @Override
        public RowSink rows() {
            return listener.rows();
        }
    }
}
