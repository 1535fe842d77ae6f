package dev.howdah.guard.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.HowdahException;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Sessions that are ended at random points of a write and of an undo leave both the change and its journal, or neither. */
class CutOffTest {
    @Test
    void eitherTheWriteAndItsJournalAreThereOrNeither() throws InterruptedException {
        int cuts = Integer.getInteger("howdah.undo.cuts", 10);
        long seed = Long.getLong("howdah.undo.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        try (OpenJournal open = new OpenJournal()) {
            open.server.execute("CREATE TABLE t (id int PRIMARY KEY, n int, filler text);"
                    + " INSERT INTO t SELECT i, 0, repeat('x', 200) FROM generate_series(1, 300) i");
            open.run("UPDATE t SET n = n + 1");
            int broken = 0;
            for (int cut = 0; cut < cuts; cut++) {
                CountDownLatch started = new CountDownLatch(1);
                long wait = random.nextLong(1_000_000, 150_000_000);
                Thread cutter = Thread.ofPlatform().start(() -> {
                    started.countDown();
                    LockSupport.parkNanos(wait);
                    open.server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                            + " AND backend_type = 'client backend'");
                });
                started.await();
                try {
                    if (random.nextInt(3) == 0) {
                        open.undo(Choice.STOP);
                    } else {
                        open.run("UPDATE t SET n = n + 1");
                    }
                } catch (HowdahException | AssertionError e) {
                    broken++;
                }
                cutter.join();
                // In one snapshot: a session that was ended may still be about to commit.
                assertThat(open.count("SELECT count(*) FROM t WHERE n <> (SELECT count(*) FROM howdah.entry"
                                + " WHERE undoes IS NULL AND undone_by IS NULL)"))
                        .as("seed %d", seed)
                        .isZero();
            }
            System.out.println("undo: seed " + seed + ", " + cuts + " cuts, " + broken + " hit a write or an undo");
        }
    }
}
