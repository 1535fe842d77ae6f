package dev.howdah.terminal.app;

import dev.howdah.base.PlainText;
import dev.howdah.sql.Lexeme;
import dev.howdah.terminal.editor.Editor;
import dev.howdah.terminal.editor.Language;
import dev.howdah.terminal.screen.Canvas;
import dev.howdah.terminal.screen.Frames.CursorAt;
import dev.howdah.terminal.screen.Theme;
import dev.tamboui.style.Style;
import java.util.List;

/** What is being typed, as it looks: soft-wrapped, SQL in colours, the cursor where it is. A pure function. */
final class InputBox {
    private static final int MOST_ROWS = 10;

    /** Colouring more than this while somebody types is not worth the time. */
    private static final int LONGEST_COLOURED = 20_000;

    private InputBox() {}

    /** Rows that it takes on a screen of this size. */
    static int rows(Editor editor, int columns, int screenRows) {
        return Math.clamp(editor.layout(columns - 4).size(), 1, Math.min(MOST_ROWS, Math.max(1, screenRows / 3)));
    }

    static CursorAt draw(
            Canvas canvas, int x, int y, int columns, int rows, Editor editor, Language.Mode mode, Theme theme) {
        List<Editor.Line> lines = editor.layout(columns - 4);
        int line = editor.lineOf(lines);
        int first = Math.clamp(line - rows + 1L, 0, Math.max(0, lines.size() - rows));
        Style[] styles = styles(editor, mode, theme);
        List<String> clusters = editor.clusters();
        String prompt = switch (mode) {
            case SQL -> "» ";
            case COMMAND -> "› ";
            case QUESTION -> "❯ ";
        };
        for (int i = 0; i < rows && first + i < lines.size(); i++) {
            canvas.put(x + 1, y + i, first + i == 0 ? prompt : "· ", theme.accent());
            int at = x + 3;
            Editor.Line one = lines.get(first + i);
            for (int c = one.start(); c < one.end(); c++) {
                at = canvas.put(at, y + i, PlainText.oneLine(clusters.get(c)), styles[c]);
            }
        }
        if (editor.isEmpty()) {
            String hint = mode == Language.Mode.SQL
                    ? "SQL; F4 goes back to questions"
                    : "Ask something, or type SQL.  / commands  ? help";
            canvas.put(x + 3, y, hint, theme.dim(), columns - 4);
        }
        return new CursorAt(x + 3 + editor.columnIn(lines.get(line)), y + line - first);
    }

    private static Style[] styles(Editor editor, Language.Mode mode, Theme theme) {
        List<String> clusters = editor.clusters();
        Style[] styles = new Style[clusters.size()];
        java.util.Arrays.fill(styles, theme.text());
        String text = editor.text();
        if (mode != Language.Mode.SQL || text.length() > LONGEST_COLOURED) {
            return styles;
        }
        List<Lexeme> lexemes = Lexeme.of(text);
        int offset = 0;
        int next = 0;
        for (int i = 0; i < styles.length; i++) {
            while (next < lexemes.size() && lexemes.get(next).end() <= offset) {
                next++;
            }
            if (next < lexemes.size() && lexemes.get(next).start() <= offset) {
                styles[i] = theme.of(lexemes.get(next).sort());
            }
            offset += clusters.get(i).length();
        }
        return styles;
    }
}
