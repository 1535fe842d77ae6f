package dev.howdah.library.settings;

import dev.howdah.base.Environment;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.ConnectionParameters;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.Profile.Host;
import dev.howdah.postgres.ProfileSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Finds the locked and production profiles that lead to a database, so that naming the database by a URL or by flags is no
 * way around them. Two targets are the same if a host, its port and the database are: names without regard to case and a
 * final dot, this machine by any of its names, a socket or a loopback address. Names are not looked up: that would ask the
 * network before anybody agreed to connect.
 */
final class Locks {
    private final Settings settings;
    private final Function<ProfileDefinition, ConnectionParameters> address;
    private final ProfileSource source;
    private final Consumer<String> warnings;

    /**
     * @param address where a profile leads to, without its password
     * @param warnings hears of locked profiles whose address cannot be found out, one sentence each
     */
    Locks(
            Settings settings,
            Environment environment,
            Function<ProfileDefinition, ConnectionParameters> address,
            Consumer<String> warnings) {
        this.settings = settings;
        this.address = address;
        // Password files are not what is looked for here; who connects is warned about them.
        this.source = new ProfileSource(environment, ignored -> {});
        this.warnings = warnings;
    }

    /** The profiles whose lock holds for this target too. */
    List<ProfileDefinition> on(Profile target) {
        List<ProfileDefinition> locks = new ArrayList<>();
        for (ProfileDefinition profile : settings.profiles().values()) {
            if ((profile.locked() || profile.production()) && leadsTo(profile, target)) {
                locks.add(profile);
            }
        }
        return locks;
    }

    private boolean leadsTo(ProfileDefinition definition, Profile target) {
        try {
            Profile profile = source.profile(Optional.of(definition.name()), address.apply(definition));
            return same(profile, target);
        } catch (HowdahException e) {
            warnings.accept("profile " + definition.name()
                    + " is locked, and whether this is its database cannot be told: " + e.getMessage());
            return false;
        }
    }

    private static boolean same(Profile a, Profile b) {
        if (!a.database().equals(b.database())) {
            return false;
        }
        for (Host one : a.hosts()) {
            for (Host other : b.hosts()) {
                if (one.port() == other.port() && normal(one.name()).equals(normal(other.name()))) {
                    return true;
                }
            }
        }
        return false;
    }

    static String normal(String host) {
        String name = host.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        while (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.startsWith("::ffff:")) {
            name = name.substring("::ffff:".length());
        }
        boolean here = name.isEmpty()
                || name.startsWith("/")
                || name.startsWith("@")
                || name.equals("localhost")
                || name.endsWith(".localhost")
                || name.startsWith("127.")
                || name.equals("0.0.0.0")
                || name.equals("::")
                || name.equals("::1")
                || name.equals("0:0:0:0:0:0:0:1");
        return here ? "localhost" : name;
    }
}
