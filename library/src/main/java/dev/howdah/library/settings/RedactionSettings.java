package dev.howdah.library.settings;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.redaction.ColumnKinds;
import dev.howdah.guard.redaction.Destination;
import dev.howdah.guard.redaction.Mode;
import dev.howdah.guard.redaction.Pseudonyms;
import dev.howdah.guard.redaction.RedactionPolicy;
import dev.howdah.guard.redaction.Redactor;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** From settings to what the guard's redaction needs. */
public final class RedactionSettings {
    private RedactionSettings() {}

    /**
     * The policy that the settings of a profile make.
     *
     * @param profile whose hashes; others' are different
     * @throws HowdahException of code CONFIGURATION if a mode needs a key and there is none
     */
    public static RedactionPolicy policy(Settings settings, String profile) {
        Map<Destination, Mode> modes = new EnumMap<>(Destination.class);
        for (Destination destination : Destination.values()) {
            modes.put(destination, Mode.parse(settings.value(key(destination))));
        }
        return RedactionPolicy.of(
                modes,
                modes.containsValue(Mode.HASH) ? Optional.of(pseudonyms(settings, profile)) : Optional.empty(),
                ColumnKinds.parse(settings.value(Keys.REDACTION_COLUMNS)));
    }

    /**
     * A redactor of one mode, whatever the destinations' modes are.
     *
     * @throws HowdahException of code CONFIGURATION if the mode needs a key and there is none
     */
    public static Redactor redactor(Settings settings, Mode mode, String profile) {
        return Redactor.of(mode, mode == Mode.HASH ? Optional.of(pseudonyms(settings, profile)) : Optional.empty());
    }

    private static Pseudonyms pseudonyms(Settings settings, String profile) {
        String key = settings.value(Keys.REDACTION_KEY)
                .map(SecretSetting::reveal)
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.CONFIGURATION,
                        "Sensitive values are to be hashed, and there is no key to do it with.",
                        "Set redaction.key, best to a reference such as file:redaction.key or env://REDACTION_KEY."));
        return Pseudonyms.of(key, profile);
    }

    private static Key<String> key(Destination destination) {
        return switch (destination) {
            case MODEL -> Keys.REDACTION_MODEL;
            case AUDIT -> Keys.REDACTION_AUDIT;
            case LOG -> Keys.REDACTION_LOG;
            case ERRORS -> Keys.REDACTION_ERRORS;
            case SCREEN -> Keys.REDACTION_SCREEN;
            case EXPORT -> Keys.REDACTION_EXPORT;
        };
    }
}
