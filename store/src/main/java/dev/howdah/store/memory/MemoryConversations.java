package dev.howdah.store.memory;

import dev.howdah.store.state.Conversation;
import dev.howdah.store.state.Conversations;
import dev.howdah.store.state.Exchange;
import dev.howdah.store.state.Ids;
import dev.howdah.store.state.Past;
import dev.howdah.store.state.Pin;
import dev.howdah.store.state.SearchWords;
import dev.howdah.store.state.Summary;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Conversations in lists. */
final class MemoryConversations implements Conversations {
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private long lastNumber;
    private long lastBegun;

    MemoryConversations(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    private static final class Kept {
        final String id;
        final String database;
        final Instant created;
        final long begun;
        final List<Exchange> exchanges = new ArrayList<>();
        final Set<Pin> pins = new LinkedHashSet<>();
        String name;
        Instant used;

        @Nullable
        Summary summary;

        Kept(String id, String database, String name, Instant created, long begun) {
            this.id = id;
            this.database = database;
            this.name = name;
            this.created = created;
            this.used = created;
            this.begun = begun;
        }

        Conversation shown() {
            String about = exchanges.isEmpty() ? "" : exchanges.getFirst().question();
            return new Conversation(id, name, database, created, used, exchanges.size(), about);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Newest first; of those used in the same millisecond the later begun. */
    private Stream<Kept> newest() {
        return kept.values().stream()
                .sorted(Comparator.comparing((Kept one) -> one.used)
                        .thenComparingLong(one -> one.begun)
                        .reversed());
    }

    @Override
    public synchronized Conversation create(String database, String name) {
        String id = Ids.random(random);
        while (kept.containsKey(id)) {
            id = Ids.random(random);
        }
        Kept begun = new Kept(id, database, name, now(), ++lastBegun);
        kept.put(id, begun);
        return begun.shown();
    }

    @Override
    public synchronized Optional<Conversation> find(String idOrName) {
        if (idOrName.isEmpty()) {
            return Optional.empty();
        }
        Kept exact = kept.get(idOrName);
        if (exact != null) {
            return Optional.of(exact.shown());
        }
        List<Kept> beginning = kept.values().stream()
                .filter(one -> one.id.startsWith(idOrName))
                .toList();
        if (beginning.size() == 1) {
            return Optional.of(beginning.getFirst().shown());
        }
        return newest().filter(one -> one.name.equals(idOrName)).findFirst().map(Kept::shown);
    }

    @Override
    public synchronized Optional<Conversation> latest(String database) {
        return newest().filter(one -> one.database.equals(database)).findFirst().map(Kept::shown);
    }

    @Override
    public synchronized List<Conversation> list(int most) {
        return newest().limit(most).map(Kept::shown).toList();
    }

    @Override
    public synchronized void rename(String id, String name) {
        Kept one = kept.get(id);
        if (one != null) {
            one.name = name;
        }
    }

    @Override
    public synchronized void clear(String id) {
        Kept one = kept.get(id);
        if (one != null) {
            one.exchanges.clear();
            one.summary = null;
        }
    }

    @Override
    public synchronized boolean delete(String id) {
        return kept.remove(id) != null;
    }

    @Override
    public synchronized long add(String id, Exchange exchange) {
        Kept one = kept.get(id);
        if (one == null) {
            return 0;
        }
        one.exchanges.add(exchange.numbered(++lastNumber));
        if (exchange.asked().isAfter(one.used)) {
            one.used = exchange.asked();
        }
        return lastNumber;
    }

    @Override
    public synchronized List<Exchange> exchanges(String id, int most) {
        Kept one = kept.get(id);
        if (one == null) {
            return List.of();
        }
        int size = one.exchanges.size();
        return List.copyOf(one.exchanges.subList(Math.max(0, size - most), size));
    }

    @Override
    public synchronized List<Past> recent(int most) {
        return past(_ -> true, most);
    }

    @Override
    public synchronized List<Past> search(String words, int most) {
        List<String> wanted = SearchWords.of(words);
        return wanted.isEmpty() ? List.of() : past(exchange -> matches(exchange, wanted), most);
    }

    private static boolean matches(Exchange exchange, List<String> wanted) {
        List<String> there = SearchWords.of(exchange.question() + " " + exchange.reading() + " "
                + exchange.sql().orElse(""));
        return wanted.stream().allMatch(word -> there.stream().anyMatch(one -> one.startsWith(word)));
    }

    private List<Past> past(Predicate<Exchange> wanted, int most) {
        return kept.values().stream()
                .flatMap(one -> one.exchanges.stream().filter(wanted).map(exchange -> new Past(one.shown(), exchange)))
                .sorted(Comparator.comparingLong((Past past) -> past.exchange().number())
                        .reversed())
                .limit(most)
                .toList();
    }

    @Override
    public synchronized void pin(String id, Pin pin) {
        Kept one = kept.get(id);
        if (one != null) {
            one.pins.add(pin);
        }
    }

    @Override
    public synchronized boolean unpin(String id, Pin pin) {
        Kept one = kept.get(id);
        return one != null && one.pins.remove(pin);
    }

    @Override
    public synchronized List<Pin> pins(String id) {
        Kept one = kept.get(id);
        return one == null ? List.of() : List.copyOf(one.pins);
    }

    @Override
    public synchronized Optional<Summary> summary(String id) {
        Kept one = kept.get(id);
        return one == null ? Optional.empty() : Optional.ofNullable(one.summary);
    }

    @Override
    public synchronized void summarise(String id, Summary summary) {
        Kept one = kept.get(id);
        if (one != null) {
            one.summary = summary;
        }
    }
}
