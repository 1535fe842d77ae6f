package dev.howdah.store.cache;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Keeps nothing. */
record NoCache() implements Cache {
    @Override
    public Optional<Hit> get(Region region, String key) {
        return Optional.empty();
    }

    @Override
    public void put(Region region, String key, String tag, String value, Duration life) {}

    @Override
    public void purge(Region region, String tag) {}

    @Override
    public void clear() {}

    @Override
    public Map<Region, Size> sizes() {
        return Map.of();
    }

    @Override
    public String place() {
        return "off";
    }

    @Override
    public void close() {}
}
