package dev.howdah.agent.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A response's body, read as it arrives: a read waits no longer than the idle timeout, and {@link #cancel()} from any
 * thread closes the connection and ends a waiting read. One piece is asked for at a time, so a fast server is slowed
 * down rather than kept in memory.
 */
final class Body extends InputStream implements BodySubscriber<Body> {
    /** A piece, the end, or a failure. */
    private sealed interface Part {
        record Bytes(List<ByteBuffer> buffers) implements Part {}

        record End() implements Part {}

        record Failure(Throwable cause) implements Part {}
    }

    private final Duration idleTimeout;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Body> self = CompletableFuture.completedFuture(this);
    private volatile Flow.@org.jspecify.annotations.Nullable Subscription subscription;
    private volatile boolean cancelled;
    private ByteBuffer current = ByteBuffer.allocate(0);
    private List<ByteBuffer> following = List.of();
    private boolean ended;

    Body(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    /** Closes the connection; a read that waits ends with an exception. Idempotent. */
    void cancel() {
        cancelled = true;
        Flow.Subscription made = subscription;
        if (made != null) {
            made.cancel();
        }
        parts.add(new Part.Failure(new IOException("cancelled")));
    }

    @Override
    public CompletionStage<Body> getBody() {
        return self;
    }

    @Override
    public void onSubscribe(Flow.Subscription made) {
        subscription = made;
        if (cancelled) {
            made.cancel();
        } else {
            made.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Part.Bytes(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        parts.add(new Part.Failure(cause));
    }

    @Override
    public void onComplete() {
        parts.add(new Part.End());
    }

    @Override
    public int read() throws IOException {
        return fill() ? current.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.remaining());
        current.get(bytes, offset, count);
        return count;
    }

    @Override
    public void close() {
        cancel();
    }

    /** Makes sure that a byte is at hand; false at the end. */
    private boolean fill() throws IOException {
        while (!current.hasRemaining()) {
            if (!following.isEmpty()) {
                current = following.getFirst();
                following = following.subList(1, following.size());
            } else if (ended) {
                return false;
            } else {
                take();
            }
        }
        return true;
    }

    private void take() throws IOException {
        switch (next()) {
            case Part.Bytes bytes -> {
                following = bytes.buffers();
                Flow.Subscription made = subscription;
                if (made != null) {
                    made.request(1);
                }
            }
            case Part.End end -> ended = true;
            case Part.Failure failure -> throw failure(failure.cause());
        }
    }

    private Part next() throws IOException {
        try {
            Part part = parts.poll(idleTimeout.toNanos(), TimeUnit.NANOSECONDS);
            if (part == null) {
                throw new HttpTimeoutException("nothing came for " + idleTimeout.toSeconds() + " s");
            }
            return part;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof IOException io) {
            return io;
        }
        EOFException broken = new EOFException("the connection broke");
        broken.initCause(cause);
        return broken;
    }
}
