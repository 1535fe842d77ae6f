package dev.howdah.library.settings;

import dev.howdah.base.Environment;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Client;
import dev.howdah.guard.review.Level;
import dev.howdah.guard.review.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at settings as a whole, for {@code howdah config check} and {@code howdah doctor}. */
final class SettingsCheck {
    private final Settings settings;
    private final Environment environment;
    private final List<Finding> findings = new ArrayList<>();

    private SettingsCheck(Settings settings, Environment environment) {
        this.settings = settings;
        this.environment = environment;
    }

    static List<Finding> of(Settings settings, Environment environment) {
        SettingsCheck check = new SettingsCheck(settings, environment);
        check.findings.addAll(settings.warnings());
        check.program();
        for (ProfileDefinition profile : settings.profiles().values()) {
            check.profile(profile);
        }
        return List.copyOf(check.findings);
    }

    private void program() {
        if (!settings.fileExists()) {
            findings.add(new Finding(
                    Finding.Severity.NOTE,
                    "There is no " + settings.showPath() + "; the defaults hold.",
                    "Create it to define profiles."));
        }
        settings.value(Keys.DEFAULT_PROFILE).ifPresent(name -> failing(() -> settings.profile(name)));
        settings.value(Keys.DATABASE_URL).ifPresent(this::secret);
        settings.value(Keys.MODEL_API_KEY).ifPresent(this::secret);
        Path dotenv = environment.workingDirectory().resolve(".env");
        for (Key<?> key : List.of(Keys.DATABASE_URL, Keys.MODEL_API_KEY)) {
            if (settings.origin(key).source() == Origin.Source.DOTENV && TextFile.readableByOthers(dotenv)) {
                findings.add(new Finding(
                        Finding.Severity.WARNING,
                        ".env sets " + key + ", and others than you can read it.",
                        "chmod 600 .env"));
            }
        }
    }

    private void profile(ProfileDefinition profile) {
        profile.value(Keys.PROFILE_URL).ifPresent(this::secret);
        profile.value(Keys.PROFILE_PASSWORD).ifPresent(this::secret);
        failing(() -> {
            Settings own = settings.forProfile(profile);
            for (Finding finding : own.warnings()) {
                if (!findings.contains(finding)) {
                    findings.add(finding);
                }
            }
            String place = profile.origin() + " profile " + profile.name();
            if (profile.production() && !profile.locked()) {
                findings.add(new Finding(
                        Finding.Severity.WARNING,
                        place + " is production and not locked.",
                        "Take out 'locked: false', so that no flag can raise its limits."));
            }
            Policy policy = Policies.of(own, Client.PERSON);
            if (profile.production() && policy.level() != Level.READ_ONLY) {
                findings.add(new Finding(
                        Finding.Severity.WARNING,
                        place + " is production and permits writes.",
                        "Set 'read_only: true' unless it must write."));
            }
            contradictions(own, place);
        });
    }

    private void contradictions(Settings own, String place) {
        boolean lock = own.value(Keys.READ_ONLY) && own.origin(Keys.READ_ONLY).source() != Origin.Source.DEFAULT;
        String level = own.value(Keys.POLICY_LEVEL);
        if (lock && !level.equals(Level.READ_ONLY.word())) {
            findings.add(new Finding(
                    Finding.Severity.WARNING,
                    place + " has policy.level " + level + ", and read_only: true (" + own.origin(Keys.READ_ONLY)
                            + ") refuses everything but reads.",
                    "Take one of them out."));
        }
    }

    private void secret(SecretSetting secret) {
        failing(() -> {
            secret.reveal();
            secret.file().filter(TextFile::readableByOthers).ifPresent(file -> {
                String name = TextFile.show(file, environment);
                findings.add(new Finding(
                        Finding.Severity.WARNING,
                        name + " holds a secret, and others than you can read it.",
                        "chmod 600 " + name));
            });
        });
    }

    private void failing(Runnable look) {
        try {
            look.run();
        } catch (HowdahException e) {
            findings.add(new Finding(
                    Finding.Severity.ERROR,
                    String.valueOf(e.getMessage()),
                    e.hint().orElse(null)));
        }
    }
}
