package dev.howdah.library.settings;

import dev.howdah.postgres.Profile;

/**
 * The database that is meant, and the settings that hold for it.
 *
 * @param profile how to reach it
 * @param settings the settings with the profile's own in their place; their warnings are the ones to show
 */
public record Target(Profile profile, Settings settings) {}
