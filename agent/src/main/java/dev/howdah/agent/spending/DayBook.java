package dev.howdah.agent.spending;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** Keeps what was used each day, by all sessions of a person. Implementations are thread-safe. */
public interface DayBook {
    /** What was used on that day so far. */
    Spent on(LocalDate day);

    /** Adds to it. */
    void add(LocalDate day, Spent spent);

    /** A book that lasts as long as the program. */
    static DayBook inMemory() {
        return new DayBook() {
            private final Map<LocalDate, Spent> days = new HashMap<>();

            @Override
            public synchronized Spent on(LocalDate day) {
                return days.getOrDefault(day, Spent.NOTHING);
            }

            @Override
            public synchronized void add(LocalDate day, Spent spent) {
                days.merge(day, spent, Spent::plus);
            }
        };
    }
}
