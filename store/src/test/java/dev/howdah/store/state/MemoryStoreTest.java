package dev.howdah.store.state;

import dev.howdah.store.memory.MemoryStore;
import java.time.Clock;
import java.util.SplittableRandom;

class MemoryStoreTest extends StoreContract {
    @Override
    protected Store open(Clock with) {
        return new MemoryStore(with, new SplittableRandom(7));
    }
}
