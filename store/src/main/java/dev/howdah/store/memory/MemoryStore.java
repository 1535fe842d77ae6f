package dev.howdah.store.memory;

import dev.howdah.store.state.Conversations;
import dev.howdah.store.state.Counters;
import dev.howdah.store.state.Mistakes;
import dev.howdah.store.state.Preferences;
import dev.howdah.store.state.Store;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Remembers until the program ends. One lock: everything in here takes microseconds. */
public final class MemoryStore implements Store {
    private final Conversations conversations;
    private final Preferences preferences = new MemoryPreferences();
    private final Mistakes mistakes = new MemoryMistakes();
    private final Counters counters = new MemoryCounters();

    /**
     * An empty store.
     *
     * @param clock says when things happen
     * @param random makes identifiers
     */
    public MemoryStore(Clock clock, RandomGenerator random) {
        this.conversations = new MemoryConversations(clock, random);
    }

    @Override
    public Conversations conversations() {
        return conversations;
    }

    @Override
    public Preferences preferences() {
        return preferences;
    }

    @Override
    public Mistakes mistakes() {
        return mistakes;
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public String place() {
        return "memory, until the program ends";
    }

    @Override
    public void close() {}

    private static final class MemoryPreferences implements Preferences {
        private final Map<String, String> values = new TreeMap<>();

        @Override
        public synchronized Optional<String> get(String name) {
            return Optional.ofNullable(values.get(name));
        }

        @Override
        public synchronized void put(String name, String value) {
            values.put(name, value);
        }

        @Override
        public synchronized boolean remove(String name) {
            return values.remove(name) != null;
        }

        @Override
        public synchronized Map<String, String> all() {
            return new TreeMap<>(values);
        }
    }

    private static final class MemoryMistakes implements Mistakes {
        private final Map<String, Deque<Mistake>> bySchema = new HashMap<>();

        @Override
        public synchronized void remember(String schema, Mistake mistake) {
            Deque<Mistake> mistakes = bySchema.computeIfAbsent(schema, _ -> new ArrayDeque<>());
            mistakes.removeIf(known ->
                    known.wrong().equals(mistake.wrong()) && known.error().equals(mistake.error()));
            mistakes.addFirst(mistake);
            while (mistakes.size() > MOST) {
                mistakes.removeLast();
            }
        }

        @Override
        public synchronized List<Mistake> about(String schema, int most) {
            return bySchema.getOrDefault(schema, new ArrayDeque<>()).stream()
                    .limit(most)
                    .toList();
        }
    }

    private static final class MemoryCounters implements Counters {
        private final NavigableMap<LocalDate, Map<String, Long>> days = new TreeMap<>();

        @Override
        public synchronized void add(LocalDate day, Map<String, Long> amounts) {
            Map<String, Long> counts = days.computeIfAbsent(day, _ -> new HashMap<>());
            amounts.forEach((name, amount) -> counts.merge(name, amount, Long::sum));
        }

        @Override
        public synchronized Map<String, Long> sum(LocalDate first, LocalDate last) {
            Map<String, Long> sums = new TreeMap<>();
            if (!first.isAfter(last)) {
                days.subMap(first, true, last, true)
                        .values()
                        .forEach(counts -> counts.forEach((name, amount) -> sums.merge(name, amount, Long::sum)));
            }
            return sums;
        }
    }
}
