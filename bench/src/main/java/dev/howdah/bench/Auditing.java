package dev.howdah.bench;

import dev.howdah.guard.audit.Actor;
import dev.howdah.guard.audit.AuditEntry;
import dev.howdah.guard.audit.AuditEvent;
import dev.howdah.guard.audit.AuditLog;
import dev.howdah.guard.audit.AuditOptions;
import dev.howdah.store.chain.ChainFiles;
import dev.howdah.store.chain.ChainKey;
import dev.howdah.store.chain.ChainVerifier;
import dev.howdah.store.chain.Verification;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The audit alone: how many records a second are on the disk when many wait for it, and what one costs who does not. */
final class Auditing implements Benchmark {
    private static final String STATEMENT = "SELECT c.name, sum(o.total) FROM shop.orders o JOIN shop.customers c"
            + " ON c.id = o.customer_id WHERE o.status IN ('paid', 'sent') AND o.total > 100 GROUP BY 1";

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String about() {
        return "durable records a second with group commit, lone and lazy records, verifying (--seconds 5 --threads"
                + " 32)";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        int seconds = bench.number("seconds", 5);
        int threads = bench.number("threads", 32);
        Path directory = Files.createTempDirectory(bench.scratch(), "audit");
        bench.figure("an fsync of 800 bytes on this disk", fsync(directory.resolve("fsync")), "ms");
        AuditOptions options = options(new ChainFiles(directory.resolve("audit.jsonl")));
        try (AuditLog audit = AuditLog.open(options)) {
            rate(audit, 1, 1, true);
            rate(audit, threads, 1, true);
            bench.atLeast(
                    "durable records a second, %d threads".formatted(threads),
                    rate(audit, threads, seconds, true),
                    "/s",
                    2_000);
            bench.figure("durable records a second, one thread", rate(audit, 1, seconds, true), "/s");
            bench.figure("a record that is not waited for", 1e6 / rate(audit, 1, seconds, false), "µs");
        }
        long start = System.nanoTime();
        Verification verification = ChainVerifier.verify(options.files(), key(options), Optional.empty());
        double took = (System.nanoTime() - start) / 1e9;
        bench.figure("records verified a second", verification.records() / took, "/s");
        bench.fact("%,d records are one intact chain".formatted(verification.records()), verification.intact());
    }

    private static ChainKey key(AuditOptions options) throws IOException {
        return AuditLog.key(options.files(), options.key());
    }

    private static AuditOptions options(ChainFiles files) {
        return new AuditOptions(
                files,
                Optional.empty(),
                false,
                false,
                true,
                64 << 20,
                Optional.empty(),
                text -> text,
                new Actor("bench", "here", ProcessHandle.current().pid(), "1", "bench"),
                Clock.systemUTC(),
                List.of());
    }

    private static double fsync(Path file) throws IOException {
        byte[] record = new byte[800];
        int count = 200;
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                out.write(record);
                out.getFD().sync();
            }
            return (System.nanoTime() - start) / 1e6 / count;
        }
    }

    private static double rate(AuditLog audit, int threads, int seconds, boolean durable) throws InterruptedException {
        AtomicLong records = new AtomicLong();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(Thread.ofPlatform().start(() -> {
                while (System.nanoTime() < end) {
                    AuditEntry entry = new AuditEntry(AuditEvent.EXECUTION)
                            .with("profile", "shop")
                            .with("target", "postgresql://ada@localhost:5432/shop")
                            .with("effect", "WRITE")
                            .with("verdict", "confirm")
                            .statement(STATEMENT);
                    audit.record(durable ? entry.durable() : entry);
                    records.incrementAndGet();
                }
            }));
        }
        for (Thread thread : running) {
            thread.join();
        }
        return records.get() / ((System.nanoTime() - start) / 1e9);
    }
}
