package dev.howdah.store.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A cache in memory, until the program ends. */
public final class MemoryCache implements Cache {
    private final com.github.benmanes.caffeine.cache.Cache<Place, Kept> kept;
    private final Clock clock;
    private final long most;

    private record Place(Region region, String key) {}

    private record Kept(String tag, String value, Instant made, Duration life) {}

    /**
     * An empty cache.
     *
     * @param most the bound, in bytes
     */
    public MemoryCache(long most, Clock clock) {
        this.clock = clock;
        this.most = most;
        this.kept = Caffeine.newBuilder()
                .maximumWeight(most)
                .weigher((Place place, Kept one) -> Size.of(place.key(), one.value()))
                .expireAfter(Expiry.<Place, Kept>creating((_, one) -> one.life()))
                // On the caller's thread: a command has no use for a pool of them.
                .executor(Runnable::run)
                .ticker(() -> nanos(clock.instant()))
                .build();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    @Override
    public Optional<Hit> get(Region region, String key) {
        return Optional.ofNullable(kept.getIfPresent(new Place(region, key)))
                .map(one -> new Hit(one.value(), Duration.between(one.made(), clock.instant())));
    }

    @Override
    public void put(Region region, String key, String tag, String value, Duration life) {
        Place place = new Place(region, key);
        // Anew, so that its life begins anew.
        kept.invalidate(place);
        if (life.isPositive() && Size.of(key, value) <= most / 8) {
            kept.put(place, new Kept(tag, value, clock.instant(), life));
        }
    }

    @Override
    public void purge(Region region, String tag) {
        kept.asMap()
                .entrySet()
                .removeIf(entry -> entry.getKey().region() == region
                        && entry.getValue().tag().equals(tag));
    }

    @Override
    public void clear() {
        kept.invalidateAll();
    }

    @Override
    public Map<Region, Size> sizes() {
        kept.cleanUp();
        Map<Region, Size> sizes = new EnumMap<>(Region.class);
        kept.asMap()
                .forEach((place, one) -> sizes.merge(
                        place.region(),
                        new Size(1, Size.of(place.key(), one.value())),
                        (a, b) -> new Size(a.entries() + b.entries(), a.bytes() + b.bytes())));
        return sizes;
    }

    @Override
    public String place() {
        return "memory, until the program ends";
    }

    @Override
    public void close() {
        kept.invalidateAll();
    }
}
