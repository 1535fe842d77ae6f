package dev.howdah.terminal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import dev.howdah.library.Howdah;
import dev.howdah.library.settings.Settings;
import dev.howdah.postgres.Profile;
import dev.howdah.sample.TestDatabase;
import dev.howdah.terminal.chat.Block;
import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.input.Key.Code;
import dev.howdah.terminal.screen.Canvas;
import dev.howdah.terminal.screen.Theme;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The whole screen on a real database, with the test as the drawing thread. */
final class Stage implements AutoCloseable {
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final TestDatabase server;
    private final Path home;
    final App app;
    int redraws;

    Stage(TestDatabase server, Path home) {
        this(server, home, Map.of());
    }

    Stage(TestDatabase server, Path home, Map<String, String> variables) {
        this.server = server;
        this.home = home;
        Databases databases = new Databases() {
            @Override
            public Howdah open(String name) {
                return Stage.this.open(name, variables);
            }

            @Override
            public List<String> names() {
                return List.of("shop", "other");
            }
        };
        app = new App(open("shop", variables), databases, Theme.dark(), queue::add, () -> 0, () -> redraws++);
        until(() -> app.catalog().isPresent());
    }

    private Howdah open(String name, Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.putIfAbsent("HOWDAH_AUDIT_MODE", "off");
        Settings settings = Settings.load(new Environment(all, home, home, OperatingSystem.LINUX), Map.of());
        Profile profile = Profile.of(server.host(), server.port(), server.database(), server.user(), server.password())
                .named(name, Optional.empty(), Optional.empty());
        return Howdah.pooled(profile, settings, Clock.systemUTC());
    }

    /** Does what other threads bring until something is so. */
    void until(BooleanSupplier so) {
        while (!so.getAsBoolean()) {
            try {
                Runnable next = queue.poll(60, TimeUnit.SECONDS);
                assertThat(next).as("something happens on\n%s", screen()).isNotNull();
                next.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    void type(String text) {
        text.codePoints().forEach(point -> app.press(Key.text(Character.toString(point))));
    }

    void press(Object... keys) {
        for (Object key : keys) {
            app.press(
                    switch (key) {
                        case Code code -> Key.of(code);
                        case Key one -> one;
                        case String letter -> Key.text(letter);
                        default -> throw new IllegalArgumentException(key.toString());
                    });
        }
    }

    /** Types a line, and waits until it is answered. */
    Block enter(String line) {
        type(line);
        press(Code.ENTER);
        settle();
        return app.conversation().blocks().isEmpty()
                ? new Block(Block.Kind.COMMAND, line)
                : app.conversation().blocks().getLast();
    }

    /** Types a command that may add nothing to the conversation. */
    void command(String line) {
        type(line);
        press(Code.ENTER);
    }

    void settle() {
        until(() -> app.conversation().blocks().stream()
                .noneMatch(block -> block.state() == Block.State.RUNNING || block.state() == Block.State.QUEUED));
    }

    Canvas draw(int width, int height) {
        Canvas canvas = Canvas.of(width, height);
        app.draw(canvas);
        return canvas;
    }

    /** The screen as text, with a name for the database that is always the same. */
    String screen() {
        return draw(110, 40).text();
    }

    String database() {
        return server.database();
    }

    @Override
    public void close() {
        app.close();
    }
}
