package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.audit.AuditFilter;
import dev.howdah.guard.audit.AuditRecord;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which records. */
final class AuditFilterOptions {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})(s|m|h|d)");

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "From then on: 2h, 7d, 2026-11-20, 2026-11-20T08:00 or an instant with Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before then.")
    private @Nullable String until;

    @Option(names = "--profile", paramLabel = "NAME", description = "Of this profile.")
    private @Nullable String profile;

    @Option(names = "--user", paramLabel = "NAME", description = "Of this person.")
    private @Nullable String user;

    @Option(names = "--event", paramLabel = "EVENT", description = "review, refusal, execution, export, outcome ...")
    private @Nullable String event;

    @Option(names = "--effect", paramLabel = "EFFECT", description = "read, write, define, administer or unknown.")
    private @Nullable String effect;

    @Option(names = "--verdict", paramLabel = "VERDICT", description = "allow, confirm, type, approval or refuse.")
    private @Nullable String verdict;

    /** What was asked for, with these words in the text. */
    Predicate<String> filter(Clock clock, List<String> words) {
        Map<String, String> values = new HashMap<>();
        put(values, "profile", profile);
        put(values, "user", user);
        put(values, "event", event);
        put(values, "effect", effect);
        put(values, "verdict", verdict);
        Optional<String> text = words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
        AuditFilter filter =
                new AuditFilter(time("--since", since, clock), time("--until", until, clock), values, text);
        return line -> AuditRecord.parse(line).filter(filter::wants).isPresent();
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    private static Optional<Instant> time(String option, @Nullable String text, Clock clock) {
        if (text == null) {
            return Optional.empty();
        }
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            Duration duration = switch (ago.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
            return Optional.of(clock.instant().minus(duration));
        }
        ZoneId zone = ZoneId.systemDefault();
        try {
            if (text.endsWith("Z")) {
                return Optional.of(Instant.parse(text));
            }
            return Optional.of(
                    text.contains("T")
                            ? LocalDateTime.parse(text).atZone(zone).toInstant()
                            : LocalDate.parse(text).atStartOfDay(zone).toInstant());
        } catch (DateTimeException e) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    option + " is no time: " + text + ".",
                    "Write 2h, 7d, 2026-11-20, 2026-11-20T08:00 or 2026-11-20T08:00:00Z.",
                    e);
        }
    }
}
