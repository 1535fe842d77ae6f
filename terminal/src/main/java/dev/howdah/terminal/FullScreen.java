package dev.howdah.terminal;

import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.library.Howdah;
import dev.howdah.terminal.app.App;
import dev.howdah.terminal.app.Databases;
import dev.howdah.terminal.app.Loop;
import dev.howdah.terminal.screen.Theme;
import dev.howdah.terminal.screen.Tty;
import java.io.IOException;

/** The full-screen conversation with a database: where a front end starts it. */
public final class FullScreen {
    private FullScreen() {}

    /**
     * Runs until the person leaves; the terminal is then as it was.
     *
     * @param howdah the database to begin with; closed at the end
     * @param databases those that can be switched to
     * @param environment says whether colours are wanted, and which editor
     * @throws HowdahException if there is no terminal to draw on
     */
    public static void run(Howdah howdah, Databases databases, Environment environment) {
        Loop loop = new Loop(environment
                .variable("VISUAL")
                .or(() -> environment.variable("EDITOR"))
                .orElse("vi"));
        try (Tty tty = Tty.open();
                App app = new App(howdah, databases, theme(environment), loop::post, System::nanoTime, loop::redraw)) {
            loop.run(tty, app);
        } catch (IOException e) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "There is no terminal to draw on: " + e.getMessage() + ".",
                    "`howdah --plain` works line by line; `howdah ask` answers one question.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** NO_COLOR first; then what COLORFGBG says of the background; dark if nothing says anything. */
    static Theme theme(Environment environment) {
        if (environment.variable("NO_COLOR").isPresent()
                || environment.variable("TERM").filter("dumb"::equals).isPresent()) {
            return Theme.none();
        }
        boolean light = environment
                .variable("COLORFGBG")
                .filter(value -> value.endsWith(";15") || value.endsWith(";7"))
                .isPresent();
        return light ? Theme.light() : Theme.dark();
    }
}
