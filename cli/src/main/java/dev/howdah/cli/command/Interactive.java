package dev.howdah.cli.command;

import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.cli.Console;
import dev.howdah.cli.Failures;
import dev.howdah.library.Howdah;
import dev.howdah.library.settings.Settings;
import dev.howdah.library.settings.TargetFlags;
import dev.howdah.terminal.FullScreen;
import dev.howdah.terminal.app.Databases;
import dev.howdah.terminal.editor.Language;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** `howdah` without a command: a conversation, on the full screen or line by line. */
final class Interactive {
    private final Context context;
    private final ConnectionOptions connection;

    private Interactive(Context context, ConnectionOptions connection) {
        this.context = context;
        this.connection = connection;
    }

    /** Runs until the person leaves; false if no database is named, so that there is nothing to talk to. */
    static boolean run(Context context, ConnectionOptions connection, boolean plain) {
        Settings settings = Session.settings(context, connection, new OutputOptions());
        TargetFlags flags = connection.target();
        if (!Session.isDemo(settings, flags)
                && Session.targets(context, settings).choose(flags).isEmpty()) {
            return false;
        }
        Interactive interactive = new Interactive(context, connection);
        Console console = context.console();
        if (plain || !console.inIsTerminal() || !console.outIsTerminal()) {
            interactive.lineByLine();
        } else {
            interactive.fullScreen();
        }
        return true;
    }

    private void fullScreen() {
        Session first = Session.openToStay(context, connection);
        first.progress().erase();
        Databases databases = new Databases() {
            @Override
            public Howdah open(String name) {
                Session other = Session.openToStay(context, connection.of(name));
                other.progress().close();
                return other.howdah();
            }

            @Override
            public List<String> names() {
                return List.copyOf(first.settings().profiles().keySet());
            }
        };
        first.progress().close();
        FullScreen.run(first.howdah(), databases, context.environment());
    }

    /** Reads a line, answers it, reads the next: everything in order, nothing overwritten. */
    private void lineByLine() {
        Console console = context.console();
        OutputOptions output = new OutputOptions();
        BufferedReader lines = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
        try (Session session = Session.open(context, connection, output)) {
            session.progress().erase();
            String name =
                    PlainText.oneLine(session.howdah().database().profile().database());
            if (console.inIsTerminal()) {
                console.err().println("Howdah. Ask " + name + " something, or type SQL. An empty line or \\q leaves.");
            }
            while (!context.cancellation().isCancelled()) {
                if (console.inIsTerminal()) {
                    console.err().print(name + "> ");
                    console.err().flush();
                }
                String line = lines.readLine();
                if (line == null || line.isBlank() || line.strip().equals("\\q")) {
                    return;
                }
                answer(session, output, line.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(Session session, OutputOptions output, String line) throws IOException {
        try {
            if (Language.of(line) == Language.Mode.SQL) {
                try (Results results = Results.open(context, session.settings(), output, session.progress()::erase)) {
                    new SqlCommand(context, connection, output).run(session, results, line);
                }
            } else {
                Asking.ask(context, session, connection, output, line, new Asking.Wish(false, false, false));
            }
        } catch (HowdahException e) {
            session.progress().erase();
            // The next line may be right.
            Failures.report(e, context.console().err());
        }
    }
}
