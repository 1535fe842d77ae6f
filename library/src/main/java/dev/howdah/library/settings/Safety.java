package dev.howdah.library.settings;

/**
 * Which direction of a setting is the safe one. Sources that a stranger's directory or an old script may bring along
 * (`.env`, document 004's variable names) may only move a setting in that direction.
 */
public enum Safety {
    /** The setting is no matter of safety: every source may set it. */
    NONE,
    /** {@code true} is the safe value. */
    TRUE_IS_SAFER,
    /** {@code false} is the safe value. */
    FALSE_IS_SAFER,
    /** A lower limit is the safer one. */
    LOWER_IS_SAFER,
    /** Of words in order the earlier one is the safer one; it gives or takes a permission. */
    FIRST_IS_SAFER,
    /** Only what the person owns may set it (flag, environment, file): a file in the working directory may not. */
    NOT_IN_DOTENV
}
