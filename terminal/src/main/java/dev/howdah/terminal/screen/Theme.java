package dev.howdah.terminal.screen;

import dev.howdah.sql.Lexeme;
import dev.tamboui.style.Color;
import dev.tamboui.style.Style;
import java.util.Locale;
import java.util.Optional;

/**
 * The styles by what they are for. Nothing is told by colour alone: there is a word or a sign with each.
 *
 * @param name its name
 * @param text ordinary text
 * @param dim what is there but need not be read
 * @param strong headings and what matters most
 * @param accent what is the person's own, and where the focus is
 * @param good what went well
 * @param warning what deserves a look
 * @param bad failures
 * @param selected the selected thing
 * @param bar the status bar
 * @param key names of keys
 * @param keyword SQL's words
 * @param string strings in SQL
 * @param number numbers in SQL
 * @param comment comments in SQL
 */
public record Theme(
        String name,
        Style text,
        Style dim,
        Style strong,
        Style accent,
        Style good,
        Style warning,
        Style bad,
        Style selected,
        Style bar,
        Style key,
        Style keyword,
        Style string,
        Style number,
        Style comment) {

    private static Style fg(int r, int g, int b) {
        return Style.EMPTY.fg(Color.rgb(r, g, b));
    }

    private static Style fg(int index) {
        return Style.EMPTY.fg(Color.indexed(index));
    }

    /** For dark backgrounds: the sixteen colours that every terminal has, as the person has set them. */
    public static Theme dark() {
        return new Theme(
                "dark",
                Style.EMPTY,
                fg(245),
                Style.EMPTY.bold(),
                fg(80),
                fg(78),
                fg(179),
                fg(203),
                Style.EMPTY.bg(Color.indexed(24)).fg(Color.indexed(255)),
                Style.EMPTY.bg(Color.indexed(236)).fg(Color.indexed(252)),
                fg(80),
                fg(75),
                fg(114),
                fg(179),
                fg(245));
    }

    /** For light backgrounds. */
    public static Theme light() {
        return new Theme(
                "light",
                Style.EMPTY,
                fg(242),
                Style.EMPTY.bold(),
                fg(25),
                fg(28),
                fg(130),
                fg(124),
                Style.EMPTY.bg(Color.indexed(153)).fg(Color.indexed(16)),
                Style.EMPTY.bg(Color.indexed(254)).fg(Color.indexed(236)),
                fg(25),
                fg(25),
                fg(28),
                fg(130),
                fg(242));
    }

    /** Black, white and yellow, for eyes that need it. */
    public static Theme contrast() {
        Style white = fg(255, 255, 255);
        return new Theme(
                "contrast",
                white,
                white,
                white.bold(),
                fg(255, 255, 0).bold(),
                fg(0, 255, 0).bold(),
                fg(255, 255, 0).bold(),
                fg(255, 110, 110).bold(),
                Style.EMPTY.bg(Color.rgb(255, 255, 0)).fg(Color.rgb(0, 0, 0)),
                Style.EMPTY.bg(Color.rgb(255, 255, 255)).fg(Color.rgb(0, 0, 0)),
                fg(255, 255, 0).bold(),
                fg(0, 255, 255).bold(),
                fg(0, 255, 0),
                fg(255, 255, 0),
                white);
    }

    /** No colour at all, as NO_COLOR asks: bold, dim, underlined, reversed. */
    public static Theme none() {
        Style plain = Style.EMPTY;
        return new Theme(
                "none",
                plain,
                plain.dim(),
                plain.bold(),
                plain.bold(),
                plain,
                plain.bold(),
                plain.bold(),
                plain.reversed(),
                plain.reversed(),
                plain.bold(),
                plain.bold(),
                plain,
                plain,
                plain.dim());
    }

    /** All of them, in the order in which they are offered. */
    public static java.util.List<Theme> all() {
        return java.util.List.of(dark(), light(), contrast(), none());
    }

    /** The theme of that name. */
    public static Optional<Theme> named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return all().stream().filter(theme -> theme.name.equals(wanted)).findFirst();
    }

    /** How a piece of SQL looks. */
    public Style of(Lexeme.Sort sort) {
        return switch (sort) {
            case KEYWORD -> keyword;
            case STRING -> string;
            case NUMBER, PARAMETER -> number;
            case COMMENT -> comment;
            case BROKEN -> bad;
            case NAME, OPERATOR, PUNCTUATION -> text;
        };
    }
}
