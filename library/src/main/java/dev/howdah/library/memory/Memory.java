package dev.howdah.library.memory;

import dev.howdah.base.HowdahException;
import dev.howdah.guard.redaction.Redactor;
import dev.howdah.library.redaction.Redaction;
import dev.howdah.library.settings.Keys;
import dev.howdah.library.settings.Settings;
import dev.howdah.sql.Literals;
import dev.howdah.sql.SqlSyntaxException;
import dev.howdah.store.memory.MemoryStore;
import dev.howdah.store.sqlite.SqliteStore;
import dev.howdah.store.state.Store;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store that the settings name, and what may go into it. Thread-safe; opens nothing before it is used. */
public final class Memory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);

    private final boolean on;
    private final boolean literals;
    private final Store store;
    private final Redaction redaction = new Redaction(Set.of(), Redactor.masking());
    private final Queue<String> warnings;

    private Memory(boolean on, boolean literals, Store store, Queue<String> warnings) {
        this.on = on;
        this.literals = literals;
        this.store = store;
        this.warnings = warnings;
    }

    /** The store that the settings name. */
    public static Memory of(Settings settings, Clock clock) {
        String mode = settings.value(Keys.HISTORY_MODE);
        Queue<String> warnings = new ConcurrentLinkedQueue<>();
        RandomGenerator random = new SecureRandom();
        Store store = mode.equals("sqlite")
                ? new SqliteStore(file(settings), clock, random, warnings::add)
                : new MemoryStore(clock, random);
        return new Memory(!mode.equals("off"), settings.value(Keys.HISTORY_LITERALS), store, warnings);
    }

    /** Where the settings say that the file is. */
    public static Path file(Settings settings) {
        return settings.value(Keys.HISTORY_FILE)
                .orElseGet(() -> settings.environment().stateDirectory().resolve("howdah.db"));
    }

    /** Whether questions are remembered. */
    public boolean isOn() {
        return on;
    }

    /** The store. */
    public Store store() {
        return store;
    }

    /**
     * Begins to open it on a thread of its own, so that remembering an answer need not wait for it. What goes wrong shows
     * when it is used.
     */
    public void prepare() {
        if (on) {
            Thread.ofPlatform().daemon().name("howdah-memory").start(() -> {
                try {
                    store.conversations().list(1);
                } catch (HowdahException e) {
                    LOG.debug("opening the history", e);
                }
            });
        }
    }

    /** Does something that the person did not ask for, such as recording; if it fails, they are told and it goes on. */
    public void quietly(Runnable work) {
        try {
            work.run();
        } catch (HowdahException e) {
            LOG.warn("The history cannot be used", e);
            warnings.add("The history: " + e.getMessage());
        }
    }

    /** What the person should know of it, each once. */
    public List<String> takeWarnings() {
        List<String> taken = new ArrayList<>();
        for (String warning = warnings.poll(); warning != null; warning = warnings.poll()) {
            if (!taken.contains(warning)) {
                taken.add(warning);
            }
        }
        return taken;
    }

    /** A text as it may be stored. */
    public String text(String text) {
        return literals ? text : redaction.apply(text);
    }

    /** A statement as it may be stored. */
    public String sql(String sql) {
        if (literals) {
            return sql;
        }
        try {
            return Literals.redacted(sql);
        } catch (SqlSyntaxException e) {
            // It cannot be told what of it is data.
            return "(" + sql.length() + " characters that are no SQL)";
        }
    }

    @Override
    public void close() {
        quietly(store::close);
    }
}
