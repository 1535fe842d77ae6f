package dev.howdah.terminal.app;

import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.screen.Frames;
import dev.howdah.terminal.screen.Tty;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One thread draws and does what keys mean; all others bring it closures. It draws only when something has changed, at
 * most sixty times a second, and sleeps when nothing happens.
 */
public final class Loop {
    private static final long FRAME_NANOS = 1_000_000_000L / 60;

    /** How often a running clock is drawn. */
    private static final long TICK_NANOS = 200_000_000L;

    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Frames frames = new Frames();
    private final String editorProgram;

    /** @param editorProgram the program in which texts are written, as the environment's EDITOR names it */
    public Loop(String editorProgram) {
        this.editorProgram = editorProgram;
    }

    /** Brings a closure to the drawing thread; it is run in order and drawn after. */
    public void post(Runnable closure) {
        queue.add(closure);
    }

    /** The next frame is sent whole. */
    public void redraw() {
        frames.redrawEverything();
    }

    /** Runs until the screen wants to quit or the terminal is gone. */
    public void run(Tty terminal, Screen screen) throws InterruptedException {
        terminal.onResize(() -> post(() -> {}));
        Thread.ofPlatform()
                .daemon()
                .name("howdah-keys")
                .start(() -> terminal.read(keys -> post(() -> press(keys, screen)), () -> post(screen::terminalGone)));
        long last = System.nanoTime() - FRAME_NANOS;
        boolean dirty = true;
        while (!screen.wantsToQuit()) {
            long now = System.nanoTime();
            if (dirty && now - last >= FRAME_NANOS) {
                frames.send(terminal.columns(), terminal.rows(), screen::draw, terminal::write);
                String extra = screen.takeOutput();
                if (!extra.isEmpty()) {
                    terminal.write(extra);
                }
                last = System.nanoTime();
                dirty = false;
            }
            Runnable next = wait(dirty, screen.isAnimated(), last);
            if (next == null) {
                dirty |= screen.isAnimated();
                continue;
            }
            while (next != null) {
                next.run();
                next = queue.poll();
            }
            dirty = true;
            Optional<String> text = screen.takeEditorText();
            if (text.isPresent()) {
                terminal.lend(() -> screen.edited(ExternalEditor.edit(text.get(), editorProgram)));
                frames.redrawEverything();
            }
        }
    }

    private @Nullable Runnable wait(boolean dirty, boolean animated, long last) throws InterruptedException {
        if (!dirty && !animated) {
            return queue.take();
        }
        long until = dirty ? FRAME_NANOS : TICK_NANOS;
        long left = Math.max(0, last + until - System.nanoTime());
        return queue.poll(left, TimeUnit.NANOSECONDS);
    }

    private static void press(List<Key> keys, Screen screen) {
        keys.forEach(screen::press);
    }

    /** What a loop shows and who takes its keys. */
    public interface Screen {
        /** Takes a key. */
        void press(Key key);

        /** Draws itself. */
        Frames.CursorAt draw(dev.howdah.terminal.screen.Canvas canvas);

        /** Whether something moves by itself, such as a clock. */
        boolean isAnimated();

        /** Whether it is over. */
        boolean wantsToQuit();

        /** The terminal is gone. */
        void terminalGone();

        /** A text that is to be edited in another program, once. */
        Optional<String> takeEditorText();

        /** That text as it came back. */
        void edited(String text);

        /** What goes to the terminal besides the picture, such as a bell, once; empty for nothing. */
        String takeOutput();
    }
}
