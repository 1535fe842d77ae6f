package dev.howdah.library;

import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.audit.Actor;
import dev.howdah.guard.audit.Audit;
import dev.howdah.guard.audit.AuditLog;
import dev.howdah.guard.audit.AuditOptions;
import dev.howdah.guard.audit.Recorder;
import dev.howdah.guard.audit.SinkTarget;
import dev.howdah.library.redaction.Redaction;
import dev.howdah.library.settings.Keys;
import dev.howdah.library.settings.SecretSetting;
import dev.howdah.library.settings.Settings;
import dev.howdah.store.chain.ChainFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The audit as the settings want it. All methods may be called from any thread. */
public final class Audits {
    private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private Audits() {}

    /**
     * Opens the audit, or one that records nothing where the settings switch it off.
     *
     * @throws HowdahException of code AUDIT if it cannot be written
     */
    static Audit open(Settings settings, Clock clock) {
        return settings.value(Keys.AUDIT_MODE).equals("off") ? Audit.off() : AuditLog.open(options(settings, clock));
    }

    /** Where the settings say that the log is. */
    public static ChainFiles files(Settings settings) {
        Environment environment = settings.environment();
        Optional<Path> file = settings.value(Keys.AUDIT_FILE);
        return new ChainFiles(
                file.isPresent() ? file.get() : environment.stateDirectory().resolve("audit.jsonl"));
    }

    /** The key that a setting gives; without one it lies beside the log. */
    public static Optional<String> key(Settings settings) {
        return settings.value(Keys.AUDIT_KEY).map(SecretSetting::reveal);
    }

    private static AuditOptions options(Settings settings, Clock clock) {
        return new AuditOptions(
                files(settings),
                key(settings),
                settings.value(Keys.AUDIT_MODE).equals("strict"),
                settings.value(Keys.AUDIT_LITERALS),
                settings.value(Keys.AUDIT_QUESTIONS),
                settings.value(Keys.AUDIT_MAX_SIZE),
                settings.value(Keys.AUDIT_RETENTION),
                Redaction.PATTERNS::apply,
                actor(settings.environment()),
                clock,
                sinks(settings));
    }

    private static List<SinkTarget> sinks(Settings settings) {
        List<SinkTarget> sinks = new ArrayList<>();
        Optional<String> syslog = settings.value(Keys.AUDIT_SYSLOG);
        if (syslog.isPresent()) {
            sinks.add(SinkTarget.of(Keys.AUDIT_SYSLOG.name(), syslog.get(), Optional.empty()));
        }
        Optional<String> http = settings.value(Keys.AUDIT_HTTP);
        if (http.isPresent()) {
            Optional<String> token = settings.value(Keys.AUDIT_HTTP_TOKEN).map(SecretSetting::reveal);
            sinks.add(SinkTarget.of(Keys.AUDIT_HTTP.name(), http.get(), token));
        }
        return sinks;
    }

    private static Actor actor(Environment environment) {
        return new Actor(
                System.getProperty("user.name", "?"),
                host(environment),
                ProcessHandle.current().pid(),
                Long.toHexString(ThreadLocalRandom.current().nextLong()),
                "howdah");
    }

    /** Without the name service, which may let everybody wait for seconds, wherever there is another way. */
    private static String host(Environment environment) {
        Optional<String> windows = environment.variable("COMPUTERNAME");
        if (windows.isPresent()) {
            return windows.get();
        }
        try {
            if (Files.isReadable(LINUX_HOST_NAME)) {
                return Files.readString(LINUX_HOST_NAME).strip();
            }
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            return "?";
        }
    }

    /** Records who begins where, and before that what is different in the settings since the last time. */
    static void recordOpening(Recorder recorder, Settings settings) {
        if (settings.value(Keys.AUDIT_MODE).equals("off")) {
            return;
        }
        ChainFiles files = files(settings);
        Path file = files.beside(".settings");
        List<String> now = lines(settings.lasting());
        try {
            List<String> before = read(file);
            if (!now.equals(before)) {
                recorder.configured(changes(before, now));
                files.keep(".settings", String.join("\n", now) + "\n");
            }
        } catch (IOException e) {
            throw new HowdahException(
                    ErrorCode.AUDIT,
                    "The settings could not be compared with those in " + file + ": " + e.getMessage() + ".",
                    "Make room, let it be written, or name another place (audit.file).",
                    e);
        }
        recorder.opened(lines(settings.passing()));
    }

    private static List<String> read(Path file) throws IOException {
        try {
            return Files.readString(file).lines().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static List<String> lines(List<Settings.Shown> settings) {
        List<String> lines = new ArrayList<>();
        for (Settings.Shown setting : settings) {
            lines.add(setting.line());
        }
        return lines;
    }

    private static List<String> changes(List<String> before, List<String> now) {
        Map<String, String> old = values(before);
        Map<String, String> current = values(now);
        List<String> changes = new ArrayList<>();
        for (Map.Entry<String, String> setting : current.entrySet()) {
            String was = old.remove(setting.getKey());
            if (!setting.getValue().equals(was)) {
                changes.add(setting.getKey() + ": " + (was == null ? "(not set)" : was) + " → " + setting.getValue());
            }
        }
        for (Map.Entry<String, String> setting : old.entrySet()) {
            changes.add(setting.getKey() + ": " + setting.getValue() + " → (not set)");
        }
        return changes;
    }

    private static Map<String, String> values(List<String> lines) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : lines) {
            int equals = line.indexOf(" = ");
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 3));
            }
        }
        return values;
    }
}
