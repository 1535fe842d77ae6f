package dev.howdah.library.settings;

import dev.howdah.base.Environment;
import dev.howdah.guard.review.AccessLists;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What values a setting takes: how they are written, read, compared and shown. Plain classes instead of lambdas, because
 * settings are read before anything else and the first lambda of a run costs more than all of them. Immutable.
 *
 * @param <T> the type in Java
 */
public abstract sealed class ValueType<T> {
    private ValueType() {}

    /** Where a value is written, for types that look things up relative to it. */
    record Context(String owner, Environment environment, Path base) {}

    /** The value that the text means, or null if the text is not allowed. */
    abstract @Nullable T parse(String text, Context context);

    /** What is allowed, for people: "a whole number from 1 to 10". */
    public abstract String allowed();

    /** The words that may be written, where the type is a choice of words. */
    List<String> words() {
        return List.of();
    }

    /** The value where nobody set one and the table has no default. */
    T absent() {
        throw new IllegalStateException("A setting without a default needs an optional type.");
    }

    /** The value as a person would write it, secrets masked. */
    String show(T value) {
        return value.toString();
    }

    /** Negative if {@code a} is the lower limit, positive if the higher one. */
    int compare(T a, T b) {
        throw new IllegalStateException("Values of this type have no order.");
    }

    static ValueType<Boolean> truth() {
        return new Truth();
    }

    static ValueType<Long> number(long least, long most) {
        return new WholeNumber(least, most);
    }

    static ValueType<Duration> duration(Duration least, Duration most) {
        return new Span(least, most);
    }

    static ValueType<Long> size(long least, long most) {
        return new Size(least, most);
    }

    static ValueType<String> text() {
        return new Text();
    }

    static ValueType<String> oneOf(String... words) {
        return new Choice(List.of(words));
    }

    /** A choice of words in order, the safest first. */
    static ValueType<String> ranked(List<String> words) {
        return new Ranked(words);
    }

    /** Tables and columns. */
    static ValueType<List<String>> objects() {
        return new ObjectList(false);
    }

    /** Functions, foreign servers, tables and columns. */
    static ValueType<List<String>> trusted() {
        return new ObjectList(true);
    }

    static ValueType<Path> path() {
        return new FilePath();
    }

    static ValueType<ZoneId> zone() {
        return new Zone();
    }

    static ValueType<SecretSetting> secret() {
        return new Hidden();
    }

    /** The type of a setting that may be left out. */
    static <T> ValueType<Optional<T>> optional(ValueType<T> type) {
        return new Maybe<>(type, null);
    }

    /** The type of a limit that {@code none} lifts. */
    static <T> ValueType<Optional<T>> limit(ValueType<T> type) {
        return new Maybe<>(type, "none");
    }

    private static final class Truth extends ValueType<Boolean> {
        @Override
        @Nullable
        Boolean parse(String text, Context context) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on", "1" -> Boolean.TRUE;
                case "false", "no", "off", "0" -> Boolean.FALSE;
                default -> null;
            };
        }

        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        List<String> words() {
            return List.of("true", "false");
        }

        @Override
        int compare(Boolean a, Boolean b) {
            return Boolean.compare(a, b);
        }
    }

    private static final class WholeNumber extends ValueType<Long> {
        private final long least;
        private final long most;

        WholeNumber(long least, long most) {
            this.least = least;
            this.most = most;
        }

        @Override
        @Nullable
        Long parse(String text, Context context) {
            try {
                long number = Long.parseLong(text);
                return number < least || number > most ? null : (Long) number;
            } catch (NumberFormatException e) {
                return null;
            }
        }

        @Override
        public String allowed() {
            return most == Long.MAX_VALUE
                    ? "a whole number of at least " + least
                    : "a whole number from " + least + " to " + most;
        }

        @Override
        int compare(Long a, Long b) {
            return Long.compare(a, b);
        }
    }

    private static final class Span extends ValueType<Duration> {
        private final Duration least;
        private final Duration most;

        Span(Duration least, Duration most) {
            this.least = least;
            this.most = most;
        }

        @Override
        @Nullable
        Duration parse(String text, Context context) {
            String trimmed = text.trim();
            int digits = digits(trimmed);
            String unit = trimmed.substring(digits).trim();
            long millis = switch (unit) {
                case "ms" -> 1;
                case "", "s" -> 1_000;
                case "m", "min" -> 60_000;
                case "h" -> 3_600_000;
                case "d" -> 86_400_000;
                default -> 0;
            };
            if (digits == 0 || digits > 9 || millis == 0) {
                return null;
            }
            Duration duration = Duration.ofMillis(Long.parseLong(trimmed, 0, digits, 10) * millis);
            return duration.compareTo(least) < 0 || duration.compareTo(most) > 0 ? null : duration;
        }

        @Override
        public String allowed() {
            return "a duration from " + show(least) + " to " + show(most)
                    + ", such as 500ms, 30s, 5m or 1h (a plain number is seconds)";
        }

        @Override
        String show(Duration value) {
            long millis = value.toMillis();
            if (millis % 1_000 != 0) {
                return millis + "ms";
            }
            long seconds = millis / 1_000;
            if (seconds == 0 || seconds % 60 != 0) {
                return seconds + "s";
            }
            if (seconds % 3_600 != 0) {
                return seconds / 60 + "m";
            }
            return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3_600 + "h";
        }

        @Override
        int compare(Duration a, Duration b) {
            return a.compareTo(b);
        }
    }

    private static final class Size extends ValueType<Long> {
        private final long least;
        private final long most;

        Size(long least, long most) {
            this.least = least;
            this.most = most;
        }

        @Override
        @Nullable
        Long parse(String text, Context context) {
            String trimmed = text.trim();
            int digits = digits(trimmed);
            // Powers of 1024, as in PostgreSQL's own settings.
            int shift = switch (trimmed.substring(digits).trim().toLowerCase(Locale.ROOT)) {
                case "", "b" -> 0;
                case "kb", "k", "kib" -> 10;
                case "mb", "m", "mib" -> 20;
                case "gb", "g", "gib" -> 30;
                default -> -1;
            };
            if (digits == 0 || digits > 9 + (shift == 0 ? 6 : 0) || shift < 0) {
                return null;
            }
            long bytes = Long.parseLong(trimmed, 0, digits, 10) << shift;
            return bytes < least || bytes > most ? null : (Long) bytes;
        }

        @Override
        public String allowed() {
            return "a size from " + show(least) + " to " + show(most) + ", such as 500kB, 10MB or 1GB";
        }

        @Override
        String show(Long value) {
            if (value == 0 || value % 1024 != 0) {
                return value + "B";
            }
            if (value % (1L << 20) != 0) {
                return (value >> 10) + "kB";
            }
            return value % (1L << 30) != 0 ? (value >> 20) + "MB" : (value >> 30) + "GB";
        }

        @Override
        int compare(Long a, Long b) {
            return Long.compare(a, b);
        }
    }

    private static final class Text extends ValueType<String> {
        @Override
        @Nullable
        String parse(String text, Context context) {
            for (int i = 0; i < text.length(); i++) {
                if (Character.isISOControl(text.charAt(i))) {
                    return null;
                }
            }
            return text;
        }

        @Override
        public String allowed() {
            return "text on one line";
        }
    }

    private static final class ObjectList extends ValueType<List<String>> {
        private final boolean trusted;

        ObjectList(boolean trusted) {
            this.trusted = trusted;
        }

        @Override
        @Nullable
        List<String> parse(String text, Context context) {
            List<String> entries = new ArrayList<>();
            for (String entry : text.split("[;\n]", -1)) {
                if (!entry.isBlank()) {
                    entries.add(entry.strip());
                }
            }
            try {
                AccessLists.of(entries, List.of(), List.of());
                return List.copyOf(entries);
            } catch (IllegalArgumentException e) {
                return trusted ? ofTrusted(entries) : null;
            }
        }

        private static @Nullable List<String> ofTrusted(List<String> entries) {
            try {
                AccessLists.of(List.of(), List.of(), entries);
                return List.copyOf(entries);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        @Override
        public String allowed() {
            return trusted
                    ? "functions as schema.name(type, type), foreign servers as server NAME, tables as schema.table and"
                            + " columns as schema.table.column, with ; between them"
                    : "tables as schema.table and columns as schema.table.column, * for any, with ; between them";
        }

        @Override
        String show(List<String> value) {
            return String.join("; ", value);
        }
    }

    private static final class Choice extends ValueType<String> {
        private final List<String> words;

        Choice(List<String> words) {
            this.words = words;
        }

        @Override
        @Nullable
        String parse(String text, Context context) {
            String word = text.toLowerCase(Locale.ROOT);
            return words.contains(word) ? word : null;
        }

        @Override
        public String allowed() {
            return "one of " + String.join(", ", words);
        }

        @Override
        List<String> words() {
            return words;
        }
    }

    private static final class Ranked extends ValueType<String> {
        private final List<String> words;

        Ranked(List<String> words) {
            this.words = words;
        }

        @Override
        @Nullable
        String parse(String text, Context context) {
            for (String word : words) {
                if (word.equalsIgnoreCase(text)) {
                    return word;
                }
            }
            return null;
        }

        @Override
        public String allowed() {
            return "one of " + String.join(", ", words);
        }

        @Override
        List<String> words() {
            return words;
        }

        @Override
        int compare(String a, String b) {
            return Integer.compare(words.indexOf(a), words.indexOf(b));
        }
    }

    private static final class FilePath extends ValueType<Path> {
        @Override
        @Nullable
        Path parse(String text, Context context) {
            try {
                return text.isEmpty() ? null : TextFile.path(text, context.environment(), context.base());
            } catch (InvalidPathException e) {
                return null;
            }
        }

        @Override
        public String allowed() {
            return "a path (~ is your home directory)";
        }
    }

    private static final class Zone extends ValueType<ZoneId> {
        @Override
        @Nullable
        ZoneId parse(String text, Context context) {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                return null;
            }
        }

        @Override
        public String allowed() {
            return "a time zone such as Europe/Berlin, UTC or +02:00";
        }
    }

    private static final class Hidden extends ValueType<SecretSetting> {
        @Override
        @Nullable
        SecretSetting parse(String text, Context context) {
            return text.isEmpty()
                    ? null
                    : new SecretSetting(text, context.owner(), context.environment(), context.base());
        }

        @Override
        public String allowed() {
            return "text that is not empty, or a reference: env://NAME or file:PATH";
        }
    }

    private static final class Maybe<T> extends ValueType<Optional<T>> {
        private final ValueType<T> type;
        private final @Nullable String none;

        Maybe(ValueType<T> type, @Nullable String none) {
            this.type = type;
            this.none = none;
        }

        @Override
        @SuppressWarnings("NullableOptional") // null is "not allowed" for every type, and empty is a value here
        @Nullable
        Optional<T> parse(String text, Context context) {
            if (text.equalsIgnoreCase(none)) {
                return Optional.empty();
            }
            T value = type.parse(text, context);
            return value == null ? null : Optional.of(value);
        }

        @Override
        public String allowed() {
            return none == null ? type.allowed() : type.allowed() + ", or " + none;
        }

        @Override
        List<String> words() {
            return type.words();
        }

        @Override
        Optional<T> absent() {
            return Optional.empty();
        }

        @Override
        String show(Optional<T> value) {
            return value.isPresent() ? type.show(value.get()) : none == null ? "" : none;
        }

        @Override
        int compare(Optional<T> a, Optional<T> b) {
            if (a.isEmpty() || b.isEmpty()) {
                // No limit is higher than every limit.
                return Boolean.compare(a.isEmpty(), b.isEmpty());
            }
            return type.compare(a.get(), b.get());
        }
    }

    private static int digits(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
