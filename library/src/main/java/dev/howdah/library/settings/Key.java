package dev.howdah.library.settings;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of settings. Immutable.
 *
 * @param <T> the type of its values
 */
public final class Key<T> {
    private final String name;
    private final boolean inProfile;
    private final ValueType<T> type;
    private final @Nullable String defaultText;
    private final String description;
    private final Safety safety;
    private final @Nullable String alias;
    private final @Nullable String flag;
    private final @Nullable Key<T> overridden;

    private Key(
            String name,
            boolean inProfile,
            ValueType<T> type,
            @Nullable String defaultText,
            String description,
            Safety safety,
            @Nullable String alias,
            @Nullable String flag,
            @Nullable Key<T> overridden) {
        this.name = name;
        this.inProfile = inProfile;
        this.type = type;
        this.defaultText = defaultText;
        this.description = description;
        this.safety = safety;
        this.alias = alias;
        this.flag = flag;
        this.overridden = overridden;
    }

    /** A setting of the program. */
    static <T> Key<T> of(String name, ValueType<T> type, @Nullable String defaultText, String description) {
        return new Key<>(name, false, type, defaultText, description, Safety.NONE, null, null, null);
    }

    /** A setting of one profile that may be left out. */
    static <T> Key<T> inProfile(String name, ValueType<T> type, String description) {
        return new Key<>(name, true, type, null, description, Safety.NONE, null, null, null);
    }

    /** A setting of one profile that takes the place of a program's setting for that profile. */
    static <T> Key<T> inProfile(String name, Key<T> overridden, String description) {
        return new Key<>(name, true, overridden.type, null, description, overridden.safety, null, null, overridden);
    }

    Key<T> safety(Safety direction) {
        return new Key<>(name, inProfile, type, defaultText, description, direction, alias, flag, overridden);
    }

    Key<T> alias(String variable) {
        return new Key<>(name, inProfile, type, defaultText, description, safety, variable, flag, overridden);
    }

    Key<T> flag(String longName) {
        return new Key<>(name, inProfile, type, defaultText, description, safety, alias, longName, overridden);
    }

    /** The name in the file, its sections joined by dots; in a profile, the name within the profile. */
    public String name() {
        return name;
    }

    /** Whether it belongs to a profile instead of to the program. */
    public boolean isInProfile() {
        return inProfile;
    }

    /** What values it takes. */
    public ValueType<T> type() {
        return type;
    }

    /** The default as written in a file, if it has one. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /** What it is for, one or two sentences. */
    public String description() {
        return description;
    }

    /** Its safe direction. */
    public Safety safety() {
        return safety;
    }

    /** The {@code HOWDAH_*} variable that sets it. */
    public String variable() {
        return "HOWDAH_".concat(name.replace('.', '_').toUpperCase(Locale.ROOT));
    }

    /** Document 004's name for it. */
    public Optional<String> alias() {
        return Optional.ofNullable(alias);
    }

    /** The long name of the flag that sets it, without dashes. */
    public Optional<String> flag() {
        return Optional.ofNullable(flag);
    }

    /** The program's setting that it replaces for its profile. */
    public Optional<Key<T>> overridden() {
        return Optional.ofNullable(overridden);
    }

    /** Whether {@code a} is looser than {@code b} in the matter of safety; never where there is no direction. */
    boolean looser(T a, T b) {
        return switch (safety) {
            case NONE, NOT_IN_DOTENV -> false;
            case TRUE_IS_SAFER -> type.compare(a, b) < 0;
            case FALSE_IS_SAFER, LOWER_IS_SAFER, FIRST_IS_SAFER -> type.compare(a, b) > 0;
        };
    }

    /** Whether it gives or takes a permission, in contrast to a limit. */
    boolean isPermission() {
        return switch (safety) {
            case TRUE_IS_SAFER, FALSE_IS_SAFER, FIRST_IS_SAFER -> true;
            case NONE, LOWER_IS_SAFER, NOT_IN_DOTENV -> false;
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
