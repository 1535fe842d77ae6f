package dev.howdah.postgres.wire;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;

/**
 * A time zone in the server's words. Regions have the same names there and here. An offset has none: the server reads
 * {@code +02:00} and {@code UTC+2} as POSIX does, where a zone ahead of Greenwich is negative, and does not know
 * {@code Z}.
 */
final class ServerTimeZone {
    /** Java's names for Greenwich, of which the server knows not all. */
    private static final Set<String> UTC = Set.of("Z", "UT", "UTC", "GMT");

    private ServerTimeZone() {}

    static String of(ZoneId zone) {
        String name = zone.getId();
        if (UTC.contains(name)) {
            return "UTC";
        }
        boolean isOffset = zone instanceof ZoneOffset || name.matches("(UTC|GMT|UT)[+-].*");
        return isOffset && zone.normalized() instanceof ZoneOffset offset ? posix(offset) : name;
    }

    /** Such as {@code <+02:00>-02:00}: a name in angle brackets, then what is added to it to come to Greenwich. */
    private static String posix(ZoneOffset offset) {
        int seconds = offset.getTotalSeconds();
        if (seconds == 0) {
            return "UTC";
        }
        if (seconds % 60 != 0) {
            throw new HowdahException(
                    ErrorCode.CONFIGURATION,
                    "PostgreSQL takes no time zone with seconds: " + offset.getId() + ".",
                    "Set the profile's timezone to a region such as Europe/Berlin.");
        }
        int minutes = Math.abs(seconds) / 60;
        String size = String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
        return "<" + offset.getId() + ">" + (seconds > 0 ? "-" : "+") + size;
    }
}
