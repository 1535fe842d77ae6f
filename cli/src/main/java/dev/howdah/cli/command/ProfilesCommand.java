package dev.howdah.cli.command;

import dev.howdah.library.settings.Keys;
import dev.howdah.library.settings.ProfileDefinition;
import dev.howdah.library.settings.Settings;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `howdah profiles`. */
@Command(
        name = "profiles",
        description = "List the databases of the configuration file.",
        footerHeading = "%nA profile looks like this in the file that `howdah config path` names:%n",
        footer = {
            "  profiles:",
            "    shop:",
            "      url: postgresql://me@db.example.com/shop",
            "      password: env://SHOP_PASSWORD",
            "  default_profile: shop",
        })
final class ProfilesCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;

    ProfilesCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = options.load(context.environment());
        Optional<String> byDefault = settings.value(Keys.DEFAULT_PROFILE);
        for (ProfileDefinition profile : settings.profiles().values()) {
            String mark = byDefault.equals(Optional.of(profile.name())) ? "* " : "  ";
            String environment = profile.value(Keys.PROFILE_ENVIRONMENT)
                    .map(text -> "  [" + text + "]")
                    .orElse("");
            String display = profile.value(Keys.PROFILE_DISPLAY_NAME)
                    .map(text -> "  " + text)
                    .orElse("");
            String lock = profile.locked() ? "  locked" : "";
            context.console().println(mark + profile.name() + environment + display + lock + "  # " + profile.origin());
        }
        if (settings.profiles().isEmpty()) {
            context.console().println("There are no profiles in " + settings.path() + ".");
            context.console().println("`howdah profiles --help` shows what one looks like.");
        }
        return 0;
    }
}
