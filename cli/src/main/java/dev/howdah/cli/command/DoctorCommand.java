package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.library.Diagnosis;
import dev.howdah.library.Diagnosis.Check;
import dev.howdah.library.settings.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `howdah doctor`. */
@Command(
        name = "doctor",
        description =
                "Say what is configured, whether the database answers, and what the role may do that it should not.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah doctor",
            "  howdah doctor -d postgresql://me@localhost/shop",
            "  howdah doctor -d shop --probe       try to break out of read-only, and see what stops it",
        })
final class DoctorCommand implements Callable<Integer> {
    @Option(
            names = "--probe",
            description = "Attack this connection with a published list of escape attempts, and say which layers stop"
                    + " each. No attempt changes anything even where it runs.")
    private boolean probe;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    DoctorCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        print(Check.good("Java", Runtime.version().toString()));
        Settings settings = Settings.load(context.environment(), connection.flags());
        print(Check.good("settings", settings.path() + (settings.fileExists() ? "" : " (not there; defaults hold)")));
        boolean well = true;
        for (Check check : Diagnosis.ofSettings(settings)) {
            print(check);
            well &= check.state() != Check.State.WRONG;
        }
        try (Session session = Session.openToDiagnose(context, connection)) {
            for (Check check : Diagnosis.ofDatabase(session.howdah(), context.cancellation())) {
                session.progress().erase();
                print(check);
                well &= check.state() != Check.State.WRONG;
            }
            if (probe) {
                well &= new ProbeReport(context.console()).of(session, context.cancellation());
            }
            context.console().println("");
            context.console()
                    .println(
                            "A role that can read all of this and do nothing else (leave out what it should not see):");
            context.console().println("");
            for (String line : Diagnosis.leastRole(session.howdah(), context.cancellation())) {
                context.console().println(PlainText.oneLine(line));
            }
        } catch (HowdahException e) {
            print(Check.wrong(
                    "database", String.valueOf(e.getMessage()), e.hint().orElse("")));
            return e.code().exitCode();
        }
        return well ? 0 : ErrorCode.SERVER.exitCode();
    }

    private void print(Check check) {
        String mark = switch (check.state()) {
            case GOOD -> "ok   ";
            case DOUBTFUL -> "note ";
            case WRONG -> "WRONG";
        };
        context.console().println(mark + "  " + check.subject() + ": " + check.finding());
        if (!check.advice().isEmpty()) {
            context.console().println("       " + check.advice());
        }
    }
}
