package dev.howdah.terminal.app;

import dev.howdah.library.settings.Settings;
import dev.howdah.terminal.screen.Text.Line;
import dev.howdah.terminal.screen.Text.Span;
import dev.howdah.terminal.screen.Theme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The pages that are only read: the keys, and the settings. */
final class HelpText {
    private HelpText() {}

    /** The keys, from the resource {@code help.txt}: headings at the margin, then a key, two blanks or more, and its meaning. */
    static List<Line> lines(Theme theme) {
        List<Line> lines = new ArrayList<>();
        for (String line : resource().split("\n", -1)) {
            if (line.isEmpty()) {
                lines.add(Line.EMPTY);
            } else if (!line.startsWith(" ")) {
                lines.add(Line.of(line, theme.strong()));
            } else {
                int gap = line.indexOf("  ", 2);
                int at = gap < 0 ? line.length() : gap;
                lines.add(new Line(List.of(
                        new Span(line.substring(0, at), theme.key()), new Span(line.substring(at), theme.text()))));
            }
        }
        return lines;
    }

    private static String resource() {
        try (InputStream stream = HelpText.class.getResourceAsStream("help.txt")) {
            if (stream == null) {
                throw new IllegalStateException("help.txt is missing from the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings that hold here, and where each came from. */
    static List<Line> settings(Settings settings, Theme theme) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(
                "Settings that hold here. They are changed in the configuration file: howdah config path",
                theme.strong()));
        lines.add(Line.EMPTY);
        for (Settings.Shown setting : settings.show()) {
            lines.add(new Line(List.of(
                    new Span(String.format(Locale.ROOT, "  %-28s", setting.name()), theme.key()),
                    new Span(String.format(Locale.ROOT, "%-24s", setting.value()), theme.text()),
                    new Span("  " + setting.origin(), theme.dim()))));
        }
        return lines;
    }
}
