package dev.howdah.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.store.cache.Cache;
import dev.howdah.store.cache.CacheContract;
import dev.howdah.store.cache.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCacheTest extends CacheContract {
    @TempDir
    private Path directory;

    private final List<String> warnings = new ArrayList<>();

    @Override
    protected Cache open(long most, Clock with) {
        return new SqliteCache(directory.resolve("cache.db"), most, with, warnings::add);
    }

    @Test
    void anotherProcessFindsItAndADamagedOneIsBegunAnew() throws IOException {
        cache.put(Region.ANSWERS, "k", "shop", "kept", Duration.ofHours(1));
        try (Cache other = open(1 << 20, clock)) {
            assertThat(other.get(Region.ANSWERS, "k")).isPresent();
        }
        cache.close();
        Files.writeString(directory.resolve("cache.db"), "rubbish".repeat(1_000));
        Files.deleteIfExists(directory.resolve("cache.db-wal"));
        try (Cache again = open(1 << 20, clock)) {
            assertThat(again.get(Region.ANSWERS, "k")).isEmpty();
            assertThat(again.place()).endsWith("cache.db");
        }
        assertThat(warnings).singleElement().asString().contains("only a cache");
    }
}
