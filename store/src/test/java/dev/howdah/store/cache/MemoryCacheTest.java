package dev.howdah.store.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryCacheTest extends CacheContract {
    @Override
    protected Cache open(long most, Clock with) {
        return new MemoryCache(most, with);
    }

    @Test
    void offKeepsNothing() {
        Cache off = Cache.off();
        off.put(Region.SCHEMA, "k", "shop", "v", Duration.ofHours(1));
        off.purge(Region.SCHEMA, "shop");
        off.clear();
        assertThat(off.get(Region.SCHEMA, "k")).isEmpty();
        assertThat(off.sizes()).isEmpty();
        assertThat(off.place()).isEqualTo("off");
        off.close();
        assertThat(Region.SCHEMA.word()).isEqualTo("schema");
        assertThat(cache.place()).contains("memory");
    }
}
