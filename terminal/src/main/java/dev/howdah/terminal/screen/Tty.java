package dev.howdah.terminal.screen;

import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.input.KeyDecoder;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingInputStream;

/**
 * The person's terminal, taken over and given back. Giving back happens once, whoever asks for it first: the end of the
 * program, its failure, or a signal.
 */
public final class Tty implements AutoCloseable {
    private static final String ENTER = "\u001b[?1049h\u001b[?2004h\u001b[?1000h\u001b[?1006h\u001b[?25l\u001b[2J";
    private static final String LEAVE =
            "\u001b[?2026l\u001b[?1006l\u001b[?1000l\u001b[?2004l\u001b[0m\u001b[?25h\u001b[?1049l";

    /**
     * Whether keys are read from the process's own input, with a limit of time that the system keeps. JLine's reader has a
     * thread that goes on reading while another program has the terminal, and takes its first key.
     */
    private static final boolean DIRECT = !System.getProperty("os.name", "").startsWith("Windows");

    /** Reads that give nothing at once: the window is gone. */
    private static final int MOST_EMPTY = 1_000;

    private final Terminal terminal;
    private final Attributes original;
    private final OutputStream out;
    private final Thread hook;
    private final AtomicBoolean restored = new AtomicBoolean();
    private final Semaphore paused = new Semaphore(0);
    private final Semaphore resumed = new Semaphore(0);
    private volatile boolean suspended;
    private volatile boolean reading = true;
    private int empty;

    private Tty(Terminal terminal) {
        this.terminal = terminal;
        this.original = terminal.getAttributes();
        this.out = terminal.output();
        this.hook = new Thread(this::restore, "howdah-terminal-restore");
        makeRaw();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void makeRaw() {
        terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        // Ctrl-C, Ctrl-Z and Ctrl-\\ are keys here.
        raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
        raw.setInputFlag(Attributes.InputFlag.IXON, false);
        if (DIRECT) {
            // A read gives what there is, and nothing after a tenth of a second.
            raw.setControlChar(Attributes.ControlChar.VMIN, 0);
            raw.setControlChar(Attributes.ControlChar.VTIME, 1);
        }
        terminal.setAttributes(raw);
    }

    /**
     * Takes the terminal over.
     *
     * @throws IOException if there is none
     */
    public static Tty open() throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .dumb(false)
                .encoding(StandardCharsets.UTF_8)
                .signalHandler(Terminal.SignalHandler.SIG_DFL)
                .build();
        Tty tty = new Tty(terminal);
        tty.write(ENTER);
        return tty;
    }

    /** Columns. */
    public int columns() {
        return Math.max(1, size().getColumns());
    }

    /** Rows. */
    public int rows() {
        return Math.max(1, size().getRows());
    }

    private Size size() {
        return terminal.getSize();
    }

    /** Hears that the window has another size. */
    public void onResize(Runnable listener) {
        terminal.handle(Terminal.Signal.WINCH, _ -> listener.run());
    }

    /** Writes to the screen at once. */
    public void write(String text) {
        if (restored.get()) {
            return;
        }
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // The window was closed; reading finds that out, too.
            reading = false;
        }
    }

    /**
     * Reads keys until the terminal is closed, on this thread.
     *
     * @param keys takes them
     * @param closed told when nothing more can come
     */
    public void read(Consumer<List<Key>> keys, Runnable closed) {
        KeyDecoder decoder = new KeyDecoder();
        byte[] bytes = new byte[8 * 1024];
        InputStream input = DIRECT ? new FileInputStream(FileDescriptor.in) : terminal.input();
        try {
            while (reading) {
                // Never without a limit of time: a reader that waits for ever keeps the terminal from being closed.
                int count = read(input, bytes, decoder.isPending() ? 30 : 100);
                if (count == NonBlockingInputStream.EOF) {
                    break;
                }
                List<Key> found = count > 0 ? decoder.feed(bytes, count) : decoder.idle();
                if (!found.isEmpty()) {
                    keys.accept(found);
                }
            }
        } catch (IOException e) {
            reading = false;
        }
        closed.run();
    }

    private int read(InputStream input, byte[] bytes, long timeout) throws IOException {
        if (DIRECT) {
            return direct(input, bytes);
        }
        if (!(input instanceof NonBlockingInputStream stream)) {
            throw new IOException("the terminal cannot be read with a limit of time");
        }
        int first = stream.read(timeout);
        if (first < 0) {
            return first == NonBlockingInputStream.READ_EXPIRED ? 0 : NonBlockingInputStream.EOF;
        }
        bytes[0] = (byte) first;
        int count = 1;
        while (count < bytes.length && stream.available() > 0) {
            int next = stream.read(1);
            if (next < 0) {
                break;
            }
            bytes[count++] = (byte) next;
        }
        return count;
    }

    /** To Java, a read that gave nothing in time looks like the end; the end comes at once, and again and again. */
    private int direct(InputStream input, byte[] bytes) throws IOException {
        if (suspended) {
            paused.release();
            try {
                resumed.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return NonBlockingInputStream.EOF;
            }
        }
        long start = System.nanoTime();
        int count = input.read(bytes);
        if (count > 0) {
            empty = 0;
            return count;
        }
        empty = System.nanoTime() - start < 1_000_000 ? empty + 1 : 0;
        return empty > MOST_EMPTY ? NonBlockingInputStream.EOF : 0;
    }

    /** Gives the terminal to another program while that runs. */
    public void lend(Runnable other) throws InterruptedException {
        suspended = true;
        if (DIRECT) {
            paused.acquire();
        }
        write(LEAVE);
        terminal.setAttributes(original);
        try {
            other.run();
        } finally {
            makeRaw();
            write(ENTER);
            suspended = false;
            resumed.release();
        }
    }

    private void restore() {
        if (restored.get()) {
            return;
        }
        reading = false;
        write(LEAVE);
        if (restored.compareAndSet(false, true)) {
            terminal.setAttributes(original);
        }
    }

    @Override
    public void close() throws IOException {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shutdownHasBegun) {
            // The hook runs, or has run, and finds the terminal given back.
            return;
        }
        terminal.close();
    }
}
