package dev.howdah.terminal.app;

import dev.howdah.guard.change.Impact;
import dev.howdah.guard.change.Proposal;
import dev.howdah.guard.change.TableImpact;
import dev.howdah.guard.consent.ConsentRequest;
import dev.howdah.guard.consent.Keyboard;
import dev.howdah.guard.review.ConsentKind;
import dev.howdah.render.Counts;
import dev.howdah.terminal.editor.Editor;
import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.screen.Canvas;
import dev.howdah.terminal.screen.Frames.CursorAt;
import dev.howdah.terminal.screen.Text;
import dev.howdah.terminal.screen.Text.Line;
import dev.howdah.terminal.screen.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a person decides on: the statement, what it would do, how much there is to lose, and what has to be done to let it
 * run. Enter alone never lets anything run: only {@code y}, or the whole word where one is asked for. For the drawing thread.
 */
final class ReviewDialog {
    private static final Keyboard KEYBOARD = Keyboard.of("terminal");

    private final Proposal proposal;
    private final ConsentRequest request;
    private final Consumer<ConsentRequest.Answer> answered;
    private final Editor word = new Editor();
    private boolean closed;
    private String said = "";
    private int scroll;

    /** @param answered given the answer that settles it, once */
    ReviewDialog(Proposal proposal, ConsentRequest request, Consumer<ConsentRequest.Answer> answered) {
        this.proposal = proposal;
        this.request = request;
        this.answered = answered;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether a word has to be typed. */
    private boolean wantsWord() {
        return request.kind().filter(ConsentKind.Type.class::isInstance).isPresent();
    }

    /** Says no. */
    void decline() {
        settle(request.declined(KEYBOARD));
    }

    private void settle(ConsentRequest.Answer answer) {
        switch (answer) {
            case ConsentRequest.Answer.NotThat(String why) -> said = "Not run: " + why + ".";
            case ConsentRequest.Answer.Given _,
                    ConsentRequest.Answer.Declined _,
                    ConsentRequest.Answer.TooLate _,
                    ConsentRequest.Answer.Expired _ -> {
                closed = true;
                answered.accept(answer);
            }
        }
    }

    void press(Key key) {
        said = "";
        if (key.is(Key.Code.ESCAPE) || key.isCtrl('c')) {
            decline();
        } else if (key.is(Key.Code.PAGE_DOWN) || key.is(Key.Code.DOWN)) {
            scroll++;
        } else if (key.is(Key.Code.PAGE_UP) || key.is(Key.Code.UP)) {
            scroll = Math.max(0, scroll - 1);
        } else if (wantsWord()) {
            typing(key);
        } else if (key.isChar('y')) {
            settle(request.typed(KEYBOARD, "y"));
        } else if (key.isChar('n')) {
            decline();
        } else if (key.is(Key.Code.ENTER)) {
            said = "Enter does not run a write: y does; n or Esc does not.";
        }
    }

    private void typing(Key key) {
        if (!key.is(Key.Code.ENTER)) {
            word.press(key);
        } else if (word.isEmpty()) {
            said = "Enter does not run a write: the word does; Esc does not.";
        } else {
            settle(request.typed(KEYBOARD, word.text()));
            word.reset();
        }
    }

    CursorAt draw(Canvas canvas, Theme theme) {
        int columns = Math.min(canvas.width() - 4, 96);
        List<Line> lines = lines(canvas, columns - 4, theme);
        int rows = Math.min(canvas.height() - 2, lines.size() + 5);
        int x = (canvas.width() - columns) / 2;
        int y = Math.max(1, (canvas.height() - rows) / 2);
        canvas.box(x, y, columns, rows, "May this run?", theme.bad(), theme.text());
        int body = rows - 5;
        scroll = Math.clamp(scroll, 0, Math.max(0, lines.size() - body));
        for (int i = 0; i < body && scroll + i < lines.size(); i++) {
            Text.draw(canvas, x + 2, y + 1 + i, lines.get(scroll + i), columns - 4);
        }
        if (lines.size() > body + scroll) {
            canvas.put(x + columns - 12, y + 1 + body, " ↓ more ", theme.key());
        }
        canvas.put(x + 2, y + rows - 2, said, theme.warning(), columns - 4);
        String ask = switch (request.kind().orElse(new ConsentKind.Confirm())) {
            case ConsentKind.Confirm _ -> "y runs it   n or Esc does not";
            case ConsentKind.Type(String what) -> "Type " + what + " and Enter to run it; Esc does not: ";
            case ConsentKind.Approval _ -> "Somebody else has to approve this. Esc goes back.";
        };
        int end = canvas.put(x + 2, y + rows - 3, ask, theme.key(), columns - 4);
        if (!wantsWord()) {
            return CursorAt.HIDDEN;
        }
        int at = canvas.put(end, y + rows - 3, word.text(), theme.strong(), x + columns - 2 - end);
        return new CursorAt(Math.min(at, x + columns - 2), y + rows - 3);
    }

    private List<Line> lines(Canvas canvas, int columns, Theme theme) {
        List<Line> lines = new ArrayList<>();
        for (String text : proposal.act().texts()) {
            lines.addAll(Text.sql(text, columns, theme, canvas.measure()));
        }
        lines.add(Line.EMPTY);
        add(lines, canvas, columns, "Risk: " + proposal.risk().level(), theme.strong());
        for (String reason : proposal.risk().reasons()) {
            add(lines, canvas, columns, "  because " + reason, theme.text());
        }
        Impact impact = proposal.impact();
        add(lines, canvas, columns, "What it would do (" + impact.basis().word() + "):", theme.strong());
        if (impact.tables().isEmpty()) {
            add(lines, canvas, columns, "  no rows change", theme.text());
        }
        for (TableImpact table : impact.tables()) {
            add(lines, canvas, columns, "  " + table.name() + ": " + words(table), theme.text());
        }
        impact.failure()
                .ifPresent(failure -> add(lines, canvas, columns, "It would fail: " + failure.message(), theme.bad()));
        impact.warnings().forEach(text -> add(lines, canvas, columns, "! " + text, theme.warning()));
        impact.unknown().forEach(text -> add(lines, canvas, columns, "Not known: " + text, theme.warning()));
        impact.irreversible().forEach(text -> add(lines, canvas, columns, "Cannot be undone: " + text, theme.bad()));
        for (Impact.Sample sample : impact.samples()) {
            add(lines, canvas, columns, "- " + String.join(", ", sample.before()), theme.dim());
            add(lines, canvas, columns, "+ " + String.join(", ", sample.after()), theme.dim());
        }
        return lines;
    }

    private static String words(TableImpact table) {
        List<String> parts = new ArrayList<>();
        if (table.inserted() > 0) {
            parts.add(Counts.rows(table.inserted()) + " inserted");
        }
        if (table.updated() > 0) {
            parts.add(Counts.rows(table.updated()) + " updated");
        }
        if (table.deleted() > 0) {
            parts.add(Counts.rows(table.deleted()) + " deleted");
        }
        return parts.isEmpty() ? "no rows change" : String.join(", ", parts);
    }

    private static void add(List<Line> lines, Canvas canvas, int columns, String text, dev.tamboui.style.Style style) {
        Text.wrap(text, columns, canvas.measure()).forEach(part -> lines.add(Line.of(part, style)));
    }
}
