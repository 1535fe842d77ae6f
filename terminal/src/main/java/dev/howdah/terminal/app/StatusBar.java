package dev.howdah.terminal.app;

import dev.howdah.library.Howdah;
import dev.howdah.library.settings.Keys;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.Server;
import dev.howdah.terminal.chat.Block;
import dev.howdah.terminal.screen.Canvas;
import dev.howdah.terminal.screen.Theme;
import dev.tamboui.style.Style;
import java.time.Duration;
import java.util.Optional;

/** The line at the top: where one is, what one may do there, what is running. */
final class StatusBar {
    private StatusBar() {}

    static void draw(
            Canvas canvas, Desk desk, Optional<Server> server, boolean sqlMode, int queued, long now, Theme theme) {
        int columns = canvas.width();
        Style bar = theme.bar();
        canvas.fill(0, 0, columns, 1, bar);
        Howdah howdah = desk.howdah();
        Profile profile = howdah.database().profile();
        String environment = profile.environment().orElse("");
        Style place = App.isProduction(howdah) ? bar.patch(theme.bad()) : bar;
        int at = canvas.put(1, 0, profile.displayName().orElse(profile.name()), bar.bold());
        if (!profile.name().equals(profile.database())) {
            at = canvas.put(at, 0, " · " + profile.database(), bar);
        }
        if (!environment.isEmpty()) {
            at = canvas.put(at, 0, " [" + environment.toUpperCase(java.util.Locale.ROOT) + "]", place.bold());
        }
        at = canvas.put(at, 0, " · " + profile.user(), bar);
        at = canvas.put(at, 0, " · " + App.level(howdah), bar);
        String version = server.map(found -> " · PostgreSQL " + found.version().replaceFirst(" .*", ""))
                .orElse(" · connecting …");
        String model = howdah.settings().value(Keys.MODEL_NAME).orElse("built-in engine");
        String right = running(desk, queued, now);
        if (right.isEmpty()) {
            right = (sqlMode ? "SQL mode · " : "") + model;
        }
        int room = columns - at - canvas.widthOf(right) - 2;
        if (room > version.length()) {
            canvas.put(at, 0, version, bar);
        }
        String cut = canvas.measure().cut(dev.howdah.base.PlainText.oneLine(right), Math.max(1, columns - at - 2));
        canvas.put(columns - canvas.widthOf(cut) - 1, 0, cut, desk.running().isPresent() ? bar.bold() : bar);
    }

    private static String running(Desk desk, int queued, long now) {
        Optional<Block> block = desk.running();
        if (block.isEmpty()) {
            return "";
        }
        Duration elapsed = Duration.ofNanos(Math.max(0, now - block.get().since()));
        String clock = String.format(
                java.util.Locale.ROOT, "%d:%04.1f", elapsed.toMinutes(), elapsed.toMillis() % 60_000 / 1000.0);
        return "⏱ " + clock + (queued > 0 ? " · " + queued + " waiting" : "");
    }
}
