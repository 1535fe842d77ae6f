package dev.howdah.store.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.store.cache.Cache.Hit;
import dev.howdah.store.cache.Cache.Size;
import dev.howdah.store.state.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every cache does. */
public abstract class CacheContract {
    private static final Duration HOUR = Duration.ofHours(1);

    protected final TestClock clock = new TestClock();
    protected Cache cache;

    protected abstract Cache open(long most, Clock with);

    @BeforeEach
    void openCache() {
        cache = open(1 << 20, clock);
    }

    @AfterEach
    void closeCache() {
        cache.close();
    }

    @Test
    void whatWasPutIsThereWithItsAgeUntilItsTimeIsOver() {
        cache.put(Region.ANSWERS, "k", "shop", "SELECT 1 — ü", HOUR);
        assertThat(cache.get(Region.ANSWERS, "k")).contains(new Hit("SELECT 1 — ü", Duration.ZERO));
        clock.pass(Duration.ofMinutes(59));
        assertThat(cache.get(Region.ANSWERS, "k")).contains(new Hit("SELECT 1 — ü", Duration.ofMinutes(59)));
        clock.pass(Duration.ofMinutes(1));
        assertThat(cache.get(Region.ANSWERS, "k")).isEmpty();
        assertThat(cache.sizes()).isEmpty();
    }

    @Test
    void regionsAndKeysAreApart() {
        cache.put(Region.ANSWERS, "k", "shop", "answer", HOUR);
        cache.put(Region.RESULTS, "k", "shop", "result", HOUR);
        assertThat(cache.get(Region.ANSWERS, "k")).map(Hit::value).contains("answer");
        assertThat(cache.get(Region.RESULTS, "k")).map(Hit::value).contains("result");
        assertThat(cache.get(Region.RESULTS, "other")).isEmpty();
    }

    @Test
    void aNewTextTakesThePlaceAndALifeOfItsOwn() {
        cache.put(Region.RESULTS, "k", "shop", "old", Duration.ofMinutes(5));
        clock.pass(Duration.ofMinutes(4));
        cache.put(Region.RESULTS, "k", "shop", "new", Duration.ofMinutes(5));
        clock.pass(Duration.ofMinutes(4));
        assertThat(cache.get(Region.RESULTS, "k")).contains(new Hit("new", Duration.ofMinutes(4)));
        cache.put(Region.RESULTS, "k", "shop", "never", Duration.ZERO);
        assertThat(cache.get(Region.RESULTS, "k")).isEmpty();
    }

    @Test
    void aTagIsPurgedInItsRegionOnly() {
        cache.put(Region.RESULTS, "1", "shop", "a", HOUR);
        cache.put(Region.RESULTS, "2", "shop", "b", HOUR);
        cache.put(Region.RESULTS, "3", "moon", "c", HOUR);
        cache.put(Region.ANSWERS, "1", "shop", "d", HOUR);
        cache.purge(Region.RESULTS, "shop");
        assertThat(cache.get(Region.RESULTS, "1")).isEmpty();
        assertThat(cache.get(Region.RESULTS, "2")).isEmpty();
        assertThat(cache.get(Region.RESULTS, "3")).isPresent();
        assertThat(cache.get(Region.ANSWERS, "1")).isPresent();
        cache.clear();
        assertThat(cache.sizes()).isEmpty();
    }

    @Test
    void itStaysWithinItsBoundAndTakesNothingHuge() {
        String page = "x".repeat(10_000);
        for (int i = 0; i < 500; i++) {
            clock.pass(Duration.ofMillis(1));
            cache.put(Region.RESULTS, "k" + i, "shop", page, HOUR);
        }
        Size size = Objects.requireNonNull(cache.sizes().get(Region.RESULTS));
        assertThat(size.bytes()).isLessThanOrEqualTo(1 << 20);
        assertThat(size.entries()).isBetween(20L, 52L);
        cache.put(Region.RESULTS, "huge", "shop", "x".repeat(200_000), HOUR);
        assertThat(cache.get(Region.RESULTS, "huge")).isEmpty();
    }

    @Test
    void keysDependOnEveryPart() {
        assertThat(CacheKey.of("ab", "c"))
                .isNotEqualTo(CacheKey.of("a", "bc"))
                .isNotEqualTo(CacheKey.of("abc"))
                .isEqualTo(CacheKey.of("ab", "c"))
                .doesNotContain("ab");
    }
}
