package dev.howdah.cli.command;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.cli.ProgressLine;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.redaction.Destination;
import dev.howdah.guard.redaction.Mode;
import dev.howdah.guard.review.Review;
import dev.howdah.library.Howdah;
import dev.howdah.library.log.ApplicationLog;
import dev.howdah.library.log.LogOptions;
import dev.howdah.library.redaction.Redaction;
import dev.howdah.library.settings.Finding;
import dev.howdah.library.settings.Keys;
import dev.howdah.library.settings.RedactionSettings;
import dev.howdah.library.settings.Settings;
import dev.howdah.library.settings.Target;
import dev.howdah.library.settings.TargetFlags;
import dev.howdah.library.settings.Targets;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.SessionLimits;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.sample.DemoDatabase;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** What a command that talks to a database has open: settings, connection, progress line. */
final class Session implements AutoCloseable {
    /** The name that means the sample shop everywhere, unless a profile has taken it. */
    private static final String DEMO = "demo";

    private final Settings settings;
    private final Howdah howdah;
    private final ProgressLine progress;

    private Session(Settings settings, Howdah howdah, ProgressLine progress) {
        this.settings = settings;
        this.howdah = howdah;
        this.progress = progress;
    }

    /** Connects to what the options and settings name; connecting goes on in the background. */
    static Session open(Context context, ConnectionOptions connection, OutputOptions output) {
        return open(context, connection, output, Map.of());
    }

    /** The same with more flags that are settings too. */
    static Session open(Context context, ConnectionOptions connection, OutputOptions output, Map<String, String> more) {
        Map<String, String> flags = new HashMap<>(connection.flags());
        flags.putAll(output.flags());
        flags.putAll(more);
        Settings settings = Settings.load(context.environment(), flags);
        return isDemo(settings, connection.target())
                ? openDemo(context, settings)
                : open(context, settings, connection.target());
    }

    /** Whether these flags mean the sample shop. */
    static boolean isDemo(Settings settings, TargetFlags flags) {
        return flags.equals(TargetFlags.database(DEMO)) && !settings.profiles().containsKey(DEMO);
    }

    /** Finds out which database is meant, without a log. */
    static Targets targets(Context context, Settings settings) {
        return targets(context, settings, new Redaction(Set.of()));
    }

    private static Targets targets(Context context, Settings settings, Redaction redaction) {
        return new Targets(
                settings,
                context.environment(),
                redaction,
                warning -> context.console().err().println("howdah: " + warning));
    }

    /** Connects to the sample shop, starting it if need be. */
    static Session openDemo(Context context, Settings settings) {
        String url = Demo.start(context).url(DemoDatabase.DATABASE);
        return open(context, settings, TargetFlags.database(url));
    }

    /** Connects as the doctor does, whatever the role can do. */
    static Session openToDiagnose(Context context, ConnectionOptions connection) {
        Settings settings = settings(context, connection, new OutputOptions());
        return isDemo(settings, connection.target())
                ? openDemo(context, settings)
                : open(context, settings, connection.target(), Howdah::openToDiagnose);
    }

    /** Connects as a program does that stays: with a pool, and without a progress line on the screen. */
    static Session openToStay(Context context, ConnectionOptions connection) {
        Settings settings = settings(context, connection, new OutputOptions());
        BiFunction<Profile, Settings, Howdah> opening =
                (profile, own) -> Howdah.pooled(profile, own, Clock.systemUTC());
        if (isDemo(settings, connection.target())) {
            String url = Demo.start(context).url(DemoDatabase.DATABASE);
            return open(context, settings, TargetFlags.database(url), opening);
        }
        return open(context, settings, connection.target(), opening);
    }

    private static Session open(Context context, Settings settings, TargetFlags flags) {
        return open(context, settings, flags, Howdah::open);
    }

    private static Session open(
            Context context, Settings settings, TargetFlags flags, BiFunction<Profile, Settings, Howdah> opening) {
        Redaction redaction = log(context, settings);
        Target target = target(context, settings, flags, redaction);
        ProgressLine progress = new ProgressLine(context.console());
        progress.doing("connecting to " + target.profile().address());
        return new Session(target.settings(), opening.apply(target.profile(), target.settings()), progress);
    }

    /** Begins the log that the settings ask for; what keeps secrets out of it. */
    static Redaction log(Context context, Settings settings) {
        Redaction redaction = new Redaction(
                Set.of(), RedactionSettings.redactor(settings, Mode.parse(settings.value(Keys.REDACTION_LOG)), ""));
        context.untilTheEnd(ApplicationLog.install(
                LogOptions.of(settings, context.environment()),
                redaction,
                context.console().err()));
        return redaction;
    }

    /** Finds out which database is meant. */
    static Target target(Context context, Settings settings, TargetFlags flags, Redaction redaction) {
        Target target = targets(context, settings, redaction)
                .choose(flags)
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.USAGE,
                        "No database is named.",
                        "Try `howdah demo \"show latest 20 orders\"`, or name yours: -d"
                                + " postgresql://user@host/database."));
        for (Finding warning : target.settings().warnings()) {
            context.console().err().println("howdah: " + warning.message());
        }
        return target;
    }

    static Settings settings(Context context, ConnectionOptions connection, OutputOptions output) {
        Map<String, String> flags = new HashMap<>(connection.flags());
        flags.putAll(output.flags());
        return Settings.load(context.environment(), flags);
    }

    Settings settings() {
        return settings;
    }

    Howdah howdah() {
        return howdah;
    }

    ProgressLine progress() {
        return progress;
    }

    /** What the server holds every read to. */
    SessionLimits sessionLimits() {
        return howdah.sessionLimits();
    }

    /** How far a read may go whose rows go there. */
    Limits limits(Results results, ConnectionOptions connection, OutputOptions output) {
        if (!results.isExport()) {
            return new Limits(
                    settings.value(Keys.LIMIT_ROWS),
                    settings.value(Keys.LIMIT_RESULT_BYTES),
                    settings.value(Keys.LIMIT_FIRST_ROW_TIMEOUT),
                    Optional.empty(),
                    sessionLimits());
        }
        return new Limits(
                output.limited() ? settings.value(Keys.LIMIT_ROWS) : settings.value(Keys.LIMIT_EXPORT_ROWS),
                Optional.empty(),
                // An export may take its time, unless this one was told not to.
                connection.timed() ? settings.value(Keys.LIMIT_FIRST_ROW_TIMEOUT) : Optional.empty(),
                settings.value(Keys.LIMIT_EXPORT_TIMEOUT),
                sessionLimits());
    }

    /** Where this review's rows go, redacted as the profile says for a screen or an export. */
    RowSink sink(Results results, Review review, Cancellation cancellation) {
        Destination destination = results.isExport() ? Destination.EXPORT : Destination.SCREEN;
        return howdah.redaction().to(destination, review, results.sink(), cancellation);
    }

    @Override
    public void close() {
        progress.close();
        howdah.close();
    }
}
